"""Links that keep what the reader has chosen so far: pages of a list, filters, the working year."""

from django import template
from django.core.paginator import Page

register = template.Library()


@register.simple_tag(takes_context=True)
def query_with(context, **changes) -> str:
    """The present query string with some keys set, or taken away when the value is empty: "?year=2022&page=2"."""
    query = context["request"].GET.copy()
    for key, value in changes.items():
        if value in (None, ""):
            query.pop(key, None)
        else:
            query[key] = value
    return f"?{query.urlencode()}"


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context, page_obj: Page, *, noun: str = "") -> dict:
    """Which rows of how many are shown, and links to the other pages; nothing more when all fit on one page."""
    return {
        "request": context["request"],
        "page": page_obj,
        "numbers": list(page_obj.paginator.get_elided_page_range(page_obj.number, on_each_side=1, on_ends=1)),
        "gap": page_obj.paginator.ELLIPSIS,
        "noun": noun,
    }
