"""Rounds: opened over signed programs under a scheme locked from then on, closed with a reason for what is missing."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.access.decisions import require
from agencies.models import AdminUnit, Membership
from coordination.evaluations.enums import RoundState
from coordination.evaluations.models import EvaluationRound, GradingScheme
from coordination.evaluations.permissions import can_keep_round, can_open_round
from coordination.evaluations.queries import missing_before_closing
from coordination.evaluations.services.schemes import WHOLE
from coordination.programs.enums import SIGNED_STATES
from coordination.programs.models import Program
from records import clock
from records.audit.enums import AuditAction
from records.audit.services import record
from records.errors import RuleBroken


@transaction.atomic
def open_round(
    unit: AdminUnit,
    *,
    actor: Membership,
    year: int,
    programs: Sequence[Program],
    scheme: GradingScheme,
    cut_off_on: date,
) -> EvaluationRound:
    """Open the evaluation of a year over signed programs and lock the scheme it goes by.

    Raises: NotAllowed; RuleBroken when the weights do not make 100, a program is unsigned or of another year, or the
    year has its round already.
    """
    require(can_open_round(actor, unit, programs))
    AdminUnit.objects.select_for_update(of=("self",)).get(pk=unit.pk)  # two who open at once take turns
    scheme = GradingScheme.objects.select_for_update(of=("self",)).get(pk=scheme.pk)
    _check_programs(unit, programs, year)
    _check_scheme(unit, scheme)
    if cut_off_on < date(year, 1, 1):
        raise RuleBroken(_("The figures cannot be cut off before the year begins."), "cut_off_on")
    if EvaluationRound.objects.filter(unit=unit, year=year).exists():
        raise RuleBroken(_("The evaluation of %(year)s is already open.") % {"year": year}, "year")
    if scheme.locked_at is None:
        scheme.locked_at = clock.now()
        scheme.save(update_fields=["locked_at"])
    opened = EvaluationRound.objects.create(
        unit=unit, year=year, scheme=scheme, cut_off_on=cut_off_on, opened_on=clock.today()
    )
    opened.programs.set(programs)
    record(
        AuditAction.CREATED,
        actor=actor,
        about=opened,
        after={"programs": [program.code for program in programs], "scheme": str(scheme), "cut_off_on": cut_off_on},
    )
    return opened


@transaction.atomic
def close_round(round: EvaluationRound, *, actor: Membership, narrative: str = "") -> EvaluationRound:
    """Close the results; when forms are missing, the narrative says why they are closed without them.

    Raises: NotAllowed, also when already closed; RuleBroken naming the missing forms when no reason is given.
    """
    round = EvaluationRound.objects.select_for_update(of=("self",)).get(pk=round.pk)
    require(can_keep_round(actor, round))
    missing = missing_before_closing(round)
    if missing and not narrative.strip():
        names = "; ".join(str(form) for form in missing)
        raise RuleBroken(
            _("Some forms are missing: %(forms)s. Enter the reason for closing without them.") % {"forms": names},
            "narrative",
        )
    round.state, round.closed_on = RoundState.CLOSED, clock.today()
    round.narrative = narrative or round.narrative
    round.save(update_fields=["state", "closed_on", "narrative"])
    record(
        AuditAction.MOVED,
        actor=actor,
        about=round,
        before={"state": RoundState.OPEN},
        after={"state": RoundState.CLOSED, "narrative": narrative, "missing": [str(form) for form in missing]},
    )
    return round


def _check_programs(unit: AdminUnit, programs: Sequence[Program], year: int) -> None:
    """A round is over at least one signed program of the unit whose period touches the year."""
    if not programs:
        raise RuleBroken(_("Choose at least one program."), "programs")
    for program in programs:
        if program.unit_id != unit.pk or program.state not in SIGNED_STATES:
            raise RuleBroken(_("Only signed programs are evaluated."), "programs")
        if not program.period_start.year <= year <= program.period_end.year:
            raise RuleBroken(
                _("%(program)s does not cover %(year)s.") % {"program": program.code, "year": year}, "programs"
            )


def _check_scheme(unit: AdminUnit, scheme: GradingScheme) -> None:
    """A scheme is used in its own unit and once its weights make 100."""
    if scheme.unit_id != unit.pk:
        raise RuleBroken(_("Choose a grading scheme of your own unit."), "scheme")
    total = sum(part.weight_percent for part in scheme.parts.all())
    if total != WHOLE:
        raise RuleBroken(
            _("The weights of the grading scheme make %(total)s%%, they must make 100%%.") % {"total": total}, "scheme"
        )
