"""The dashboard as a workbook whose totals live: a changed task changes every count, total and rate that holds it.

Rule: R-CHART-5. Each formula is written with the value the portal counted, so that programs that do not reckon show it
too. Text is never a formula (R-EXPORT-1), and no formula holds text somebody typed: it points at the cell.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from django.utils import translation
from xlsxwriter import Workbook
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from agencies.models import Membership
from coordination.figures.shapes import Figures
from coordination.figures.tally import DATED, DUE, Tally
from coordination.tasks.enums import Bucket
from records import wording
from records.spreadsheets import cell
from reports.dashboard.page import heading
from reports.dashboard.paper.book_looks import Looks, looks_of
from reports.dashboard.paper.book_notes import write_definitions
from reports.dashboard.paper.counted import MOST_TASKS, Counted, CountedTask, counted_of
from reports.dashboard.paper.sheet import lines_under, sentences
from reports.dashboard.queries import Dashboard

SUMMARY, AGENCIES, AREAS, MONTHS, PROGRAMS, TASKS, NOTES = (
    "Tổng hợp", "Theo cơ quan", "Theo lĩnh vực", "Theo tháng", "Theo chương trình", "Nhiệm vụ", "Cách tính",
)  # fmt: skip
BUCKETS = {
    Bucket.DONE_ON_TIME: "Đúng hạn",
    Bucket.DONE_LATE: "Chậm",
    Bucket.OVERDUE: "Quá hạn, chưa xong",
    Bucket.IN_TIME: "Trong hạn",
    Bucket.NO_DEADLINE: "Không thời hạn",
}
_OPTIONS = {"in_memory": True, "constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
            "strings_to_numbers": False}  # fmt: skip
_TASK_COLUMNS = (("Mã", 16), ("Nhiệm vụ", 60), ("Chương trình", 14), ("Lĩnh vực", 26), ("Cơ quan chủ trì", 28),
                 ("Hạn", 12), ("Tháng đến hạn", 9), ("Ngày hoàn thành", 12), ("Nhóm", 20))  # fmt: skip
_LETTER = {PROGRAMS: "C", AREAS: "D", AGENCIES: "E", MONTHS: "G"}
_BUCKET_LETTER = "I"
_COUNT_HEADINGS = (*BUCKETS.values(), "Tổng có thời hạn", "Đến hạn", "Tỷ lệ đúng hạn", "Tỷ lệ hoàn thành")
_FIRST_ROW = 1


@dataclass(frozen=True)
class _Line:
    """One row of a sheet of counts: what it is called there and what the portal counted."""

    label: str | int
    tally: Tally


def book_of(dashboard: Dashboard, actor: Membership, *, remarks: tuple[str, ...] = ()) -> bytes:
    """The bytes of the workbook. The same figures give the same bytes.

    `remarks` say what was left out of the address.
    """
    with translation.override("vi"):
        counted = counted_of(dashboard, actor)
        out = BytesIO()
        with Workbook(out, _OPTIONS) as book:
            day = dashboard.as_of
            made_at = datetime(day.year, day.month, day.day)  # noqa: DTZ001  a day
            book.set_properties({"created": made_at, "author": cell(actor.agency.current_name)})
            names = (SUMMARY, AGENCIES, AREAS, MONTHS, PROGRAMS, TASKS, NOTES)
            sheets = {name: book.add_worksheet(name) for name in names}
            _Book(dashboard, actor, counted, sheets, looks_of(book), remarks).write()
        return out.getvalue()


class _Book:
    """Writes the sheets one after another."""

    def __init__(
        self, dashboard: Dashboard, actor: Membership, counted: Counted, sheets, looks: Looks, remarks: tuple[str, ...]
    ):
        self.remarks = remarks
        self.dashboard, self.actor, self.looks, self.sheets = dashboard, actor, looks, sheets
        self.counted, self.tasks = counted, counted.tasks
        self.last = len(self.tasks) + _FIRST_ROW
        # Where the tasks are not listed the counts are plain numbers; the totals still live.
        self.is_live = bool(self.tasks)

    def write(self) -> None:
        figures = self.dashboard.figures
        self._summary(figures)
        for name, first, lines in (
            (AGENCIES, "Cơ quan chủ trì", self._agencies(figures)),
            (AREAS, "Lĩnh vực", [_Line(self.counted.areas[area.pk], area.tally) for area in figures.areas]),
            (MONTHS, "Tháng đến hạn", [_Line(one.month, one.tally) for one in figures.months.months]),
            (PROGRAMS, "Chương trình", [_Line(program.code, program.tally) for program in figures.programs]),
        ):
            self._counts(name, first, lines)
        self._tasks()
        write_definitions(self.sheets[NOTES], self.looks)

    def _agencies(self, figures: Figures) -> list[_Line]:
        """Those the page shows, then whoever else leads a task of the scope: the rows make the whole."""
        shown = {row.agency.pk: row.led for row in figures.agencies}
        return [
            _Line(label, shown[key] if key in shown else _led_by(label, self.tasks))
            for key, label in self.counted.agencies.items()
        ]

    def _summary(self, figures: Figures) -> None:
        sheet, looks = self.sheets[SUMMARY], self.looks
        sheet.set_column(0, 0, 46)
        sheet.set_column(1, 2, 18)
        sheet.freeze_panes(1, 0)
        sheet.write_string(0, 0, "Nhóm", looks.head)
        sheet.write_string(0, 1, "Số nhiệm vụ", looks.head)
        sheet.write_string(0, 2, "Tỷ lệ", looks.head)
        year = figures.year
        for row, (bucket, label) in enumerate(BUCKETS.items(), start=_FIRST_ROW):
            count = year.number(bucket)
            sheet.write_string(row, 0, label, looks.text)
            self._count(sheet, row, 1, f"COUNTIF({self._column(_BUCKET_LETTER)},A{row + 1})", count)
            if bucket in DUE:
                _rate(sheet, row, 2, f"B{row + 1}", "B8", (count, year.due), looks.rate)
            elif bucket in DATED:
                _rate(sheet, row, 2, f"B{row + 1}", "B7", (count, year.total), looks.rate)
        self._total(sheet, 6, "Tổng có thời hạn", "SUM(B2:B5)", year.total)
        self._total(sheet, 7, "Đến hạn (đúng hạn, chậm, quá hạn)", "SUM(B2:B4)", year.due)
        self._total(sheet, 8, "Đã hoàn thành (đúng hạn và chậm)", "SUM(B2:B3)", year.done)
        _rate(sheet, 8, 2, "B9", "B7", (year.done, year.total), looks.strong_rate)
        self._notes(sheet)

    def _notes(self, sheet: Worksheet) -> None:
        told = [str(heading(self.dashboard, self.actor)), *lines_under(self.dashboard, self.actor), *self.remarks]
        if not self.dashboard.is_empty:
            told.insert(1, sentences(self.dashboard, self.actor))
        told.append(f"Từng số liệu được tính thế nào: xem trang “{NOTES}”.")
        told.append(
            f"Số đếm là công thức: sửa cột Nhóm ở trang “{TASKS}” thì mọi bảng tính lại."
            if self.is_live
            else f"Trang “{TASKS}” để trống vì không có nhiệm vụ nào hoặc có quá {wording.number(MOST_TASKS)}; số đếm "
            "ghi sẵn, các tổng vẫn là công thức."
        )
        if self.actor.agency.unit.is_illustrative:
            told.append("Số liệu minh họa.")
        for row, words in enumerate(told, start=10):
            sheet.write_string(row, 0, cell(words))

    def _counts(self, name: str, first: str, lines: Sequence[_Line]) -> None:
        """One sheet: a row a group, counts in formulas over the tasks, sums and rates in formulas over the counts."""
        sheet, looks = self.sheets[name], self.looks
        sheet.set_column(0, 0, 40 if name in (AGENCIES, AREAS) else 18)
        sheet.set_column(1, len(_COUNT_HEADINGS), 13)
        sheet.freeze_panes(1, 1)
        sheet.set_landscape()
        sheet.repeat_rows(0)
        for place, words in enumerate((first, *_COUNT_HEADINGS)):
            sheet.write_string(0, place, words, looks.head)
        for row, line in enumerate(lines, start=_FIRST_ROW):
            self._line(sheet, row, name, line)
        self._sums(sheet, len(lines) + _FIRST_ROW, lines)

    def _line(self, sheet: Worksheet, row: int, name: str, line: _Line) -> None:
        if isinstance(line.label, int):
            sheet.write_number(row, 0, line.label, self.looks.text)
        else:
            sheet.write_string(row, 0, cell(line.label), self.looks.text)
        for place, bucket in enumerate(BUCKETS, start=1):
            heading = xl_rowcol_to_cell(0, place, row_abs=True)
            formula = (
                f"SUMPRODUCT(({self._column(_LETTER[name])}=$A{row + 1})*({self._column(_BUCKET_LETTER)}={heading}))"
            )
            self._count(sheet, row, place, formula, line.tally.number(bucket))
        self._derived(sheet, row, line.tally, self.looks.count, self.looks.rate)

    def _sums(self, sheet: Worksheet, row: int, lines: Sequence[_Line]) -> None:
        looks, whole = self.looks, tally_of([line.tally for line in lines])
        sheet.write_string(row, 0, "Cộng", looks.strong)
        for place, bucket in enumerate(BUCKETS, start=1):
            column = chr(ord("A") + place)
            if lines:
                counted = int(whole.number(bucket))
                sheet.write_formula(row, place, f"=SUM({column}2:{column}{row})", looks.strong_count, counted)
            else:
                sheet.write_number(row, place, 0, looks.strong_count)
        self._derived(sheet, row, whole, looks.strong_count, looks.strong_rate)

    def _derived(self, sheet: Worksheet, row: int, counted: Tally, count, rate) -> None:
        number = row + 1
        sheet.write_formula(row, 6, f"=SUM(B{number}:E{number})", count, int(counted.total))
        sheet.write_formula(row, 7, f"=SUM(B{number}:D{number})", count, int(counted.due))
        _rate(sheet, row, 8, f"B{number}", f"H{number}", (counted.on_time, counted.due), rate)
        _rate(sheet, row, 9, f"(B{number}+C{number})", f"G{number}", (counted.done, counted.total), rate)

    def _count(self, sheet: Worksheet, row: int, place: int, formula: str, count: int) -> None:
        if self.is_live:
            sheet.write_formula(row, place, f"={formula}", self.looks.count, int(count))
        else:
            sheet.write_number(row, place, int(count), self.looks.count)

    def _total(self, sheet: Worksheet, row: int, label: str, formula: str, value: int) -> None:
        sheet.write_string(row, 0, label, self.looks.strong)
        sheet.write_formula(row, 1, f"={formula}", self.looks.strong_count, int(value))

    def _column(self, letter: str) -> str:
        """A column of the sheet of tasks, from its first task to its last."""
        return f"'{TASKS}'!${letter}$2:${letter}${self.last}"

    def _tasks(self) -> None:
        sheet, looks = self.sheets[TASKS], self.looks
        sheet.freeze_panes(1, 2)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        for place, (words, width) in enumerate(_TASK_COLUMNS):
            sheet.set_column(place, place, width)
            sheet.write_string(0, place, words, looks.head)
        if not self.is_live:
            return
        sheet.autofilter(0, 0, self.last - 1, len(_TASK_COLUMNS) - 1)
        # Only the groups the sheets count may be chosen.
        sheet.data_validation(1, 8, self.last - 1, 8, {"validate": "list", "source": list(BUCKETS.values())})
        for row, task in enumerate(self.tasks, start=_FIRST_ROW):
            self._task(sheet, row, task)

    def _task(self, sheet: Worksheet, row: int, task: CountedTask) -> None:
        looks = self.looks
        for place, words in enumerate((task.code, task.title, task.program, task.area, task.lead)):
            sheet.write_string(row, place, cell(words), looks.text)
        if task.deadline:
            sheet.write_datetime(row, 5, task.deadline, looks.day)
        if task.due_month:
            sheet.write_number(row, 6, task.due_month, looks.text)
        if task.completed_on:
            sheet.write_datetime(row, 7, task.completed_on, looks.day)
        sheet.write_string(row, 8, BUCKETS[task.bucket], looks.text)


def tally_of(parts: Sequence[Tally]) -> Tally:
    """The buckets of several counts added up."""
    buckets = {bucket: sum(int(part.number(bucket)) for part in parts) for bucket in Bucket}
    return Tally(buckets=buckets, keys=None)


def _rate(sheet: Worksheet, row: int, place: int, part: str, whole: str, counted: tuple[int, int], look) -> None:
    """A part of the whole; a dash where the whole is nothing, so that nothing is ever divided by it."""
    share = int(counted[0]) / int(counted[1]) if counted[1] else wording.NONE
    sheet.write_formula(row, place, f'=IF({whole}=0,"{wording.NONE}",{part}/{whole})', look, share)


def _led_by(label: str, tasks: Sequence[CountedTask]) -> Tally:
    return Tally(buckets=Counter(task.bucket for task in tasks if task.lead == label), keys=None)
