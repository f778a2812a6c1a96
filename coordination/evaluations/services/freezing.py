"""Freezing the figures of a round, and correcting one of them later: dated, with its reason, beside the old value."""

from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.access.decisions import require
from agencies.models import Agency, Membership
from coordination.evaluations.frozen import Content, corrected, digest_of, read_points
from coordination.evaluations.models import Correction, EvaluationRound, RoundSnapshot
from coordination.evaluations.permissions import can_correct
from coordination.evaluations.queries import (
    allowed_by_cap,
    computed_results,
    flags,
    outcomes_of,
    parties_of,
    row_of,
    snapshot_of,
    tasks_as_frozen,
    wrong_sums,
)
from coordination.evaluations.services.doors import locked_round
from records import clock
from records.audit.enums import AuditAction
from records.audit.services import named, record
from records.errors import Conflict, RuleBroken

HIGHEST = Decimal(100)


def freeze(round: EvaluationRound, *, actor: Membership, missing: list[str]) -> RoundSnapshot:
    """Keep the figures of a round as they stand now: results, missing forms and what does not add up.

    Rule: R-EVAL-7. Shape: see `frozen`. Called while the round is held by the service that closes it.
    """
    agencies = parties_of(round).agencies
    outcomes = outcomes_of(round, {agency.pk for agency in agencies})
    judgements = list(round.evaluations.sent())
    results = computed_results(round, agencies, outcomes, judgements)
    flagged = [*flags(agencies, outcomes, judgements), *wrong_sums(round)]
    content = {
        "round": {
            "key": round.key,
            "programs": sorted(round.programs.values_list("code", flat=True)),
            "scheme": str(round.scheme),
            "counts_from": round.counts_from and round.counts_from.isoformat(),
            "cut_off_on": round.cut_off_on.isoformat(),
        },
        "agencies": [row_of(result) for result in results],
        "tasks": {str(one.pk): tasks_as_frozen(round.scheme, outcomes.led_by(one.pk)) for one in agencies},
        "missing": missing,
        "flags": [flag.words for flag in flagged],
    }
    return _keep(round, content, version=1, actor=actor)


@transaction.atomic
def correct_result(
    round: EvaluationRound,
    *,
    actor: Membership,
    agency: Agency,
    grade: str,
    total: Decimal | None = None,
    reason: str,
    paper: str = "",
    version: int | None = None,
) -> Correction:
    """Correct the published result of one agency after closing; the old value stays beside the new one.

    Rule: R-EVAL-8. Abuse case 60: nothing else of a closed round changes. `version` is that of the figures the leader
    read.
    Raises: NotAllowed, also while the round is open; Conflict where another leader was faster; RuleBroken at `reason`,
    `grade` or `total`.
    """
    round = locked_round(round)
    require(can_correct(actor, round, agency))
    snapshot = snapshot_of(round)
    row = _row_of(snapshot, agency)
    if version not in (None, snapshot.version) and snapshot.by_id != actor.pk:
        raise Conflict(_("Someone else has corrected a result since you opened the form. Nothing of yours is saved."))
    before = read_points(row["total"])
    total = None if round.scheme.is_in_words else total
    _check_correction(round, before, total, grade, reason)
    if (before, row["grade"]) == (total, grade):
        raise RuleBroken(_("This is the result already; nothing would be corrected."), "grade")
    content = corrected(snapshot.content, agency.pk, total=total, grade=grade)
    _check_cap(round, content, grade)
    kept = _keep(round, content, version=snapshot.version + 1, actor=actor)
    correction = Correction.objects.create(
        round=round,
        agency=agency,
        snapshot=kept,
        total_before=before,
        total_after=total,
        grade_before=row["grade"],
        grade_after=grade,
        reason=reason,
        paper=paper,
        corrected_on=clock.today(),
        by=actor,
    )
    told = {"agency": named(agency), "reason": reason, "paper": paper, "total": total, "grade": grade}
    old = {"total": before, "grade": row["grade"]}
    record(AuditAction.CHANGED, actor=actor, about=correction, before=old, after=told | {"digest": kept.digest})
    return correction


def _row_of(snapshot: RoundSnapshot | None, agency: Agency) -> dict:
    if snapshot is None:
        raise RuleBroken(_("This evaluation was closed before results were frozen; it cannot be corrected."))
    row = next((row for row in snapshot.content["agencies"] if row["id"] == agency.pk), None)
    if row is None:
        raise RuleBroken(_("Choose an agency of this evaluation."), "agency")
    return row


def _check_correction(
    round: EvaluationRound, before: Decimal | None, total: Decimal | None, grade: str, reason: str
) -> None:
    if not reason.strip():
        raise RuleBroken(_("Enter the reason for the correction"), "reason")
    if grade not in [band.label for band in round.scheme.bands.all()]:
        raise RuleBroken(_("Choose a grade of the grading scheme."), "grade")
    if total is None and before is not None and not round.scheme.is_in_words:
        raise RuleBroken(_("Enter the total"), "total")
    if total is not None and (not 0 <= total <= HIGHEST or total != total.quantize(Decimal("0.1"))):
        raise RuleBroken(_("Enter a total between 0 and 100 with at most one decimal."), "total")


def _check_cap(round: EvaluationRound, content: Content, grade: str) -> None:
    """A correction gives no grade beyond its cap either. Rule: R-EVAL-6."""
    band = next(band for band in round.scheme.bands.all() if band.label == grade)
    allowed = allowed_by_cap(band, len(content["agencies"]))
    given = sum(row["grade"] == grade for row in content["agencies"])
    if allowed is not None and given > allowed:
        raise RuleBroken(
            _("“%(grade)s” may be given to %(allowed)s agencies at most.") % {"grade": grade, "allowed": allowed},
            "grade",
        )


def _keep(round: EvaluationRound, content: Content, *, version: int, actor: Membership) -> RoundSnapshot:
    return RoundSnapshot.objects.create(
        round=round, version=version, taken_at=clock.now(), by=actor, content=content, digest=digest_of(content)
    )
