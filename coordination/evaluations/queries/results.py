"""The results of a round: points from task results and judgements, weighted by the scheme, and the grade they earn."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from agencies.models import Agency
from coordination.evaluations.enums import EvaluationKind, PartKind
from coordination.evaluations.models import Evaluation, EvaluationRound, GradeBand, GradingScheme
from coordination.evaluations.queries.frozen import frozen_results, snapshot_of
from coordination.evaluations.queries.outcomes import Outcomes, TaskCounts, TaskOutcome, outcomes_of
from coordination.evaluations.queries.parties import parties_of
from coordination.evaluations.queries.shapes import AgencyResult, Concluded
from coordination.tasks.enums import Bucket


def round_results(round: EvaluationRound) -> list[AgencyResult]:
    """Every party's points, total and grade, in protocol order. Seven queries whatever their number.

    Rule: results are the mean over the tasks an agency leads; the cross mark is the mean of the marks it got, taken
    to one decimal as it is printed; the total is rounded once, half up. A part that is not known leaves no total.
    A closed round answers with what was frozen. Rule: R-EVAL-7.
    """
    snapshot = snapshot_of(round)
    if snapshot is not None:
        return frozen_results(round, snapshot)
    agencies = parties_of(round).agencies
    outcomes = outcomes_of(round, {agency.pk for agency in agencies})
    return computed_results(round, agencies, outcomes, list(round.evaluations.sent()))


def computed_results(
    round: EvaluationRound, agencies: Sequence[Agency], outcomes: Outcomes, judgements: Sequence[Evaluation]
) -> list[AgencyResult]:
    """The results from what was fetched already; only the scheme's own rows are read besides.

    Rule: R-EVAL-6. More agencies than a grade's cap allows are marked, the lowest totals among them.
    """
    scheme = round.scheme
    weights = {part.kind: part.weight_percent for part in scheme.parts.all()}
    bands = list(scheme.bands.all())
    given = _by_agency(judgements)
    results = [
        _result(scheme, weights, bands, agency, outcomes.led_by(agency.pk), given.get(agency.pk, []))
        for agency in agencies
    ]
    return mark_beyond_caps(results, bands)


def allowed_by_cap(band: GradeBand, agencies: int) -> int | None:
    """How many of so many agencies may get the grade; None where it has no cap. Rule: R-EVAL-6, rounded down."""
    return None if band.cap_percent is None else band.cap_percent * agencies // 100


def mark_beyond_caps(results: list[AgencyResult], bands: Iterable[GradeBand]) -> list[AgencyResult]:
    """The results with those marked that have a grade beyond its cap; the highest totals keep it."""
    beyond: set[int] = set()
    for band in bands:
        allowed = allowed_by_cap(band, len(results))
        if allowed is None:
            continue
        holders = [result for result in results if result.grade == band]
        holders.sort(key=lambda result: result.total or Decimal(0), reverse=True)
        beyond |= {result.agency.pk for result in holders[allowed:]}
    return [replace(result, is_beyond_cap=result.agency.pk in beyond) for result in results]


def mean_of_outcomes(scheme: GradingScheme, outcomes: Iterable[TaskOutcome]) -> Fraction | None:
    """The mean points of tasks: on time, late, or unfinished times the share reached; None when none is judged yet.

    Rule: tasks still within their deadline, suspended, cancelled or without a deadline are not judged.
    """
    judged = [points_of(scheme, outcome) for outcome in outcomes]
    return mean([points for points in judged if points is not None])


def points_of(scheme: GradingScheme, outcome: TaskOutcome) -> Fraction | None:
    """What one task gives, out of 100; None where it is not judged."""
    points = {
        Bucket.DONE_ON_TIME: scheme.on_time_points,
        Bucket.DONE_LATE: scheme.late_points,
        Bucket.OVERDUE: scheme.unfinished_points,
    }.get(outcome.bucket)
    return None if points is None else Fraction(points) * outcome.share


def band_for(total: Decimal, bands: Iterable[GradeBand]) -> GradeBand | None:
    """The grade whose floor the total reaches; bands come highest first."""
    return next((band for band in bands if band.from_points is not None and total >= band.from_points), None)


def weigh(
    agency: Agency, weights: dict[str, int], bands: Iterable[GradeBand], parts: dict[str, Fraction | None]
) -> AgencyResult:
    """The weighted total of exact parts, rounded once, and its grade; a part that is not known leaves no total.

    Units: weights in percent, parts in points out of 100.
    """
    known = bool(weights) and all(parts[kind] is not None for kind in weights)
    total = tenth(sum(parts[kind] * weight / 100 for kind, weight in weights.items())) if known else None
    return AgencyResult(
        agency=agency,
        results_points=tenth(parts[PartKind.RESULTS]),
        self_points=tenth(parts[PartKind.SELF]),
        cross_points=tenth(parts[PartKind.CROSS]),
        verified_points=tenth(parts.get(PartKind.VERIFIED)),
        total=total,
        band=None if total is None else band_for(total, bands),
    )


def proposed_in_words(bands: Sequence[GradeBand], own: str, others: Sequence[str], verified: str) -> GradeBand | None:
    """The grade a scheme of words proposes: what was verified, otherwise what most of the others gave, otherwise the
    agency's own. Of two grades given equally often the lower one.
    """
    order = {band.label: place for place, band in enumerate(bands)}
    most = Counter(grade for grade in others if grade in order)
    common = max(most, key=lambda grade: (most[grade], order[grade]), default="")
    return next((band for band in bands if band.label == (verified or common or own)), None)


def cross_mark(scores: list[Fraction]) -> Fraction | None:
    """The mean of the scores the others gave, to one decimal as it is printed and counted."""
    rounded = tenth(mean(scores))
    return None if rounded is None else Fraction(rounded)


def mean(values: list[Fraction]) -> Fraction | None:
    """The exact mean; None of nothing."""
    return sum(values, Fraction(0)) / len(values) if values else None


def tenth(value: Fraction | None) -> Decimal | None:
    """A value to one decimal, half up: 94,25 is 94,3.

    Why: in whole numbers, so that no binary fraction decides a grade.
    """
    if value is None:
        return None
    return Decimal((value * 10 + Fraction(1, 2)).__floor__()).scaleb(-1)


def _result(
    scheme: GradingScheme,
    weights: dict[str, int],
    bands: list[GradeBand],
    agency: Agency,
    outcomes: list[TaskOutcome],
    given: list[Evaluation],
) -> AgencyResult:
    grades = {kind: [one.grade for one in given if one.kind == kind and one.grade] for kind in EvaluationKind}
    own, verified = _one(grades[EvaluationKind.SELF]), _one(grades[EvaluationKind.VERIFIED])
    parts = {
        PartKind.RESULTS: mean_of_outcomes(scheme, outcomes),
        PartKind.SELF: mean(_scores(given, EvaluationKind.SELF)),
        PartKind.CROSS: cross_mark(_scores(given, EvaluationKind.CROSS)),
        PartKind.VERIFIED: mean(_scores(given, EvaluationKind.VERIFIED)),
    }
    result = weigh(agency, weights, bands, parts)
    concluded = next((one for one in given if one.kind == EvaluationKind.CONCLUDED), None)
    final = next((band for band in bands if concluded is not None and band.label == concluded.grade), None)
    in_words = proposed_in_words(bands, own, grades[EvaluationKind.CROSS], verified)
    return replace(
        result,
        band=in_words if scheme.is_in_words else result.band,
        counts=TaskCounts.of(outcomes),
        self_grade=own,
        cross_grades=tuple(grades[EvaluationKind.CROSS]),
        verified_grade=verified,
        concluded=None if concluded is None else Concluded(final, concluded.grade, concluded.remark),
    )


def _scores(given: list[Evaluation], kind: EvaluationKind) -> list[Fraction]:
    return [Fraction(one.score) for one in given if one.kind == kind and one.score is not None]


def _one(grades: list[str]) -> str:
    return grades[0] if grades else ""


def _by_agency(judgements: Sequence[Evaluation]) -> dict[int, list[Evaluation]]:
    found: dict[int, list[Evaluation]] = {}
    for one in judgements:
        found.setdefault(one.agency_id, []).append(one)
    return found
