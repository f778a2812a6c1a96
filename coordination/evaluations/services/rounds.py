"""Rounds: opened over signed programs for a span of a year, changed while open, closed with their figures frozen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from agencies.access.decisions import require
from agencies.models import AdminUnit, Membership
from coordination.evaluations.enums import RoundPeriod, RoundState
from coordination.evaluations.models import EvaluationRound, GradingScheme
from coordination.evaluations.permissions import can_keep_round, can_open_round
from coordination.evaluations.queries import allowed_by_cap, missing_before_closing, round_results
from coordination.evaluations.services.doors import locked_round, scored_under
from coordination.evaluations.services.freezing import freeze
from coordination.evaluations.services.scheme_rules import check_scheme
from coordination.evaluations.services.schemes import draft_of, locked_scheme
from coordination.evaluations.workflow import Span
from coordination.programs.enums import SIGNED_STATES
from coordination.programs.models import Program
from records import clock, wording
from records.audit.enums import AuditAction
from records.audit.services import record
from records.errors import Conflict, RuleBroken


@dataclass(frozen=True)
class RoundDays:
    """The days of a round: from when tasks count, when figures are cut off, by when forms are due; None as usual."""

    cut_off_on: date | None = None
    counts_from: date | None = None
    forms_due_on: date | None = None


@transaction.atomic
def open_round(
    unit: AdminUnit,
    *,
    actor: Membership,
    year: int,
    programs: Sequence[Program],
    scheme: GradingScheme,
    cut_off_on: date | None = None,
    period: str = RoundPeriod.YEAR,
    part: int = 1,
    counts_from: date | None = None,
    forms_due_on: date | None = None,
) -> EvaluationRound:
    """Open the evaluation of a year, a half-year or a quarter over signed programs.

    Rule: R-EVAL-1. Figures are cut off on the usual day of the span where none is given; a program has one round a
    span.
    Raises: NotAllowed; RuleBroken when the scheme does not hold, a program is unsigned, outside the span or in a round
    of the same span already, or a day does not fit.
    """
    require(can_open_round(actor, unit, programs))
    AdminUnit.objects.select_for_update(of=("self",)).get(pk=unit.pk)  # two who open at once take turns
    scheme = locked_scheme(scheme)
    span = Span(year, RoundPeriod(period), part)
    _check_programs(unit, programs, span)
    _check_scheme(unit, scheme)
    days = RoundDays(cut_off_on or span.usual_cut_off, counts_from or span.usual_start, forms_due_on)
    _check_days(span, days)
    same = EvaluationRound.objects.filter(unit=unit, year=year, period=period, part=part)
    opened = EvaluationRound.objects.create(
        unit=unit,
        year=year,
        period=period,
        part=part,
        number=(same.aggregate(last=Max("number"))["last"] or 0) + 1,
        scheme=scheme,
        opened_on=clock.today(),
        **_columns(days),
    )
    opened.programs.set(programs)
    told = {"programs": [program.code for program in programs], "scheme": str(scheme)} | _columns(days)
    record(AuditAction.CREATED, actor=actor, about=opened, after=told)
    return opened


@transaction.atomic
def change_round(
    round: EvaluationRound,
    *,
    actor: Membership,
    days: RoundDays,
    scheme: GradingScheme,
    revision: int,
) -> EvaluationRound:
    """Set other days for an open round; another scheme only until the first score is given in it.

    Raises: NotAllowed, also when the round is closed; Conflict when someone else changed it; RuleBroken at the field.
    """
    round = locked_round(round)
    require(can_keep_round(actor, round))
    if round.revision != revision:
        raise Conflict(_("Someone else has changed this evaluation since you opened it."))
    wanted = RoundDays(
        days.cut_off_on or round.span.usual_cut_off, days.counts_from or round.counts_from, days.forms_due_on
    )
    _check_days(round.span, wanted)
    after = _columns(wanted)
    if scheme.pk != round.scheme_id:
        if round.evaluations.exists():
            raise RuleBroken(_("Scores have been given already, so the evaluation keeps its scheme."), "scheme")
        _check_scheme(round.unit, locked_scheme(scheme))
        after["scheme"] = scheme
    before = {name: getattr(round, name) for name, value in after.items() if getattr(round, name) != value}
    if not before:
        return round
    for name in before:
        setattr(round, name, after[name])
    round.revision += 1
    round.save(update_fields=["revision", *before])
    record(AuditAction.CHANGED, actor=actor, about=round, before=_told(before), after=_told(after, only=before))
    return round


@transaction.atomic
def close_round(round: EvaluationRound, *, actor: Membership, narrative: str = "") -> EvaluationRound:
    """Close the results and freeze their figures; when forms are missing, the narrative says why it is done without.

    Rule: R-EVAL-7.
    Raises: NotAllowed, also when already closed; RuleBroken before the cut-off, when a grade goes beyond its cap, and
    naming the missing forms when no reason is given.
    """
    round = locked_round(round)
    require(can_keep_round(actor, round))
    if round.cut_off_on > clock.today():
        raise RuleBroken(
            _("The figures are cut off on %(day)s; close the results from then on.")
            % {"day": wording.day(round.cut_off_on)}
        )
    missing = [str(form) for form in missing_before_closing(round)]
    if missing and not narrative.strip():
        raise RuleBroken(
            _("Some forms are missing: %(forms)s. Enter the reason for closing without them.")
            % {"forms": "; ".join(missing)},
            "narrative",
        )
    _check_caps(round)
    scored_under(round)
    snapshot = freeze(round, actor=actor, missing=missing)
    round.state, round.closed_on = RoundState.CLOSED, clock.today()
    round.narrative = narrative or round.narrative
    round.save(update_fields=["state", "closed_on", "narrative"])
    record(
        AuditAction.MOVED,
        actor=actor,
        about=round,
        before={"state": RoundState.OPEN},
        after={"state": RoundState.CLOSED, "narrative": narrative, "missing": missing, "digest": snapshot.digest},
    )
    return round


def _check_programs(unit: AdminUnit, programs: Sequence[Program], span: Span) -> None:
    """A round is over at least one signed program of the unit whose period touches the span, each once a span."""
    if not programs:
        raise RuleBroken(_("Choose at least one program."), "programs")
    taken = EvaluationRound.objects.filter(year=span.year, period=span.period, part=span.part)
    for program in programs:
        words = {"program": program.code, "span": span.words}
        if program.unit_id != unit.pk or program.state not in SIGNED_STATES:
            raise RuleBroken(_("Only signed programs are evaluated."), "programs")
        if not (program.period_start <= span.last_day and span.first_day <= program.period_end):
            raise RuleBroken(_("%(program)s does not cover %(span)s.") % words, "programs")
        if taken.filter(programs=program).exists():
            raise RuleBroken(_("The evaluation of %(program)s for %(span)s is already open.") % words, "programs")


def _check_scheme(unit: AdminUnit, scheme: GradingScheme) -> None:
    """A scheme is used in its own unit, and as it holds."""
    if scheme.unit_id != unit.pk:
        raise RuleBroken(_("Choose a grading scheme of your own unit."), "scheme")
    try:
        check_scheme(draft_of(scheme))
    except RuleBroken as refusal:
        raise RuleBroken(refusal.message, "scheme") from refusal


def _check_days(span: Span, days: RoundDays) -> None:
    if days.cut_off_on < span.first_day:
        raise RuleBroken(_("The figures cannot be cut off before the span evaluated begins."), "cut_off_on")
    if days.counts_from is not None and days.counts_from > days.cut_off_on:
        raise RuleBroken(_("Tasks count from a day before the figures are cut off."), "counts_from")
    if days.forms_due_on is not None and days.forms_due_on < span.first_day:
        raise RuleBroken(_("Forms are due after the span evaluated begins."), "forms_due_on")


def _check_caps(round: EvaluationRound) -> None:
    """No grade is published for more agencies than its cap allows. Rule: R-EVAL-6."""
    results = round_results(round)
    for band in round.scheme.bands.all():
        allowed = allowed_by_cap(band, len(results))
        given = sum(result.grade == band for result in results)
        if allowed is not None and given > allowed:
            raise RuleBroken(
                _(
                    "“%(grade)s” is given to %(given)s agencies; at most %(cap)s%% of %(of)s may get it, that is "
                    "%(allowed)s. A leader concludes on the others with another grade first."
                )
                % {
                    "grade": band.label,
                    "given": given,
                    "cap": band.cap_percent,
                    "of": len(results),
                    "allowed": allowed,
                }
            )


def _columns(days: RoundDays) -> dict:
    return {"cut_off_on": days.cut_off_on, "counts_from": days.counts_from, "forms_due_on": days.forms_due_on}


def _told(values: dict, only: dict | None = None) -> dict:
    shown = values if only is None else {name: values[name] for name in only}
    return {name: str(value) if isinstance(value, GradingScheme) else value for name, value in shown.items()}
