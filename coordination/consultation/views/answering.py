"""Answering comments one after the other."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from agencies.access.decisions import require
from agencies.access.http import member_required
from coordination.consultation import services
from coordination.consultation.enums import CommentState
from coordination.consultation.forms import AnswerForm
from coordination.consultation.models import Comment
from coordination.consultation.permissions import can_answer
from coordination.consultation.services.answers import section_of
from coordination.consultation.views.fetch import comment_or_404, consulted_program
from coordination.consultation.views.reading import back_to
from coordination.programs.models import Program
from coordination.programs.permissions import can_take_step
from coordination.programs.workflow import EDITABLE_STATES
from records.errors import Conflict, RuleBroken
from records.forms import posted


@require_safe
@member_required
def answer_next(request: HttpRequest, program: str) -> HttpResponse:
    """On to the first comment that has no answer, in the order of the document; back to the comments when all have."""
    found, _rounds = consulted_program(request, program)
    require(can_take_step(request.actor, found))
    waiting = _waiting(request, found).first()
    if waiting is None:
        return redirect("coordination:consultation", found.slug)
    return redirect("coordination:comment-answer", found.slug, waiting.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def comment_answer(request: HttpRequest, program: str, comment: int) -> HttpResponse:
    """Accept or explain one comment, then go on to the next that has no answer."""
    found, _rounds = consulted_program(request, program)
    asked = comment_or_404(request, found, comment)
    require(can_answer(request.actor, asked))
    section = section_of(asked)
    form = AnswerForm(posted(request), comment=asked, section=section)
    status = 422
    if request.method == "POST" and form.is_valid():
        try:
            services.answer(asked, actor=request.actor, **form.given())
        except RuleBroken as refusal:
            form.add_refusal(refusal)
        except Conflict as conflict:
            asked = comment_or_404(request, found, comment)
            section, status = section_of(asked), 409
            form = AnswerForm(_renewed(request, asked, section), comment=asked, section=section)
            form.is_valid()
            form.add_error(None, str(conflict))
        else:
            return _on(request, found, asked)
    page = {
        "program": found,
        "comment": asked,
        "round": asked.round,
        "section": section,
        "is_open": found.state in EDITABLE_STATES and asked.withdrawn_at is None,
        "has_moved": section is not None and _words(section) != asked.quoted,
        "form": form,
        "waiting": _waiting(request, found).count(),
    }
    code = status if form.errors else 200
    return render(request, "coordination/consultation/comment_answer.html", page, status=code)


def _on(request: HttpRequest, program: Program, answered: Comment) -> HttpResponse:
    """To the next comment without an answer: those that follow first, then those passed over."""
    messages.success(request, _("Answered the comment on “%(place)s”.") % {"place": answered.place_label})
    rest = list(_waiting(request, program).values_list("pk", "round__number", "place_order"))
    if not rest:
        return back_to(program, answered.round)
    place = (answered.round.number, answered.place_order)
    later = [pk for pk, number, order in rest if (number, order) >= place]
    return redirect("coordination:comment-answer", program.slug, (later or [rest[0][0]])[0])


def _waiting(request: HttpRequest, program: Program):
    waiting = Comment.objects.visible_to(request.actor).filter(round__program=program, state=CommentState.NEW)
    return waiting.standing().order_by("round__number", "place_order", "party__letterhead_order", "written_at", "pk")


def _words(section) -> str:
    return "\n".join(part for part in (section.heading, section.body) if part)


def _renewed(request: HttpRequest, comment: Comment, section):
    """What was typed, over the newest revisions: saving it again is then a choice, no accident."""
    typed = request.POST.copy()
    typed["revision"] = str(comment.revision)
    if section is not None:
        typed["section_revision"] = str(section.revision)
    return typed
