"""Who is ahead and who stands far behind, by the share done on time."""

from collections.abc import Mapping
from decimal import Decimal
from statistics import median, quantiles

from coordination.figures.queries import Tally

FEWEST_UNITS, FEWEST_DUE = 5, 5
FAR = Decimal("1.5")
LEAST_POINTS = Decimal(10)


def ranks(tallies: Mapping[int, Tally]) -> dict[int, int]:
    """The place of each unit where anything was due, the best first; equal rates share a place.

    Rule: R-LEVEL-5.
    """
    rates = {pk: tally.on_time_rate for pk, tally in tallies.items() if tally.due}
    return {pk: 1 + sum(other > rate for other in rates.values()) for pk, rate in rates.items()}


def far_behind(tallies: Mapping[int, Tally]) -> set[int]:
    """Units whose on-time rate lies far below the median of those with enough due to compare.

    Rule: R-LEVEL-6. Compared are units with at least five tasks due, where there are five of them or more; far is more
    than one and a half times the interquartile range, and more than ten points. Units: percentage points.
    """
    rates = {pk: tally.on_time_rate for pk, tally in tallies.items() if tally.due >= FEWEST_DUE}
    if len(rates) < FEWEST_UNITS:
        return set()
    lower, _middle, upper = quantiles(rates.values(), n=4, method="inclusive")
    bound = median(rates.values()) - max(FAR * (upper - lower), LEAST_POINTS)
    return {pk for pk, rate in rates.items() if rate < bound}
