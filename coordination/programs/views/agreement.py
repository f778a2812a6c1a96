"""The page on which the parties say whether they agree with the text."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from agencies.access.decisions import require
from agencies.access.http import member_required
from coordination.programs import services
from coordination.programs.enums import AgreementGround
from coordination.programs.forms import AgreementForm, LetterForm
from coordination.programs.models import Program, ProgramParty
from coordination.programs.permissions import (
    can_enter_agreement,
    can_state_agreement,
    can_view_drafting,
    speaks_for,
)
from coordination.programs.queries import PartyStanding, agreement_of, missing_before_settling, text_digest
from coordination.programs.views.fetch import program_or_404
from coordination.programs.views.reading import frame
from coordination.programs.workflow import AGREEING_STATES
from records.errors import RuleBroken


@dataclass(frozen=True)
class AgreementRow:
    """One party with where it stands and the forms the reader may use; None where they may not."""

    standing: PartyStanding
    is_mine: bool
    state: AgreementForm | None
    enter: LetterForm | None

    @property
    def party(self) -> ProgramParty:
        return self.standing.party

    @property
    def anchor(self) -> str:
        return f"den-luot-{self.party.pk}"

    @property
    def is_turn(self) -> bool:
        """The reader speaks for this party, and its agreement is awaited."""
        return self.state is not None and not self.standing.agrees


@require_safe
@member_required
def program_agreement(request: HttpRequest, program: str) -> HttpResponse:
    """Who agrees with the text as it stands, since when and on what ground; the reader's own turn first."""
    program = program_or_404(request, program)
    require(can_view_drafting(request.actor, program))
    return _agreement_page(request, program)


@require_POST
@member_required
def program_agree(request: HttpRequest, program: str, party: int) -> HttpResponse:
    """A party says whether it agrees with the text."""
    program, party = _party_or_404(request, program, party)
    require(can_state_agreement(request.actor, program, party))
    return _recorded(request, program, party, AgreementForm(request.POST, prefix=f"say-{party.pk}"))


@require_POST
@member_required
def program_agree_letter(request: HttpRequest, program: str, party: int) -> HttpResponse:
    """The drafting secretary enters what a party said by letter."""
    program, party = _party_or_404(request, program, party)
    require(can_enter_agreement(request.actor, program))
    form = LetterForm(request.POST, prefix=f"letter-{party.pk}")
    return _recorded(request, program, party, form, AgreementGround.LETTER)


def _party_or_404(request: HttpRequest, slug: str, pk: int) -> tuple[Program, ProgramParty]:
    program = program_or_404(request, slug)
    require(can_view_drafting(request.actor, program))
    return program, get_object_or_404(program.parties.select_related("agency"), pk=pk)


def _recorded(
    request: HttpRequest,
    program: Program,
    party: ProgramParty,
    form: AgreementForm,
    ground: AgreementGround = AgreementGround.STATED,
) -> HttpResponse:
    if form.is_valid():
        try:
            services.record_agreement(program, party, actor=request.actor, ground=ground, **form.told())
        except RuleBroken as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, _("Recorded what %(agency)s says.") % {"agency": party.agency.current_short_name})
            return redirect("coordination:program-agreement", program.slug)
    return _agreement_page(request, program, {party.pk: form})


def _agreement_page(
    request: HttpRequest, program: Program, failed: dict[int, AgreementForm] | None = None
) -> HttpResponse:
    is_open = program.state in AGREEING_STATES
    digest = text_digest(program) if is_open else ""
    standings = agreement_of(program, digest)
    rows = [_row(request, program, one, digest, (failed or {}).get(one.party.pk)) for one in standings]
    page = frame(request, program, "agreement", agreement=standings) | {
        "rows": rows,
        "mine": [row for row in rows if row.is_turn],
        "agreed": sum(one.agrees for one in standings),
        "total": len(standings),
        "is_open": is_open,
        "missing": missing_before_settling(program, standings) if is_open else [],
        "failed": list((failed or {}).values()),
    }
    status = 422 if failed else 200
    return render(request, "coordination/programs/program_agreement.html", page, status=status)


def _row(
    request: HttpRequest, program: Program, standing: PartyStanding, digest: str, failed: AgreementForm | None
) -> AgreementRow:
    party, is_mine = standing.party, speaks_for(request.actor, standing.party)
    state = enter = None
    if digest and is_mine:
        state = AgreementForm(initial={"read": digest}, prefix=f"say-{party.pk}")
        state = failed if failed and not isinstance(failed, LetterForm) else state
    if digest and can_enter_agreement(request.actor, program):
        enter = failed if isinstance(failed, LetterForm) else None
        enter = enter or LetterForm(initial={"read": digest, "stance": "agrees"}, prefix=f"letter-{party.pk}")
    return AgreementRow(standing, is_mine, state, enter)
