"""Points, means, totals and grades, against the figures of the sample year worked out by hand."""

from decimal import Decimal
from fractions import Fraction

import pytest

from agencies.models import Agency
from coordination.evaluations.enums import PartKind
from coordination.evaluations.models import GradeBand, GradingScheme
from coordination.evaluations.queries.results import (
    TaskOutcome,
    band_for,
    cross_mark,
    mean_of_outcomes,
    tenth,
    weigh,
)
from coordination.tasks.enums import Bucket

SCHEME = GradingScheme(on_time_points=Decimal(100), late_points=Decimal(70), unfinished_points=Decimal(70))
BANDS = [
    GradeBand(from_points=Decimal(90), label="Hoàn thành tốt"),
    GradeBand(from_points=Decimal(70), label="Hoàn thành"),
    GradeBand(from_points=Decimal(0), label="Chưa hoàn thành"),
]
WEIGHTS = {PartKind.RESULTS: 50, PartKind.SELF: 20, PartKind.CROSS: 30}
GOOD, FAIR = "Hoàn thành tốt", "Hoàn thành"

# on time, late, shares of the unfinished, self, scores by the others → results, cross, total, grade
YEAR_2021 = {
    "hdnd": (4, 0, [], 96, [96, 97, 95, 96, 94, 94], "100.0", "95.3", "97.8", GOOD),
    "ubnd": (8, 3, [Fraction(38, 45)], 92, [92, 91, 86, 90, 88, 93, 90], "89.1", "90.0", "89.9", FAIR),
    "btg": (8, 1, [], 95, ["94.8"], "96.7", "94.8", "95.8", GOOD),
    "mttq": (5, 1, [], 94, [94, 93, 95, 94, 92, 91], "95.0", "93.2", "94.3", GOOD),
    "ldld": (2, 0, [], 93, [93, 92, 94, 93, 95, 92, 92], "100.0", "93.0", "96.5", GOOD),
    "hnd": (3, 0, [Fraction(1, 2)], 88, [84, 85, 86, 88, 84, 87], "83.8", "85.7", "85.2", FAIR),
    "pn": (3, 1, [], 91, [92, 91, 93, 92, 90, 92], "92.5", "91.7", "92.0", GOOD),
    "ccb": (1, 0, [Fraction(6, 9)], 84, [80, 79, 83, 82, 81, 83], "73.3", "81.3", "77.9", FAIR),
    "dtn": (2, 1, [], 90, [88, 89, 90, 88, 90, 88], "90.0", "88.8", "89.6", FAIR),
}  # fmt: skip


def outcomes(on_time: int, late: int, shares: list[Fraction]) -> list[TaskOutcome]:
    whole = Fraction(1)
    return (
        [TaskOutcome(Bucket.DONE_ON_TIME, whole)] * on_time
        + [TaskOutcome(Bucket.DONE_LATE, whole)] * late
        + [TaskOutcome(Bucket.OVERDUE, share) for share in shares]
    )


@pytest.mark.parametrize("code", YEAR_2021)
def test_year_2021_comes_out_as_worked_by_hand(code):
    on_time, late, shares, own, others, results, cross, total, grade = YEAR_2021[code]
    parts = {
        PartKind.RESULTS: mean_of_outcomes(SCHEME, outcomes(on_time, late, shares)),
        PartKind.SELF: Fraction(own),
        PartKind.CROSS: cross_mark([Fraction(score) for score in others]),
    }
    result = weigh(Agency(code=code), WEIGHTS, BANDS, parts)
    assert (result.results_points, result.cross_points, result.total, result.band.label) == (
        Decimal(results),
        Decimal(cross),
        Decimal(total),
        grade,
    )


@pytest.mark.parametrize("bucket", [Bucket.IN_TIME, Bucket.NO_DEADLINE, ""])
def test_tasks_not_judged_yet_do_not_count(bucket):
    judged = TaskOutcome(Bucket.DONE_LATE, Fraction(1))
    assert mean_of_outcomes(SCHEME, [judged, TaskOutcome(bucket, Fraction(1))]) == 70
    assert mean_of_outcomes(SCHEME, [TaskOutcome(bucket, Fraction(1))]) is None


@pytest.mark.parametrize("missing", list(WEIGHTS))
def test_a_part_not_known_leaves_no_total(missing):
    parts = {kind: Fraction(90) for kind in PartKind} | {missing: None}
    result = weigh(Agency(), WEIGHTS, BANDS, parts)
    assert result.total is None
    assert result.band is None


def test_a_part_the_scheme_does_not_weigh_may_be_missing():
    parts = {PartKind.RESULTS: Fraction(90), PartKind.SELF: Fraction(80), PartKind.CROSS: None}
    weights = {PartKind.RESULTS: 60, PartKind.SELF: 40}
    assert weigh(Agency(), weights, BANDS, parts).total == Decimal(86)


@pytest.mark.parametrize(
    ("exact", "printed"),
    [("94.25", "94.3"), ("94.249", "94.2"), ("89.95", "90.0"), ("0", "0.0"), ("100", "100.0"), ("0.05", "0.1")],
)
def test_rounding_goes_half_up_on_exact_numbers(exact, printed):
    assert str(tenth(Fraction(exact))) == printed


@pytest.mark.parametrize(("total", "label"), [("90.0", GOOD), ("89.9", FAIR), ("70", FAIR), ("69.9", BANDS[2].label)])
def test_a_band_begins_at_its_floor(total, label):
    assert band_for(Decimal(total), BANDS).label == label
