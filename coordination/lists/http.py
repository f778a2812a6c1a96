"""What the pages of lists share: the filters of an address, the way back to the list it came from."""

from django.http import HttpRequest, QueryDict
from django.urls import reverse

from coordination.lists.filters import TaskFilters
from coordination.lists.forms import FilterForm, filters_from
from coordination.lists.queries.counting import FACETS
from coordination.programs.http import year_of
from coordination.programs.queries import working_year, years_of
from records.finding import typed_words

BACK = "back"
_LONGEST_ADDRESS, _LONGEST_WORDS = 6000, 100


def filters_asked(request: HttpRequest) -> tuple[TaskFilters, FilterForm]:
    """The filters in the address of a list."""
    return filters_from(request.GET, year=year_of(request))


def options_sought(request: HttpRequest) -> dict[str, str]:
    """By which words options of a filter group are looked for; what else is typed for nothing is left out."""
    asked = {key: request.GET.get(f"find_{key}", "").strip()[:_LONGEST_WORDS] for key in FACETS}
    return {key: words for key, words in asked.items() if typed_words(words)}


def list_to_go_back_to(request: HttpRequest) -> TaskFilters:
    """The list a page was opened from; only its filters are believed, never an address as it was sent."""
    told = request.POST.get(BACK) or request.GET.get(BACK) or ""
    query = QueryDict(told[:_LONGEST_ADDRESS].removeprefix("?"))
    return filters_from(query, year=working_year(query.get("year"), years_of(request.actor)))[0]


def address_of(filters: TaskFilters) -> str:
    """The page of a list."""
    return reverse("coordination:task-list") + filters.query
