"""Whether the counters of number series stand behind the numbers that were given."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import F, Max

from coordination.register.models import NumberSeries


@dataclass(frozen=True)
class WrongCounter:
    """A series that would give a number a second time."""

    series: NumberSeries
    last: int

    def __str__(self) -> str:
        where = f"Number series {self.series.pk} ({self.series})"
        return f"{where} would give {self.series.next_number} next, though {self.last} was given."


def wrong_counters() -> Iterator[WrongCounter]:
    """Every series whose next number is not above all it has given. Rules: R-NUMBER-2, R-PROOF-1."""
    rows = NumberSeries.objects.annotate(last=Max("entries__number")).filter(last__gte=F("next_number"))
    for series in rows.order_by("pk"):
        yield WrongCounter(series, series.last)
