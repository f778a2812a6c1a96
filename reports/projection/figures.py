"""The figures on the wall: those the report of the conference was frozen with, otherwise as of today."""

from dataclasses import dataclass
from datetime import date

from agencies.models import Membership
from coordination.conferences.models import Conference
from coordination.figures.queries import Scope, Tally, figures_of
from coordination.figures.shapes import Figures
from coordination.programs.models import Program
from coordination.tasks.enums import Bucket
from records import clock
from reports.composed.counts import YearCounts
from reports.composed.models import FrozenFigures


@dataclass(frozen=True)
class Shown:
    """What is shown of some programs in the year reviewed: counts as of a day, whether they were frozen, the charts.

    Shape: `figures` is None where the charts would no longer agree with the frozen counts.
    """

    tally: Tally
    as_of: date
    is_frozen: bool
    figures: Figures | None


def shown_of(
    actor: Membership, conference: Conference, programs: list[Program]
) -> tuple[Shown | None, dict[int, Shown]]:
    """The figures of all programs together and of each, by its id; nothing together where there is only one.

    Rule: R-FIG-4, R-COMPOSE-2. What a report froze is what the wall shows, so that one total stands in the room.
    """
    frozen = _frozen(actor, conference)
    as_of = frozen.as_of if frozen else clock.today()
    year = conference.review_year
    each = {}
    for program in programs:
        scope = Scope(actor, program_ids=(program.pk,))
        kept = _part(frozen, program)
        each[program.pk] = _shown(figures_of(scope, year, as_of=as_of), kept, as_of)
    if len(programs) < 2:
        return None, each
    scope = Scope(actor, program_ids=tuple(program.pk for program in programs))
    together = figures_of(scope, year, as_of=as_of)
    return _shown(together, frozen.all if _is_of(frozen, programs) else None, as_of), each


def _frozen(actor: Membership, conference: Conference) -> YearCounts | None:
    rows = FrozenFigures.objects.visible_to(actor).filter(report__conference=conference)
    newest = rows.order_by("-pk").first()
    return newest.facts.counts if newest else None


def _is_of(frozen: YearCounts | None, programs: list[Program]) -> bool:
    """Whether the frozen total counts just these programs."""
    return frozen is not None and {one.code for one in frozen.programs} == {one.code.lower() for one in programs}


def _part(frozen: YearCounts | None, program: Program) -> Tally | None:
    parts = frozen.programs if frozen else ()
    return next((one.tally for one in parts if one.code == program.code.lower()), None)


def _shown(figures: Figures, kept: Tally | None, as_of: date) -> Shown:
    if kept is None:
        return Shown(figures.year, as_of, False, figures)
    agrees = all(kept.buckets.get(bucket, 0) == figures.year.buckets.get(bucket, 0) for bucket in Bucket)
    return Shown(kept, as_of, True, figures if agrees else None)
