"""The limitations of all rounds and years: what became of them, which came back, one of them whole."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet

from agencies.models import Membership
from coordination.evaluations.models import EvaluationRound
from coordination.findings.enums import FindingKind, Remedy
from coordination.findings.models import Finding
from coordination.findings.queries.grouped import FindingRow, rows_of
from coordination.findings.queries.repeats import chain_of

PAGE_ROWS = 20


@dataclass(frozen=True)
class LimitationFilters:
    """Which limitations are asked for; what the address says otherwise narrows nothing."""

    year: int | None = None
    remedy: str = ""
    repeated: bool = False

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> "LimitationFilters":
        """The filters an address asks for; a year or a remedy it does not know is none."""
        year, remedy = asked.get("year", ""), asked.get("remedy", "")
        known = year.isascii() and year.isdigit() and len(year) == len("2022")
        return cls(int(year) if known else None, remedy if remedy in Remedy.values else "", bool(asked.get("repeated")))

    @property
    def query(self) -> str:
        """The address of the list with these filters."""
        asked = {"year": self.year or "", "remedy": self.remedy, "repeated": "1" if self.repeated else ""}
        return f"?{urlencode({name: value for name, value in asked.items() if value})}"


@dataclass(frozen=True)
class View:
    """A named part of the list: its words, its address, how many it holds, whether it is shown now."""

    label: str
    query: str
    count: int
    is_current: bool


@dataclass(frozen=True)
class LimitationList:
    """One page of limitations, the parts of the list with their counts, the years there are."""

    rows: list[FindingRow]
    page: Page
    views: list[View]
    years: list[int]
    filters: LimitationFilters


@dataclass(frozen=True)
class LimitationPage:
    """One limitation whole: where it stands, its causes and lessons, the same one in other years."""

    row: FindingRow
    causes: list[Finding]
    others: list[Finding]
    recommendations: list[Finding]
    chain: list[FindingRow]


def limitation_list(
    actor: Membership, filters: LimitationFilters, *, names: Mapping[str, str], page: str | None = None
) -> LimitationList:
    """The limitations an actor sees, the latest rounds first, with counts of each part. Eight queries for any number.

    Shape: `names` says how the parts are called: "" all, each `Remedy`, "repeated".
    """
    seen = Finding.objects.visible_to(actor).limitations()
    years = sorted(set(seen.values_list("round__year", flat=True)), reverse=True)
    of_year = seen.filter(round__year=filters.year) if filters.year else seen
    wanted = of_year.standing(Remedy(filters.remedy)) if filters.remedy else of_year
    wanted = wanted.filter(repeats__isnull=False) if filters.repeated else wanted
    ordered = wanted.select_related("round", "program", "remedied_by").order_by(
        "-round__cut_off_on", "round_id", "position"
    )
    shown = Paginator(ordered, PAGE_ROWS).get_page(page)
    return LimitationList(rows_of(actor, shown.object_list), shown, _views(of_year, filters, names), years, filters)


def limitation_page(actor: Membership, limitation: Finding) -> LimitationPage:
    """A limitation the actor sees, with all that belongs to it as far as they see it."""
    seen = Finding.objects.visible_to(actor).filter(of_limitation=limitation).select_related("addressee")
    tied = list(seen)
    return LimitationPage(
        row=rows_of(actor, [limitation])[0],
        causes=[one for one in tied if one.kind == FindingKind.CAUSE],
        others=[one for one in tied if one.kind == FindingKind.LESSON],
        recommendations=[one for one in tied if one.kind == FindingKind.RECOMMENDATION],
        chain=rows_of(actor, chain_of(actor, limitation)),
    )


def found_at(actor: Membership, round: EvaluationRound, position: int) -> Finding | None:
    """The finding at a place of a round, where the actor sees it."""
    rows = Finding.objects.visible_to(actor).filter(round=round, position=position)
    return rows.select_related("program", "remedied_by__program", "repeats__round", "addressee", "waived_by").first()


def _views(seen: QuerySet[Finding], filters: LimitationFilters, names: Mapping[str, str]) -> list[View]:
    parts = {
        remedy.value: Count("pk", filter=Q(pk__in=Finding.objects.standing(remedy).values("pk"))) for remedy in Remedy
    }
    counts = seen.order_by().aggregate(all=Count("pk"), repeated=Count("repeats"), **parts)
    plain = replace(filters, remedy="", repeated=False)
    rows = [View(names[""], plain.query, counts["all"], not (filters.remedy or filters.repeated))]
    for remedy in Remedy:
        query = replace(plain, remedy=remedy.value).query
        rows.append(View(names[remedy.value], query, counts[remedy.value], filters.remedy == remedy))
    return [
        *rows,
        View(names["repeated"], replace(plain, repeated=True).query, counts["repeated"], filters.repeated),
    ]
