"""What a page that passes by is shown of a round: the grades given and the forms it waits for."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Subquery, Value, When

from agencies.access.enums import Role
from agencies.models import Membership
from coordination.evaluations.enums import Audience, Layer, RoundPeriod, RoundState, Since
from coordination.evaluations.frozen import Content, read_points
from coordination.evaluations.models import Disclosure, EvaluationRound, GradeBand, RoundSnapshot
from coordination.evaluations.queries.missing import MissingForm, missing_forms
from coordination.evaluations.queries.outcomes import outcomes_of
from coordination.evaluations.queries.parties import parties_of
from coordination.evaluations.queries.results import computed_results
from coordination.programs.models import Program


@dataclass(frozen=True)
class Graded:
    """The points of one agency and the grade published."""

    self_points: Decimal | None
    cross_points: Decimal | None
    total: Decimal | None
    grade: GradeBand | None


@dataclass(frozen=True)
class ShownRound:
    """The round of a year, each agency's grade by its key, and the forms missing of programs the reader sees.

    No grades where the round does not disclose its results to the reader.
    """

    round: EvaluationRound
    results: dict[int, Graded]
    missing: tuple[MissingForm, ...]


def shown_round(actor: Membership, year: int) -> ShownRound | None:
    """The evaluation of a whole year, of the actor's own unit first; None where there is none.

    Two queries of a closed round, one where its results are not shown; of an open one three, and six more for what
    nobody has frozen yet.
    """
    rounds = EvaluationRound.objects.visible_to(actor).filter(year=year, period=RoundPeriod.YEAR)
    found = with_results_shown(rounds.select_related("scheme"), actor)
    round = next(iter(sorted(found, key=lambda one: (one.unit_id != actor.unit_id, one.pk))), None)
    if round is None:
        return None
    if round.frozen:
        return ShownRound(round, _frozen(round, round.frozen) if round.shows_results else {}, ())
    judgements = list(round.evaluations.sent()) if round.is_open or round.shows_results else []
    return ShownRound(
        round,
        _computed(round, judgements) if round.shows_results else {},
        tuple(_missing(round, judgements, actor)) if round.is_open else (),
    )


def with_results_shown(rounds: QuerySet[EvaluationRound], actor: Membership) -> QuerySet[EvaluationRound]:
    """Each round with `shows_results`, for many what `can_view_results` is for one, and what it has `frozen`.

    Rule: R-SEE-6.
    """
    mine = actor.agency_ids()
    programs = Program.objects.filter(evaluation_rounds=OuterRef("pk"))
    drafted = Exists(programs.filter(drafting_agency_id__in=mine))
    leading = Exists(programs.filter(parties__agency_id__in=mine, parties__is_lead=True))
    keeps = Q(drafted) if actor.role == Role.SECRETARY else Q(pk__in=())
    leads = Q(drafted) | Q(leading) if actor.role == Role.LEADER else Q(pk__in=())
    shown = keeps | _discloses(Audience.PARTIES) | leads & _discloses(Audience.LEADERS)
    newest = RoundSnapshot.objects.filter(round=OuterRef("pk")).order_by("-version").values("content")[:1]
    return rounds.annotate(
        shows_results=Case(When(shown, then=Value(True)), default=Value(False)),
        frozen=Case(When(~Q(state=RoundState.OPEN), then=Subquery(newest)), default=None),
    )


def _discloses(audience: Audience) -> Q:
    rows = Disclosure.objects.filter(scheme=OuterRef("scheme"), layer=Layer.RESULTS, audience=audience)
    return Q(Exists(rows.filter(since=Since.AT_ONCE))) | ~Q(state=RoundState.OPEN) & Q(Exists(rows))


def _frozen(round: EvaluationRound, content: Content) -> dict[int, Graded]:
    bands = {band.label: band for band in round.scheme.bands.all()}
    return {
        row["id"]: Graded(
            read_points(row["self"]), read_points(row["cross"]), read_points(row["total"]), bands.get(row["grade"])
        )
        for row in content["agencies"]
    }


def _computed(round: EvaluationRound, judgements: list) -> dict[int, Graded]:
    agencies = parties_of(round).agencies
    outcomes = outcomes_of(round, {agency.pk for agency in agencies})
    return {
        one.agency.pk: Graded(one.self_points, one.cross_points, one.total, one.grade)
        for one in computed_results(round, agencies, outcomes, judgements)
    }


def _missing(round: EvaluationRound, judgements: list, actor: Membership) -> list[MissingForm]:
    sent = [(one.kind, one.agency_id, one.by_agency_id) for one in judgements]
    return missing_forms(parties_of(round, seen_by=actor), sent, round.scheme)
