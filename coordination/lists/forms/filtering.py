"""Reading a task list's filters from its address; what makes no sense is left out, never an error page."""

from datetime import date

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from coordination.lists.enums import PAGE_SIZES, USUAL_COLUMNS, ListColumn
from coordination.lists.filters import (
    CHOICE_KEYS,
    DEFAULT_GROUPING,
    DEFAULT_SIZE,
    DEFAULT_SORT,
    GROUPINGS,
    KNOWN_VALUES,
    SORTS,
    TaskFilters,
)
from coordination.tasks.queries import past
from records import text
from records.fields import DayField, LineField
from records.forms import PortalForm

_MOST_VALUES, _LONGEST_VALUE = 60, 60
_SIZES = {str(size): size for size in PAGE_SIZES}
_MONTHS = {str(month): month for month in range(1, 13)} | {f"{month:02}": month for month in range(1, 10)}


class FilterForm(PortalForm):
    """The typed filters: words and days."""

    q = LineField(label=_("Search in the list"), required=False, max_length=200)
    due_from = DayField(label=_("From day"), required=False)
    due_to = DayField(label=_("To day"), required=False)
    day = DayField(label=_("As things stood on"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, auto_id="filter_%s", **kwargs)
        for name in ("due_from", "due_to", "day"):
            self.fields[name].widget.attrs["class"] = "form-control-sm"
        self.fields["q"].widget = forms.TextInput(
            attrs={"type": "search", "placeholder": _("Task name or code"), "maxlength": 200}
        )

    @property
    def days(self) -> list:
        """The two boxes of deadlines side by side, below them the day all is judged on."""
        return [self["due_from"], self["due_to"], self["day"]]

    @property
    def past_day(self) -> date | None:
        """The day all is to be shown as it stood on; one that is not over yet shows what is there now."""
        day = self.cleaned_data.get("day")
        return day if day and past.is_past(day) else None


def filters_of_view(query: str, *, year: int) -> TaskFilters:
    """The filters a saved view keeps, in a working year; what no longer makes sense is left out."""
    return filters_from(QueryDict(query), year=year)[0]


def filters_from(query: QueryDict, *, year: int) -> tuple[TaskFilters, FilterForm]:
    """The filters an address asks for, and the form that says what in it could not be read."""
    form = FilterForm(query)
    form.full_clean()
    typed = form.cleaned_data
    choices = {name: _values(query, key) for key, name in CHOICE_KEYS.items()}
    filters = TaskFilters(
        year=year,
        day=form.past_day,
        **choices,
        due_month=_MONTHS.get(query.get("due_month", "")),
        due_from=typed.get("due_from"),
        due_to=typed.get("due_to"),
        mine=query.get("mine") == "1",
        q=typed.get("q", ""),
        sort=_one_of(query.get("sort", ""), [*SORTS, *(f"-{sort}" for sort in SORTS)], DEFAULT_SORT),
        group=_one_of(query.get("group", ""), GROUPINGS, DEFAULT_GROUPING),
        columns=_columns(query),
        size=_SIZES.get(query.get("size", ""), DEFAULT_SIZE),
    )
    return filters, form


def _values(query: QueryDict, key: str) -> tuple[str, ...]:
    asked = [value for value in query.getlist(key)[:_MOST_VALUES] if value and not text.has_forbidden(value)]
    values = [value[:_LONGEST_VALUE] for value in asked]
    if key == "program":
        values = [value.lower() for value in values]
    known = KNOWN_VALUES.get(key)
    return tuple(dict.fromkeys(value for value in values if known is None or value in known))


def _columns(query: QueryDict) -> tuple[str, ...]:
    """The columns asked for, in the order of the table; the name of the task always, the usual ones where none is."""
    asked = set(query.getlist("column")[:_MOST_VALUES])
    known = tuple(column for column in ListColumn if column in asked or column == ListColumn.TITLE)
    return known if asked & set(ListColumn.values) else USUAL_COLUMNS


def _one_of(value: str, known, otherwise: str) -> str:
    return value if value in known else otherwise
