"""The rows of the task list and the boxes of its filters.

Why no template: a page has a hundred of them, and here the markup of one is put together once for all. What is the same
in every row is said by the table (`.pf-tasks` in tasks.css), not by a class in each cell.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import cache, partial

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coordination.lists.enums import ListColumn
from coordination.lists.queries.facets import Facet
from coordination.lists.queries.rows import ListRow
from coordination.tasks.enums import Standing
from portal.templatetags.components.icons import named_icon, same_icon
from portal.templatetags.components.states import due, progress, status_with
from records.markup import filled, joined
from records.wording import day

register = template.Library()

_HERE = "0"
_BOX = (
    '<label class="form-check"><input class="form-check-input" type="checkbox" name="{key}" value="{value}">'
    "<span>{label}</span><b>{count}</b></label>"
)
_CHOSEN = _BOX.replace('"><span', '" checked><span', 1)
_GROUP = (
    '\n<tr class="pf-table__group"><th colspan="{}" scope="rowgroup">{} '
    '<span class="pf-meta pf-num">{}</span></th></tr>'
)
_TICK = (
    '\n<td class="pf-c-sel"><span><input class="form-check-input" type="checkbox" name="task" '
    'value="{}" aria-label="{} {}"></span></td>'
)
_TITLE = '<a href="{}">{}</a><span>{}</span>'
_NAME, _OTHERS = "<span>{}</span>", "<small> {}</small>"
_CELLS = {
    ListColumn.CODE: '<td class="pf-c-code"><span>{}</span></td>',
    ListColumn.TITLE: '<td class="pf-c-title">{}</td>',
    ListColumn.PROGRAM: '<td class="pf-c-more"><span class="pf-nowrap">{}</span></td>',
    ListColumn.LEAD: '<td class="pf-c-lead">{}</td>',
    ListColumn.COORDINATORS: '<td class="pf-c-more">{}</td>',
    ListColumn.DELIVERABLE: '<td class="pf-c-more">{}</td>',
    ListColumn.TARGET: '<td class="pf-c-more">{}</td>',
    ListColumn.START: '<td class="pf-c-more pf-num">{}</td>',
    ListColumn.DUE: '<td class="pf-c-due">{}</td>',
    ListColumn.PROGRESS: '<td class="pf-c-prog">{}</td>',
    ListColumn.REPORTED: '<td class="pf-c-more pf-num">{}</td>',
    ListColumn.STATUS: '<td class="pf-c-st">{}</td>',
}
Cell = Callable[[ListRow], object]


@register.simple_tag
def filter_boxes(facet: Facet) -> SafeString:
    """The boxes of one filter group, each with the tasks it would let through."""
    boxes = (
        filled(
            _CHOSEN if option.is_chosen else _BOX,
            key=facet.key, value=option.value, label=option.label, count=option.count,
        )
        for option in facet.options
    )  # fmt: skip
    return joined(boxes)


@register.simple_tag
def task_rows(rows: Sequence[ListRow], *, shown: Iterable[str], today: date, ticks: bool) -> SafeString:
    """The rows of the list in the columns shown, each group headed; `ticks` puts a box before every row."""
    columns = [column for column in ListColumn if column in shown]
    words = _words(today)
    cells = [words[column] for column in columns]
    markup = "".join(f"\n{_CELLS[column]}" for column in columns)
    tick = partial(_tick, words=_("Tick task")) if ticks else lambda row: ""
    return joined(_drawn(rows, f"\n<tr>{{}}{markup}\n</tr>", [tick, *cells], len(columns) + bool(ticks)))


def _drawn(rows: Iterable[ListRow], markup: str, cells: Sequence[Cell], width: int) -> Iterator[SafeString]:
    for row in rows:
        if row.group:
            yield filled(_GROUP, width, row.group, row.group_count)
        yield filled(markup, *(cell(row) for cell in cells))


def _words(today: date) -> dict[ListColumn, Cell]:
    """What each column says of a row; what many rows share is drawn once."""
    address = reverse("coordination:task-detail", args=[_HERE])
    before, after = address.rsplit(_HERE, 1)
    status, when = _statuses(), cache(partial(due, today=today))
    return {
        ListColumn.CODE: lambda row: row.short_code,
        ListColumn.TITLE: lambda row: filled(_TITLE, f"{before}{row.slug}{after}", row.title, row.area),
        ListColumn.PROGRAM: lambda row: row.program,
        ListColumn.LEAD: _leads,
        ListColumn.COORDINATORS: lambda row: ", ".join(row.others),
        ListColumn.DELIVERABLE: lambda row: row.deliverable,
        ListColumn.TARGET: lambda row: row.target,
        ListColumn.START: lambda row: day(row.start_on) if row.start_on else "",
        ListColumn.DUE: lambda row: when(row.deadline, done=row.is_done) if row.deadline else _undated(row),
        ListColumn.PROGRESS: lambda row: progress(value=row.percent, maximum=100, tone=row.tone, note=row.quantity),
        ListColumn.REPORTED: lambda row: day(row.reported_at) if row.reported_at else "",
        ListColumn.STATUS: lambda row: status(row.standing),
    }


def _statuses() -> Callable[[Standing], SafeString]:
    """Draws the status of each row of a page, an icon whole where it comes first."""
    begun: set[str] = set()
    again = cache(lambda standing: status_with(same_icon(standing.icon), standing))

    def status(standing: Standing) -> SafeString:
        if standing.icon in begun:
            return again(standing)
        begun.add(standing.icon)
        return status_with(named_icon(standing.icon), standing)

    return status


def _tick(row: ListRow, *, words: str) -> SafeString:
    return filled(_TICK, row.slug, words, row.short_code)


def _leads(row: ListRow) -> SafeString:
    """Who leads, and how many work along."""
    names = filled(", ".join([_NAME] * len(row.leads)), *row.leads)
    return names + (filled(_OTHERS, _along(len(row.others))) if row.others else "")


def _along(count: int) -> str:
    """How many agencies work beside the lead, such as +5 coordinating agencies."""
    return ngettext("+%(count)s coordinating agency", "+%(count)s coordinating agencies", count) % {"count": count}


def _undated(row: ListRow) -> SafeString:
    return filled('<span class="pf-meta">{}</span>', row.schedule)
