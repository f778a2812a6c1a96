"""The register as its pages show it."""

from dataclasses import dataclass

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from agencies.models import Agency, Membership
from coordination.programs.enums import ProgramState
from coordination.programs.models import Program
from coordination.register.enums import NumberState
from coordination.register.models import NumberSeries, RegisterEntry
from records import clock
from records.text import fold

# A number reserved for a program that was cancelled counts as void, as `RegisterEntry.status` says.
_OF_CANCELLED = Q(state=NumberState.RESERVED, program__isnull=False, program__state=ProgramState.CANCELLED)
_COUNTED = {
    NumberState.RESERVED: Q(state=NumberState.RESERVED) & ~_OF_CANCELLED,
    NumberState.USED: Q(state=NumberState.USED),
    NumberState.VOIDED: Q(state=NumberState.VOIDED) | _OF_CANCELLED,
}


@dataclass(frozen=True)
class SeriesRow:
    """One series in the list. Units: counts of the numbers the reader sees; `unexplained` only for who keeps it."""

    series: NumberSeries
    reserved: int
    used: int
    voided: int
    unexplained: int


@dataclass(frozen=True)
class Gap:
    """Numbers in a row that have no entry."""

    first: int
    last: int

    def __str__(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}–{self.last}"


def series_rows(actor: Membership, *, year: int, agency: int | None = None, document_type: str = "") -> list[SeriesRow]:
    """The series the actor sees that hold in a year, by rank of the agency, with what became of their numbers."""
    series = NumberSeries.objects.visible_to(actor).touching(year).select_related("agency")
    if agency is not None:
        series = series.filter(agency_id=agency)
    if document_type:
        series = series.filter(document_type=document_type)
    series = list(series.order_by("agency__protocol_order", "agency__name_sorted", "document_type", "valid_from"))
    counts = _counts(actor, [one.pk for one in series])
    return [_row(actor, one, counts.get(one.pk, {})) for one in series]


def agencies_with_series(actor: Membership) -> QuerySet[Agency]:
    """The agencies whose series the actor sees, for the filter of the list."""
    seen = NumberSeries.objects.visible_to(actor).values("agency_id")
    return Agency.objects.filter(pk__in=seen).in_protocol_order()


def years_with_series(actor: Membership) -> list[int]:
    """The years the actor's series touch, newest first, not beyond this year unless a series of its own says so."""
    seen = NumberSeries.objects.visible_to(actor).order_by()
    periods = seen.values_list("valid_from__year", "valid_to__year", "year").distinct()
    today = clock.today().year
    years = {today}
    for first, last, year in periods:
        years.update({year} if year else range(first, min(last, today) + 1))
    return sorted(years, reverse=True)


def entries_of(series: NumberSeries, *, actor: Membership, state: str = "", words: str = "") -> QuerySet[RegisterEntry]:
    """The entries of a series the actor sees, newest number first; `sees_program` tells whether to name the program."""
    seen = Program.objects.visible_to(actor).filter(pk=OuterRef("program_id"))
    entries = RegisterEntry.objects.visible_to(actor).filter(series=series)
    if state in NumberState.values:
        entries = entries.filter(_COUNTED[NumberState(state)])
    for word in fold(words).split():
        entries = entries.filter(Q(text_folded__contains=word) | Q(program__title_folded__contains=word))
    entries = entries.select_related("program", "reserved_by__agency", "series")
    return entries.annotate(sees_program=Exists(seen)).order_by("-number")


def gaps_of(series: NumberSeries) -> list[Gap]:
    """Numbers of a series that were passed and have no entry, in rows."""
    passed = series.entries.filter(number__gte=series.first_number, number__lt=series.next_number)
    gaps, expected = [], series.first_number
    for number in [*passed.order_by("number").values_list("number", flat=True), series.next_number]:
        if number > expected:
            gaps.append(Gap(expected, number - 1))
        expected = number + 1
    return gaps


def _counts(actor: Membership, series: list[int]) -> dict[int, dict]:
    entries = RegisterEntry.objects.visible_to(actor).filter(series_id__in=series).order_by()
    counted = entries.values("series_id").annotate(
        passed=Count("pk", filter=Q(number__gte=F("series__first_number"), number__lt=F("series__next_number"))),
        **{state.value: Count("pk", filter=which) for state, which in _COUNTED.items()},
    )
    return {row.pop("series_id"): row for row in counted}


def _row(actor: Membership, series: NumberSeries, counts: dict) -> SeriesRow:
    keeps = actor.acts_for(series.agency_id)
    passed = series.next_number - series.first_number - counts.get("passed", 0)
    return SeriesRow(
        series=series,
        **{state.value: counts.get(state.value, 0) for state in _COUNTED},
        unexplained=passed if keeps else 0,
    )
