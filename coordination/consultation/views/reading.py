"""Reading a consultation: the comments of a round, and the draft it sent."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from agencies.access.http import member_required
from coordination.consultation.forms import ReplyForm
from coordination.consultation.models import Comment, ConsultationRound
from coordination.consultation.permissions import can_keep_round, can_open_round
from coordination.consultation.queries import can_be_sent, parties_spoken_for, round_page, sent_text
from coordination.consultation.views.fetch import consulted_program, round_or_404
from coordination.programs.models import Program
from coordination.programs.permissions import can_edit_program, can_view_paper
from coordination.programs.queries import overview_of
from coordination.programs.workflow import EDITABLE_STATES
from records import clock


@require_safe
@member_required
def consultation(request: HttpRequest, program: str) -> HttpResponse:
    """The comments of a round by their place in the draft; without a round, how one begins."""
    found, rounds = consulted_program(request, program)
    return consultation_page(request, found, rounds)


@require_safe
@member_required
def consultation_text(request: HttpRequest, program: str, round: int) -> HttpResponse:
    """The draft as a round sent it, with a way to comment on each place; of a later round what changed."""
    found, rounds = consulted_program(request, program)
    asked = _with_its_version(round_or_404(rounds, round))
    text = sent_text(asked, whole="whole" in request.GET)
    page = head_of(request, found) | {
        "round": asked,
        "text": text,
        "may_comment": _takes_comments(asked) and bool(parties_spoken_for(asked, request.actor)),
        "own": _own_by_place(request, asked),
    }
    return render(request, "coordination/consultation/consultation_text.html", page)


def consultation_page(
    request: HttpRequest, program: Program, rounds: list[ConsultationRound], failed: ReplyForm | None = None
) -> HttpResponse:
    """The tab, with the declaration that was refused where one was."""
    page = head_of(request, program) | {
        "rounds": rounds,
        "may_open": can_open_round(request.actor, program),
        "can_open": can_be_sent(program, rounds),
        "failed": failed,
    }
    if rounds:
        asked = round_page(rounds, request.actor, query=request.GET, today=clock.today())
        page |= {
            "asked": asked,
            "round": asked.round,
            "may_keep": can_keep_round(request.actor, asked.round),
            "mine": parties_spoken_for(asked.round, request.actor),
            "takes_answers": program.state in EDITABLE_STATES,
        }
    status = 422 if failed else 200
    return render(request, "coordination/consultation/consultation.html", page, status=status)


def head_of(request: HttpRequest, program: Program) -> dict:
    """What the head and the tabs of the program's pages show."""
    return {
        "program": program,
        "overview": overview_of(program, actor=request.actor, today=clock.today()),
        "may_edit": can_edit_program(request.actor, program),
        "may_read_paper": can_view_paper(request.actor, program),
        "tab": "consultation",
    }


def back_to(program: Program, round: ConsultationRound) -> HttpResponse:
    """The tab at a round."""
    return redirect(f"{reverse('coordination:consultation', args=[program.slug])}?round={round.number}")


def _with_its_version(round: ConsultationRound) -> ConsultationRound:
    round.version.refresh_from_db(fields=["snapshot"])
    return round


def _takes_comments(round: ConsultationRound) -> bool:
    return round.is_open and clock.today() <= round.comments_until


def _own_by_place(request: HttpRequest, round: ConsultationRound) -> dict[str, int]:
    """How many comments the reader sees on each place."""
    seen = Comment.objects.visible_to(request.actor).filter(round=round).standing().values_list("about", "place_key")
    counts: dict[str, int] = {}
    for about, key in seen:
        counts[f"{about}-{key}"] = counts.get(f"{about}-{key}", 0) + 1
    return counts
