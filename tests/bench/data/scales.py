"""How large: which units there are, how many tasks each has, in which years."""

from dataclasses import dataclass
from datetime import date

LAST_YEAR, YEARS = 2026, 10
DAY = date(2026, 11, 20)
# The share of all tasks that the unit at the top keeps for programs of its own, and each province of its own.
_OWN_SHARE = 0.2


@dataclass(frozen=True)
class Scale:
    """A body of data: so many tasks over ten years in so many provinces and communes; reports on each begun task.

    `logged` says whether the log tells of every task, or of those of the last year only.
    """

    tasks: int
    provinces: int = 0
    communes: int = 0
    reports: int = 4
    logged: bool = True

    @property
    def units(self) -> int:
        """All units, the one at the top among them."""
        return 1 + (self.provinces if self.provinces > 1 else 0) + self.communes


SCALES = {
    10_000: Scale(10_000),  # a large commune over ten years
    100_000: Scale(100_000, provinces=1, communes=98),
    1_000_000: Scale(1_000_000, provinces=34, communes=3321, reports=2, logged=False),
}


def scale_of(tasks: int) -> Scale:
    """The scale of a number of tasks; between the three the shape of the next smaller one.

    Raises: ValueError for less than a hundred.
    """
    if tasks < 100:
        raise ValueError("A hundred tasks are the least")
    nearest = max((size for size in SCALES if size <= tasks), default=min(SCALES))
    shape = SCALES[nearest]
    return Scale(tasks, shape.provinces, shape.communes, shape.reports, shape.logged)


def zipf(total: int, places: int, exponent: float = 0.7, floor: int = 0) -> list[int]:
    """A whole number parted among places, few of them large: the n-th weighs n^-exponent, none gets less than floor.

    Shape: as many numbers as places, the largest first; their sum is the total, whatever the rounding.
    """
    spare = total - floor * places
    if places < 1 or spare < 0:
        raise ValueError(f"{total} cannot be parted among {places} with {floor} each")
    weights = [rank**-exponent for rank in range(1, places + 1)]
    return [floor + part for part in apportioned(spare, weights)]


def apportioned(total: int, weights: list[float]) -> list[int]:
    """A whole number parted by weights; what rounding leaves goes to the largest remainders."""
    whole = sum(weights)
    exact = [total * weight / whole for weight in weights]
    parts = [int(each) for each in exact]
    by_remainder = sorted(range(len(weights)), key=lambda place: parts[place] - exact[place])
    for place in by_remainder[: total - sum(parts)]:
        parts[place] += 1
    return parts


def shares(scale: Scale) -> list[list[int]]:
    """How many tasks each unit has, province by province: its own number first, then those of its communes.

    Shape: one list a province; for a commune alone one list with one number. The unit at the top of a country comes as
    a list of its own, the first.
    """
    if not scale.communes:
        return [[scale.tasks]]
    own = int(scale.tasks * _OWN_SHARE / 4) if scale.provinces > 1 else 0
    totals = zipf(scale.tasks - own, scale.provinces, exponent=0.6)
    communes = [len(range(place, scale.communes, scale.provinces)) for place in range(scale.provinces)]
    found = []
    for total, count in zip(totals, communes, strict=True):
        kept = int(total * _OWN_SHARE)
        found.append([kept, *zipf(total - kept, count, floor=min(YEARS, (total - kept) // count))])
    return [[own], *found] if own else found


def by_year(tasks: int) -> list[int]:
    """A unit's tasks over its years: each year a little more than the one before. Shape: ten numbers, oldest first."""
    return apportioned(tasks, [1 + 0.08 * place for place in range(YEARS)])


def by_program(tasks: int, usual: int = 60) -> list[int]:
    """A year's tasks parted into programs of about a usual size, the first one the largest."""
    if not tasks:
        return []
    return [part for part in zipf(tasks, -(-tasks // usual), exponent=0.35) if part]
