"""The sheet of the week: the answer, the buckets and how they moved, what comes first, who is silent; one page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.utils import translation

from agencies.models import Membership
from coordination.tasks.enums import Bucket
from records import wording
from reports.dashboard.page import attention, heading
from reports.dashboard.paper.sheet import NOTHING_YET, FiguresSheet, lines_under, sentences, sheet_html, things_waiting
from reports.dashboard.queries import Dashboard
from reports.documents.blocks import Block, Column, Paragraph, Row, Table
from reports.documents.wording import hyphenated
from reports.pdf import store
from reports.pdf.drawn import Drawn
from reports.pdf.store import Order
from reports.weekly.enums import ROOMS, SILENT_DAYS, Room
from reports.weekly.queries import Silent, monday_of

TITLE = "BẢNG SỐ LIỆU TUẦN"
_BUCKETS = (
    (Bucket.DONE_ON_TIME, "Hoàn thành đúng hạn"),
    (Bucket.DONE_LATE, "Hoàn thành chậm"),
    (Bucket.OVERDUE, "Quá hạn, chưa hoàn thành"),
    (Bucket.IN_TIME, "Trong hạn"),
    (Bucket.NO_DEADLINE, "Thường xuyên, không thời hạn (tính riêng)"),
)


@dataclass(frozen=True)
class Week:
    """What one member's sheet tells. `before` holds the buckets of the sheet of the week before, where there is one."""

    dashboard: Dashboard
    actor: Membership
    silent: Sequence[Silent]
    before: Mapping[str, int] | None

    @property
    def counts(self) -> dict[str, int]:
        """The buckets by their codes, to be compared with by the next sheet."""
        return {bucket.value: int(self.dashboard.figures.year.number(bucket)) for bucket, _label in _BUCKETS}


def drawn_on_one_page(week: Week) -> Drawn:
    """The sheet with as much as one page holds.

    Rule: R-WEEK-6.
    Raises: RenderFailed where no PDF can be made.
    """
    for room in ROOMS:
        drawn = store.drawn(Order(sheet_html(sheet_of_week(week, room))))
        if drawn.pages == 1:
            break
    return drawn


def sheet_of_week(week: Week, room: Room) -> FiguresSheet:
    """The sheet with at most so many rows; what was left out is counted. Papers are Vietnamese."""
    dashboard, actor = week.dashboard, week.actor
    with translation.override("vi"):
        monday = monday_of(dashboard.as_of)
        span = f"tuần từ {wording.day(monday)} đến {wording.day(monday + timedelta(days=6))}"
        return FiguresSheet(
            title=TITLE,
            subtitle=_cut(hyphenated(f"{heading(dashboard, actor)}, {span}"), room),
            head=_cut(hyphenated(actor.agency.current_name), room),
            lines=tuple(_cut(line, room) for line in lines_under(dashboard, actor)),
            blocks=_blocks(week, room),
            author=actor.agency.current_name,
            is_illustrative=actor.agency.unit.is_illustrative,
            day=dashboard.as_of,
            is_single=True,
        )


def _blocks(week: Week, room: Room) -> tuple[Block, ...]:
    dashboard = week.dashboard
    if dashboard.is_empty:
        return (Paragraph(NOTHING_YET),)
    said = hyphenated(sentences(dashboard, week.actor, most=room.sentences))
    return (Paragraph(said), _moved(week), *_waiting(week, room), *_silent(week.silent, room))


def _moved(week: Week) -> Table:
    """The buckets, and by how much each is more or less than the last sheet told. Rule: R-WEEK-5."""
    counts, before = week.counts, week.before
    return Table(
        caption="1. Số lượng nhiệm vụ",
        columns=(Column("Nhóm", 60), Column("Số nhiệm vụ", 20, "right"), Column("So với tuần trước", 20, "right")),
        rows=tuple(
            Row((label, wording.number(counts[bucket.value]), _change(counts[bucket.value], before, bucket)))
            for bucket, label in _BUCKETS
            if bucket != Bucket.NO_DEADLINE or counts[bucket.value]
        ),
        note="" if before is not None else "Tuần trước chưa có bảng số liệu để so sánh.",
    )


def _change(count: int, before: Mapping[str, int] | None, bucket: Bucket) -> str:
    if before is None:
        return wording.NONE
    change = count - before.get(bucket.value, 0)
    return f"{'+' if change > 0 else '-' if change < 0 else ''}{wording.number(abs(change))}"


def _waiting(week: Week, room: Room) -> tuple[Block, ...]:
    things = attention(week.dashboard, week.actor)
    if not things:
        return (Paragraph("Không có việc nào cần lãnh đạo quan tâm thêm."),)
    hidden = week.dashboard.figures.year.overdue - len(week.dashboard.late_shown)
    shown = things[: room.attention]
    more = len(things) - len(shown) + hidden
    if not shown:
        return (Paragraph(f"Có {wording.number(more)} việc cần lãnh đạo quan tâm, xem trên Cổng."),)
    table = things_waiting(
        shown, caption="2. Việc cần quan tâm trước", note=_more(more, "việc khác, xem trên Cổng"), longest=room.letters
    )
    return (table,)


def _silent(silent: Sequence[Silent], room: Room) -> tuple[Block, ...]:
    if not silent:
        return (Paragraph(f"Mọi cơ quan chủ trì đều có báo cáo tiến độ trong {SILENT_DAYS} ngày qua."),)
    shown = silent[: room.silent]
    more = len(silent) - len(shown)
    if not shown:
        return (Paragraph(f"Có {wording.number(more)} cơ quan chưa báo cáo tiến độ trong {SILENT_DAYS} ngày qua."),)
    return (
        Table(
            caption=f"3. Cơ quan chưa báo cáo tiến độ trong {SILENT_DAYS} ngày qua",
            columns=(Column("Cơ quan chủ trì", 52), Column("Nhiệm vụ chưa xong", 16, "right"),
                     Column("Báo cáo gần nhất", 18, "center"), Column("Số ngày", 14, "right")),
            rows=tuple(
                Row((_cut(hyphenated(one.name), room), str(one.unfinished), *_since(one))) for one in shown
            ),
            note=_more(more, "cơ quan khác"),
        ),
    )  # fmt: skip


def _since(one: Silent) -> tuple[str, str]:
    return (wording.day(one.last_on), str(one.days)) if one.last_on else ("Chưa lần nào", wording.NONE)


def _more(count: int, words: str) -> str:
    return f"Và {wording.number(count)} {words}." if count > 0 else ""


def _cut(words: str, room: Room) -> str:
    return words if len(words) <= room.letters else f"{words[: room.letters - 1].rstrip()}…"
