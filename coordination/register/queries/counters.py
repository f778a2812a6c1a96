"""Whether the counters of number series stand behind the numbers that were given."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import F, Max
from django.utils.translation import gettext as _

from coordination.register.models import NumberSeries


@dataclass(frozen=True)
class WrongCounter:
    """A series that would give a number a second time."""

    series: NumberSeries
    last: int

    def __str__(self) -> str:
        told = {
            "series": f"{self.series.agency}, {self.series.get_document_type_display()}, {self.series.period_words}",
            "pk": self.series.pk,
            "next": self.series.next_number,
            "last": self.last,
        }
        return (
            _(
                "Number series %(pk)s (%(series)s) would give number %(next)s next, though %(last)s was given already. "
                "Take no number from it until it is clear why."
            )
            % told
        )


def wrong_counters() -> Iterator[WrongCounter]:
    """Every series whose next number is not above all it has given. Rules: R-NUMBER-2, R-PROOF-1."""
    rows = NumberSeries.objects.annotate(last=Max("entries__number")).filter(last__gte=F("next_number"))
    for series in rows.select_related("agency").order_by("pk"):
        yield WrongCounter(series, series.last)
