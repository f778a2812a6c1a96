"""What a grading scheme must hold before it is kept, each broken rule at the field that can mend it."""

from decimal import Decimal

from django.utils.translation import gettext as _

from coordination.evaluations.enums import CriterionKind, CriterionSource, PartKind, SchemeKind
from coordination.evaluations.services.scheme_drafts import SchemeDraft
from records import wording
from records.errors import RuleBroken

WHOLE = 100
FEWEST_GRADES = 2


def check_scheme(draft: SchemeDraft) -> None:
    """A scheme has its grades; by points, its weights and its criteria make 100 and its grades go down to 0.

    Rule: R-EVAL-3.
    Raises: RuleBroken at `name`, `kind`, `parts`, `criteria`, `bands` or the points that do not hold.
    """
    if not draft.name.strip():
        raise RuleBroken(_("Enter the name of the scheme"), "name")
    _check_labels(draft)
    _check_points(draft)
    if draft.kind == SchemeKind.WORDS:
        _check_words(draft)
    else:
        _check_parts(draft)
        _check_criteria(draft)
        _check_floors(draft)


def _check_labels(draft: SchemeDraft) -> None:
    labels = [band.label.casefold() for band in draft.bands]
    if not labels:
        raise RuleBroken(_("A grading scheme needs at least one grade."), "bands")
    if len(set(labels)) != len(labels):
        raise RuleBroken(_("Two grades have the same name."), "bands")
    if any(band.cap_percent is not None and not 1 <= band.cap_percent <= WHOLE for band in draft.bands):
        raise RuleBroken(_("A cap is between 1 and 100 percent."), "bands")


def _check_words(draft: SchemeDraft) -> None:
    if len(draft.bands) < FEWEST_GRADES:
        raise RuleBroken(_("A scheme in words needs at least two grades."), "bands")
    if draft.parts or draft.criteria or any(band.from_points is not None for band in draft.bands):
        raise RuleBroken(_("A scheme in words has no weights, no criteria and no lowest points."), "kind")


def _check_points(draft: SchemeDraft) -> None:
    for name in ("on_time_points", "late_points", "unfinished_points", "reason_below"):
        if not _holds(getattr(draft, name)):
            raise RuleBroken(_("Enter points between 0 and 100, with at most one decimal"), name)
    for name in ("difference_from", "spread_from"):
        if not _holds(getattr(draft, name)) or not getattr(draft, name):
            raise RuleBroken(_("Enter a distance above 0 and up to 100, with at most one decimal"), name)


def _holds(points: Decimal | int) -> bool:
    return 0 <= points <= WHOLE and Decimal(points) == Decimal(points).quantize(Decimal("0.1"))


def _check_parts(draft: SchemeDraft) -> None:
    total = sum(draft.parts.values())
    if total != WHOLE:
        raise RuleBroken(
            _("The weights of the grading scheme make %(total)s%%, they must make 100%%.") % {"total": total}, "parts"
        )
    asked = {PartKind.SELF: draft.asks_self, PartKind.CROSS: draft.asks_cross}
    if any(kind in draft.parts and not is_asked for kind, is_asked in asked.items()):
        raise RuleBroken(_("A form that is not asked for has no weight."), "parts")


def _check_criteria(draft: SchemeDraft) -> None:
    if any(not 1 <= one.max_points <= WHOLE for one in draft.criteria):
        raise RuleBroken(_("A criterion has between 1 and 100 points."), "criteria")
    base = [one for one in draft.criteria if one.kind == CriterionKind.BASE]
    total = sum(one.max_points for one in base)
    if draft.criteria and total != WHOLE:
        raise RuleBroken(
            _("The criteria make %(total)s points, they must make 100; bonus and penalty points do not count.")
            % {"total": total},
            "criteria",
        )
    if any(one.source == CriterionSource.RESULTS and one.kind != CriterionKind.BASE for one in draft.criteria):
        raise RuleBroken(_("Only a criterion is filled in from task results, no bonus and no penalty."), "criteria")


def _check_floors(draft: SchemeDraft) -> None:
    floors = [band.from_points for band in draft.bands]
    if any(floor is None or not _holds(floor) for floor in floors):
        raise RuleBroken(
            _("Enter the lowest points of each grade, between 0 and 100 with at most one decimal."), "bands"
        )
    if sorted(set(map(Decimal, floors)), reverse=True) != list(map(Decimal, floors)):
        raise RuleBroken(_("Write the grades from the highest to the lowest, each with lower points."), "bands")
    if floors[-1] != 0:
        raise RuleBroken(
            _("The lowest grade begins at 0 points, not at %(floor)s.") % {"floor": wording.number(floors[-1])}, "bands"
        )
