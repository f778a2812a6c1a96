"""Finding agencies by words, in protocol order, a page at a time, whatever the size of the country."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import Q

from agencies.access.scopes import Viewer
from agencies.directory.enums import AgencyKind, Family, Standing
from agencies.directory.lineage import existing_on
from agencies.directory.models import Agency, AgencyName, AgencyQuerySet, AgencyWord
from agencies.units.models import AdminUnit, UnitReach
from records import clock, text
from records.fields import prefix_range

PAGE_SIZE = 25
_MOST_WORDS = 8


@dataclass(frozen=True)
class Narrowing:
    """What a directory is narrowed to; nothing chosen leaves everything that exists on the day.

    Shape: `unit` stands for itself and all it reaches, `but` is the id of a unit left out.
    """

    unit: AdminUnit | None = None
    kind: AgencyKind | None = None
    family: Family | None = None
    standing: Standing = Standing.ACTIVE
    but: int | None = None

    @property
    def is_narrow(self) -> bool:
        return self != Narrowing()

    @property
    def is_all(self) -> bool:
        return self.standing == Standing.ALL


@dataclass(frozen=True)
class DirectoryRow:
    """An agency with its unit and what it is called on the day; what else it was found by, when it was not by that.

    Shape: `ended_on` is set once the agency, or its unit, has ended.
    """

    agency: Agency
    unit_name: str
    naming: AgencyName
    found_by: str = ""
    ended_on: date | None = None
    head: str = ""


@dataclass(frozen=True)
class DirectoryPage:
    """One page of a directory and whether another follows it."""

    rows: tuple[DirectoryRow, ...]
    has_more: bool

    @property
    def last(self) -> Agency | None:
        return self.rows[-1].agency if self.rows else None


def search_directory(
    actor: Viewer,
    words: str = "",
    after: Agency | None = None,
    *,
    narrowing: Narrowing | None = None,
    day: date | None = None,
    size: int = PAGE_SIZE,
) -> DirectoryPage:
    """A page of the agencies an actor may look up, in protocol order, found by the beginnings of words without marks.

    Rule: R-FIND-1. Every typed word begins a word of the agency's code, kind or names, present or former, or of its
    unit's. `after` is the last agency of the page before. One query, which counts nothing beyond the page.
    """
    day, narrowing = day or clock.today(), narrowing or Narrowing()
    typed = text.words(words)
    if words.strip() and not typed:
        return DirectoryPage((), False)
    found = _narrowed(_found(Agency.objects.visible_to(actor), typed), narrowing, day)
    page = _behind(found, after).in_protocol_order().values("pk")[: size + 1]
    names = AgencyName.objects.filter(agency__in=page).select_related("agency__unit")
    in_order = names.order_by("agency__protocol_order", "agency__name_sorted", "agency_id", "valid_from")
    rows = list(_rows(in_order, typed, day))
    return DirectoryPage(tuple(rows[:size]), len(rows) > size)


def _found(agencies: AgencyQuerySet, typed: list[str]) -> AgencyQuerySet:
    """Agencies with a word for each typed one; a word that begins another typed one adds nothing."""
    telling = [word for word in typed if not any(other != word and other.startswith(word) for other in typed)]
    for word in sorted(telling, key=len, reverse=True)[:_MOST_WORDS]:
        first, end = prefix_range(word)
        agencies = agencies.filter(pk__in=AgencyWord.objects.filter(word__gte=first, word__lt=end).values("agency_id"))
    return agencies


def _narrowed(agencies: AgencyQuerySet, narrowing: Narrowing, day: date) -> AgencyQuerySet:
    if narrowing.unit:
        agencies = agencies.filter(unit_id__in=UnitReach.objects.filter(above=narrowing.unit).values("below_id"))
    if narrowing.but:
        agencies = agencies.exclude(unit_id=narrowing.but)
    if narrowing.kind:
        agencies = agencies.filter(kind=narrowing.kind)
    if narrowing.family:
        agencies = agencies.filter(current_family=narrowing.family)
    if narrowing.standing == Standing.ACTIVE:
        agencies = existing_on(agencies, day)
    if narrowing.standing == Standing.ENDED:
        agencies = agencies.filter(Q(valid_to__lt=day) | Q(unit__valid_to__lt=day))
    return agencies


def _behind(agencies: AgencyQuerySet, last: Agency | None) -> AgencyQuerySet:
    """The agencies that follow one in protocol order."""
    if last is None:
        return agencies
    same_rank = Q(protocol_order=last.protocol_order)
    same_name = same_rank & Q(name_sorted=last.name_sorted, pk__gt=last.pk)
    later = Q(protocol_order__gt=last.protocol_order) | (same_rank & Q(name_sorted__gt=last.name_sorted)) | same_name
    return agencies.filter(later, protocol_order__gte=last.protocol_order)


def row_of(agency: Agency, naming: AgencyName, day: date, found_by: str = "") -> DirectoryRow:
    """An agency as lists show it on a day; no agency outlives its unit."""
    unit = agency.unit
    last_day = min((day for day in (agency.valid_to, unit.valid_to) if day is not None), default=None)
    ended_on = last_day if last_day is not None and last_day < day else None
    return DirectoryRow(agency, unit.current_name or unit.code, naming, found_by, ended_on)


def _rows(names: AgencyQuerySet, typed: list[str], day: date) -> Iterator[DirectoryRow]:
    for _pk, of_one in groupby(names, key=lambda name: name.agency_id):
        recorded = list(of_one)
        naming = ([name for name in recorded if name.valid_from <= day] or recorded[:1])[-1]
        found_by = "" if _matches(naming, typed) else _other_name(recorded, naming, typed)
        yield row_of(naming.agency, naming, day, found_by)


def _other_name(recorded: list[AgencyName], naming: AgencyName, typed: list[str]) -> str:
    """The name, the latest first, by which the words find the agency; blank when it is its unit's former one."""
    others = [name for name in reversed(recorded) if name != naming]
    return next((name.name for name in others if _matches(name, typed)), "")


def _matches(name: AgencyName, typed: list[str]) -> bool:
    agency = name.agency
    called = (name.name, name.short_name, name.abbreviation, agency.code, agency.kind_label)
    known = text.words(" ".join((*called, agency.unit.current_name, agency.unit.code)))
    return all(any(one.startswith(word) for one in known) for word in typed)
