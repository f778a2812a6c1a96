"""The slides of a conference in the order of its agenda: what each is called, how it is drawn, what it shows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from agencies.models import Membership
from coordination.conferences.enums import ProgramPurpose
from coordination.conferences.models import Conference, ConferenceProgram
from coordination.conferences.queries import programs_of
from coordination.conferences.queries.agenda import AgendaRow, LiveState, agenda_rows, live_state
from coordination.conferences.queries.signing import SigningOrder, signing_orders
from coordination.programs.models import Program
from records import clock
from reports.dashboard import pictures
from reports.projection.figures import Shown, shown_of

AGENDA_ROWS, SIGNING_ROWS, CONCLUSION_LETTERS = 6, 4, 460
_COVER, _AGENDA, _ITEM = (
    "reports/projection/_cover.html",
    "reports/projection/_agenda.html",
    "reports/projection/_item.html",
)
_FIGURES, _CHART = "reports/projection/_figures.html", "reports/projection/_chart.html"
_SIGNING, _CONCLUSIONS = "reports/projection/_signing.html", "reports/projection/_conclusions.html"


@dataclass(frozen=True)
class Slide:
    """One page on the wall. `key` stays while the conference goes on, so that a page that is updated stays in place."""

    key: str
    template: str
    title: str
    content: Any = None
    note: str = ""
    is_now: bool = False


@dataclass(frozen=True)
class Chart:
    """A chart with the figures it draws; `has_tones` where its colours need a key."""

    pair: pictures.Pair
    shown: Shown
    has_tones: bool = False


@dataclass(frozen=True)
class Projection:
    """All slides of a conference as they stand at a moment, and where it stands."""

    conference: Conference
    slides: tuple[Slide, ...]
    live: LiveState

    @property
    def now_key(self) -> str:
        """The slide of the item under way."""
        return next((slide.key for slide in self.slides if slide.is_now), "")


def projection_of(actor: Membership, conference: Conference) -> Projection:
    """What the wall shows a reader who sees the conference; programs only those the reader sees as well.

    Rule: R-SEE-4.
    """
    now = clock.now()
    rows = agenda_rows(actor, conference, now)
    live = live_state(conference, rows, now)
    links = programs_of(actor, conference)
    together, each = shown_of(actor, conference, _reviewed(links))
    parts = _Parts(conference, rows, live, links, together, each)
    return Projection(conference, tuple(parts.slides()), live)


@dataclass
class _Parts:
    """What the slides are made of, read once."""

    conference: Conference
    rows: Sequence[AgendaRow]
    live: LiveState
    links: Sequence[ConferenceProgram]
    together: Shown | None
    each: dict[int, Shown]

    def slides(self) -> Iterator[Slide]:
        """The cover, the agenda, each item with what belongs to it, then what no item of the agenda speaks of."""
        yield Slide("bia", _COVER, self.conference.full_title or self.conference.title, self.conference)
        yield from self._agenda()
        if self.together is not None:
            yield from _figures("chung", _("All programs reviewed"), self.together)
        told: set[str] = set()
        for row in self.rows:
            yield self._item(row)
            for slide in self._belonging(row, told):
                told.add(slide.key)
                yield slide
        yield from (slide for slide in self._everything() if slide.key not in told)

    def _agenda(self) -> Iterator[Slide]:
        for number, rows in enumerate(_parted(self.rows, AGENDA_ROWS), start=1):
            yield Slide(f"chuong-trinh-{number}", _AGENDA, _("Agenda of the conference"), rows)

    def _item(self, row: AgendaRow) -> Slide:
        content = {"row": row, "live": self.live if row.item.status.is_now else None}
        return Slide(f"muc-{row.item.number}", _ITEM, row.item.title, content, is_now=row.item.status.is_now)

    def _belonging(self, row: AgendaRow, told: set[str]) -> Iterator[Slide]:
        if row.item.program_id in self.each:
            yield from (slide for slide in self._program(row.item.program) if slide.key not in told)
        if row.item.is_conclusion:
            yield from self._conclusions()
        if row.item.is_signing:
            yield from self._signing()

    def _everything(self) -> Iterator[Slide]:
        for program in _reviewed(self.links):
            yield from self._program(program)
        yield from self._conclusions()
        yield from self._signing()

    def _program(self, program: Program) -> Iterator[Slide]:
        yield from _figures(program.slug, f"{program.code} – {program.short_title}", self.each[program.pk])

    def _conclusions(self) -> Iterator[Slide]:
        title = self.conference.status.conclusions_title
        for number, group in enumerate(_by_length(list(self.conference.conclusions.all())), start=1):
            yield Slide(f"ket-luan-{number}", _CONCLUSIONS, title, group)

    def _signing(self) -> Iterator[Slide]:
        for order in signing_orders(list(self.links)):
            yield from _turns(order)


def _reviewed(links: Sequence[ConferenceProgram]) -> list[Program]:
    return [link.program for link in links if link.purpose == ProgramPurpose.REVIEW]


def _figures(key: str, title: str, shown: Shown) -> Iterator[Slide]:
    """The counts, then by area and over the months where the charts agree with them."""
    yield Slide(f"so-lieu-{key}", _FIGURES, title, shown)
    if shown.figures is None or not shown.figures.year.total:
        return
    note = _("Results by area")
    yield Slide(
        f"linh-vuc-{key}", _CHART, title, Chart(pictures.areas(shown.figures, f"area-{key}"), shown, True), note
    )
    note = _("Due and done over the year")
    chart = pictures.running_totals(shown.figures, f"months-{key}")
    yield Slide(f"luy-ke-{key}", _CHART, title, Chart(chart, shown), note)


def _turns(order: SigningOrder) -> Iterator[Slide]:
    title = f"{order.program.code} – {order.program.short_title}"
    for number, turns in enumerate(_parted(order.turns, SIGNING_ROWS), start=1):
        yield Slide(f"ky-{order.program.slug}-{number}", _SIGNING, title, (order, turns), _("Order of signing"))


def _parted(rows: Sequence, most: int) -> list[Sequence]:
    """Rows in equal parts of at most so many, so that no page holds a single one left over."""
    pages = -(-len(rows) // most)
    size = -(-len(rows) // pages) if pages else most
    return [rows[start : start + size] for start in range(0, len(rows), size)]


def _by_length(conclusions: Sequence) -> list[list]:
    """Conclusions page by page: as many as can be read from the last row of seats."""
    pages: list[list] = []
    for one in conclusions:
        used = sum(len(other.text) for other in pages[-1]) if pages else CONCLUSION_LETTERS
        if used + len(one.text) > CONCLUSION_LETTERS:
            pages.append([])
        pages[-1].append(one)
    return pages
