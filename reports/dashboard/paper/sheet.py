"""The dashboard as a sheet of figures for use inside an office: built once, printed as PDF and shown on the screen."""

import html
from dataclasses import dataclass
from datetime import date

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import strip_tags

from agencies.access.enums import Role
from agencies.models import Membership
from records import wording
from reports.dashboard.narrowing import Narrowing
from reports.dashboard.page import Attention, attention, heading, lead_sentences
from reports.dashboard.paper import exhibits
from reports.dashboard.queries import Dashboard
from reports.documents.blocks import Block, Column, Paragraph, Row, Table
from reports.documents.ceilings import within_ceiling
from reports.documents.comment_table import TablePaper
from reports.documents.layout_profiles import ND30
from reports.documents.wording import capitalised, hyphenated

TITLE = "BẢNG SỐ LIỆU PHỐI HỢP CÔNG TÁC"
INTERNAL = "Bảng số liệu nội bộ lập từ Cổng Phối hợp công tác; không phải văn bản ban hành"
NOTHING_YET = "Chưa có nhiệm vụ nào trong phạm vi này."


@dataclass(frozen=True, kw_only=True)
class FiguresSheet(TablePaper):
    """Figures on upright pages with their numbers at the foot. `head` stands over the title, `day` is the day judged.

    Rule: R-WEEK-6 for the short one: `is_single` is set to fit one page.
    """

    head: str
    day: date
    is_landscape: bool = False
    is_single: bool = False

    @property
    def name(self) -> str:
        return f"{capitalised(self.title.lower())}: {self.subtitle[:1].lower()}{self.subtitle[1:]}"

    @property
    def css(self) -> str:
        return "figures single" if self.is_single else "figures"


def sheet_of(dashboard: Dashboard, actor: Membership, *, remarks: tuple[str, ...] = ()) -> FiguresSheet:
    """The sheet of a dashboard: what its page says, in the same order. Papers are Vietnamese whatever the page is.

    `remarks` say what of the address asked for was left out.
    """
    with translation.override("vi"):
        return FiguresSheet(
            title=TITLE,
            subtitle=hyphenated(str(heading(dashboard, actor))),
            head=hyphenated(actor.agency.current_name),
            lines=(*lines_under(dashboard, actor), *map(hyphenated, remarks)),
            blocks=_blocks(dashboard, actor),
            author=actor.agency.current_name,
            is_illustrative=actor.agency.unit.is_illustrative,
            day=dashboard.as_of,
        )


def sheet_html(sheet: FiguresSheet) -> str:
    """The whole document, self-contained but for bundled files; of long tables the rows one PDF prints."""
    return render_to_string("reports/papers/figures_sheet.html", facts_of(sheet))


def facts_of(sheet: FiguresSheet) -> dict[str, object]:
    """What the templates of the sheet read, in a PDF and on the screen alike."""
    paper = within_ceiling(sheet)
    widths = sorted({column.width_percent for table in paper.tables() for column in table.columns})
    return {"paper": paper, "widths": widths, "properties": list(ND30.custom_properties())}


def lines_under(dashboard: Dashboard, actor: Membership) -> tuple[str, ...]:
    """What was counted, for whom and judged on which day."""
    day = wording.day(dashboard.as_of)
    return (f"Số liệu tính đến hết ngày {day}. {_scope(dashboard.narrowing, actor)}.", f"({INTERNAL})")


def sentences(dashboard: Dashboard, actor: Membership, *, most: int | None = None) -> str:
    """The answer as running text, at most so many sentences of it."""
    return " ".join(html.unescape(strip_tags(sentence)) for sentence in lead_sentences(dashboard, actor)[:most])


def things_waiting(things: list[Attention], *, caption: str, note: str = "", longest: int = 400) -> Table:
    """What needs attention first, each cell of at most so many letters."""
    rows = [
        Row((str(turn), _within(thing.title, longest), _within(_facts(thing), longest)))
        for turn, thing in enumerate(things, start=1)
    ]
    return Table(
        caption=caption,
        columns=(Column("TT", 6, "center"), Column("Việc", 52), Column("Chi tiết", 42)),
        rows=tuple(rows),
        note=note,
    )


def _blocks(dashboard: Dashboard, actor: Membership) -> tuple[Block, ...]:
    if dashboard.is_empty:
        return (Paragraph(NOTHING_YET),)
    figures = dashboard.figures
    is_whole = not dashboard.narrowing.agency and actor.role != Role.OFFICIAL
    waiting = _waiting(dashboard, actor, 3)
    then = 4 if isinstance(waiting, Table) else 3
    return (
        Paragraph(hyphenated(sentences(dashboard, actor))),
        exhibits.buckets(figures.year, 1),
        *exhibits.months(figures, 2),
        waiting,
        *exhibits.areas(figures, then),
        exhibits.running_totals(figures, then + 1),
        exhibits.agencies(figures, then + 2, is_whole=is_whole),
        exhibits.definitions(then + 3),
    )


def _waiting(dashboard: Dashboard, actor: Membership, number: int) -> Block:
    things, more = attention(dashboard, actor), dashboard.figures.year.overdue - len(dashboard.late_shown)
    if not things:
        return Paragraph("Không có việc nào cần lãnh đạo quan tâm thêm.")
    note = f"Và {wording.number(more)} nhiệm vụ quá hạn khác, xem trên Cổng." if more > 0 else ""
    return things_waiting(things, caption=f"{number}. Việc cần lãnh đạo quan tâm", note=note)


def _scope(narrowing: Narrowing, actor: Membership) -> str:
    parts = []
    if narrowing.program:
        parts.append(f"Chương trình {narrowing.program.code}")
    if narrowing.agency:
        parts.append(narrowing.agency.current_short_name)
    if narrowing.area:
        parts.append(f"lĩnh vực {narrowing.area.name}")
    if parts:
        return f"Phạm vi: {hyphenated('; '.join(parts))}"
    whose = "của cơ quan" if actor.role == Role.OFFICIAL else "mà người lập được xem"
    return capitalised(f"phạm vi: mọi nhiệm vụ {whose}")


def _within(words: str, longest: int) -> str:
    words = hyphenated(str(words))
    return words if len(words) <= longest else f"{words[: longest - 1].rstrip()}…"


def _facts(thing: Attention) -> str:
    return ". ".join(str(fact) for fact in thing.facts)
