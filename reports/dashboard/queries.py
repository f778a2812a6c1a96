"""Everything the dashboard shows, read in a fixed number of queries."""

from dataclasses import dataclass
from datetime import date

from agencies.models import Membership
from coordination.conferences.models import Conference
from coordination.conferences.queries import ConferenceWaiting, conferences_waiting
from coordination.evaluations.enums import EvaluationKind, RoundPeriod
from coordination.evaluations.models import EvaluationRound
from coordination.evaluations.permissions import can_view_results
from coordination.evaluations.queries import (
    AgencyResult,
    MissingForm,
    missing_before_closing,
    round_results,
    with_what_pages_need,
)
from coordination.figures.queries import (
    LateTask,
    Tally,
    Unsigned,
    figures_of,
    programs_awaiting_signatures,
    tallies_by_year,
    unfinished_tasks,
)
from coordination.figures.shapes import Figures
from coordination.findings.queries import RoundWaiting, rounds_waiting
from reports.dashboard.narrowing import Narrowing

LATE_SHOWN = 5
WAITING_SHOWN = 5


@dataclass(frozen=True)
class Evaluated:
    """The evaluation of the year: what each agency reached and which cross-evaluations are still missing."""

    round: EvaluationRound
    results: dict[int, AgencyResult]
    missing: tuple[MissingForm, ...]


@dataclass(frozen=True)
class Dashboard:
    """One year as a leader sees it, judged on a day."""

    year: int
    as_of: date
    narrowing: Narrowing
    figures: Figures
    years: dict[int, Tally]
    late: tuple[LateTask, ...]
    unsigned: tuple[Unsigned, ...]
    evaluated: Evaluated | None
    conference: Conference | None
    to_give_out: tuple[ConferenceWaiting, ...] = ()
    to_remedy: tuple[RoundWaiting, ...] = ()

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
    def missing_cross(self) -> tuple[MissingForm, ...]:
        missing = self.evaluated.missing if self.evaluated else ()
        return tuple(form for form in missing if form.kind == EvaluationKind.CROSS)

    @property
    def late_shown(self) -> tuple[LateTask, ...]:
        return self.late[:LATE_SHOWN]


def dashboard_of(actor: Membership, year: int, narrowing: Narrowing, *, as_of: date) -> Dashboard:
    """The dashboard of a year for an actor.

    Why: ten queries whatever the number of rows, thirteen more where a round of evaluation has results to show.
    """
    scope = narrowing.scope(actor)
    return Dashboard(
        year=year,
        as_of=as_of,
        narrowing=narrowing,
        figures=figures_of(scope, year, as_of=as_of),
        years=tallies_by_year(scope, as_of=as_of),
        late=tuple(unfinished_tasks(scope, year, as_of=as_of)),
        unsigned=tuple(programs_awaiting_signatures(scope)),
        evaluated=_evaluated(actor, year),
        conference=Conference.objects.reported_to(actor).filter(review_year=year).order_by("-held_on").first(),
        to_give_out=tuple(conferences_waiting(actor, most=WAITING_SHOWN, year=year)),
        to_remedy=tuple(rounds_waiting(actor, as_of, most=WAITING_SHOWN)),
    )


def _evaluated(actor: Membership, year: int) -> Evaluated | None:
    rounds = EvaluationRound.objects.visible_to(actor).filter(year=year, period=RoundPeriod.YEAR)
    rounds = with_what_pages_need(rounds)
    round = next(iter(sorted(rounds, key=lambda one: (one.unit_id != actor.unit_id, one.pk))), None)
    if round is None:
        return None
    shown = bool(can_view_results(actor, round))
    is_open = round.closed_on is None
    return Evaluated(
        round=round,
        results={result.agency.pk: result for result in round_results(round)} if shown else {},
        missing=tuple(missing_before_closing(round, seen_by=actor)) if is_open else (),
    )
