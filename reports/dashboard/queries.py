"""Everything the dashboard shows, read in a fixed number of queries."""

from dataclasses import dataclass
from datetime import date

from agencies.models import Membership
from coordination.evaluations.enums import EvaluationKind
from coordination.evaluations.queries import MissingForm, ShownRound, shown_round
from coordination.figures.queries import LateTask, Tally, Unsigned, figures_of, tallies_by_year, unfinished_tasks
from coordination.figures.shapes import Figures
from coordination.programs.queries import programs_covering
from records import clock
from reports.dashboard.facts import facts_of
from reports.dashboard.narrowing import Narrowing
from reports.dashboard.told import (
    Awaited,
    Silent,
    Slipped,
    Waiting,
    awaited_in,
    conclusions_in,
    limitations_in,
    silent_in,
    slipped_in,
    unsigned_in,
)

LATE_READ, LATE_SHOWN = 20, 5


@dataclass(frozen=True)
class Dashboard:
    """One year as a leader sees it, judged on a day.

    `late` are the first of the tasks that are late. `is_today` tells whether the day is today: of an earlier day the
    figures are known, who was awaited then is not.
    """

    year: int
    as_of: date
    is_today: bool
    narrowing: Narrowing
    figures: Figures
    years: dict[int, Tally]
    late: tuple[LateTask, ...]
    evaluated: ShownRound | None
    awaited: tuple[Awaited, ...]
    to_give_out: tuple[Waiting, ...]
    to_remedy: tuple[Waiting, ...]
    silent: tuple[Silent, ...]
    slipped: tuple[Slipped, ...]

    @property
    def is_empty(self) -> bool:
        return not self.figures.year.total and not self.figures.year.ongoing

    @property
    def before_year(self) -> int:
        return self.year - 1

    @property
    def before(self) -> Tally | None:
        """The year before, where anything was due in it."""
        tally = self.years.get(self.year - 1)
        return tally if tally and tally.due else None

    @property
    def other_year(self) -> int | None:
        """The neighbouring year to point to: the next one, otherwise the one before."""
        return next((year for year in (self.year + 1, self.year - 1) if year in self.years), None)

    @property
    def unsigned(self) -> tuple[Unsigned, ...]:
        return unsigned_in(self.awaited)

    @property
    def late_shown(self) -> tuple[LateTask, ...]:
        return self.late[:LATE_SHOWN]

    @property
    def late_more(self) -> int:
        """How many late tasks there are beside those shown."""
        return self.figures.year.overdue - len(self.late_shown)

    def missing(self, kind: EvaluationKind) -> tuple[MissingForm, ...]:
        """The forms of one kind the evaluation of the year still waits for."""
        missing = self.evaluated.missing if self.evaluated else ()
        return tuple(form for form in missing if form.kind == kind)


def dashboard_of(actor: Membership, year: int, narrowing: Narrowing, *, as_of: date) -> Dashboard:
    """The dashboard of a year for an actor.

    Rule: R-DASH-1. Eight queries whatever the number of rows, nine where a closed evaluation shows its grades; while
    one is open what nobody has frozen yet is counted in up to nine more.
    """
    scope, today = narrowing.scope(actor), clock.today()
    figures = figures_of(scope, year, as_of=as_of)
    counted = programs_covering(actor, year).only({program.pk for program in figures.programs})
    facts = facts_of(scope, year, as_of=as_of, today=today, counted=counted)
    late = unfinished_tasks(scope, year, as_of=as_of, limit=LATE_READ, programs=counted)
    return Dashboard(
        year=year,
        as_of=as_of,
        is_today=as_of == today,
        narrowing=narrowing,
        figures=figures,
        years=tallies_by_year(scope, as_of=as_of),
        late=tuple(late),
        evaluated=shown_round(actor, year) if as_of == today else None,
        awaited=awaited_in(facts),
        to_give_out=conclusions_in(facts),
        to_remedy=limitations_in(facts),
        silent=silent_in(figures.moves) if as_of == today else (),
        slipped=slipped_in(facts),
    )
