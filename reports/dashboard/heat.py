"""The table of agencies and months: hundreds of cells, so each is written once and none asks for anything twice."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coordination.figures.shapes import AgencyLabel, MonthCell, MonthRow
from coordination.figures.tally import DUE, Keys
from coordination.tasks.enums import Bucket
from records import wording
from records.markup import filled, joined
from reports.dashboard.numbers import Numbers

_CELL = '<td class="{}"><a class="pf-num" href="{}" data-count="{}">{}<span class="visually-hidden"> {}</span></a></td>'
_BARE = '<td class="{}"><span class="pf-num">{}<span class="visually-hidden"> {}</span></span></td>'
_NOTHING = '<td class="k0"><span aria-hidden="true">{}</span><span class="visually-hidden">0</span></td>'
_OF_DUE = urlencode([("bucket", bucket.value) for bucket in DUE])
_OF_OPEN = urlencode([("bucket", Bucket.IN_TIME.value)])


@dataclass(frozen=True)
class HeatRow:
    """One row: the agency, None for that of all tasks, and its cells written out."""

    agency: AgencyLabel | None
    cells: SafeString


def heat_rows(rows: Sequence[MonthRow], numbers: Numbers) -> list[HeatRow]:
    """The rows written out, in the order given."""
    words = {"on_time": _("on time"), "open": _("not yet due")}
    return [HeatRow(row.agency, _cells(row, numbers, words)) for row in rows]


def out_of(on_time: int, due: int) -> str:
    """What a cell says: 4/6, and 988/1.453 with thousands points."""
    return f"{on_time:,}/{due:,}".replace(",", ".")


def level_of(on_time: int, due: int) -> int:
    """The same as `MonthCell.level`, in whole numbers."""
    if not due:
        return 0
    return 4 if on_time == due else 3 if 100 * on_time >= 80 * due else 2 if 2 * on_time >= due else 1


def _cells(row: MonthRow, numbers: Numbers, words: Mapping[str, str]) -> SafeString:
    query = _query_of(row.months[0].tally.keys)
    cells = [_cell(cell, query and f"{numbers.list_address}{query}", words) for cell in row.months]
    return joined((*cells, _sum(row, numbers, words)))


def _query_of(keys: Keys | None) -> str:
    """The filters of a row without its month, which each cell adds; blank where no list shows the row."""
    return "" if keys is None else f"?{urlencode([pair for pair in keys if pair[0] != 'due_month'])}"


def _cell(cell: MonthCell, address: str, words: Mapping[str, str]) -> SafeString:
    buckets = cell.tally.buckets
    on_time, late, missed = (buckets.get(bucket, 0) for bucket in DUE)
    due = on_time + late + missed
    if due:
        css = f"k{level_of(on_time, due)} not" if missed else f"k{level_of(on_time, due)}"
        spoken = f"{words['on_time']}, {_missed(missed)}" if missed else words["on_time"]
        return _written(css, f"{address}&due_month={cell.month}&{_OF_DUE}", due, out_of(on_time, due), spoken, address)
    open_ones = buckets.get(Bucket.IN_TIME, 0)
    if open_ones:
        place = f"{address}&due_month={cell.month}&{_OF_OPEN}"
        return _written("k0", place, open_ones, str(open_ones), words["open"], address)
    return filled(_NOTHING, "·")


def _written(css: str, place: str, count: int, shown: str, spoken: str, address: str) -> SafeString:
    return filled(_CELL, css, place, count, shown, spoken) if address else filled(_BARE, css, shown, spoken)


def _missed(count: int) -> str:
    return ngettext("%(n)s not completed", "%(n)s not completed", count) % {"n": count}


def _sum(row: MonthRow, numbers: Numbers, words: Mapping[str, str]) -> SafeString:
    due = row.year.due
    if not due:
        return filled('<td class="sum pf-num">{}</td>', wording.NONE)
    shown = out_of(int(row.year.on_time), int(due))
    if address := numbers.address_of(due):
        return filled(
            '<td class="sum pf-num"><a href="{}" data-count="{}">{}<span class="visually-hidden"> {}</span></a></td>',
            address, int(due), shown, words["on_time"],
        )  # fmt: skip
    return filled('<td class="sum pf-num">{}<span class="visually-hidden"> {}</span></td>', shown, words["on_time"])
