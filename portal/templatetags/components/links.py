"""Links that keep what the reader has chosen so far: pages of a list, filters, the working year."""

from urllib.parse import urlencode

from django import template
from django.core.paginator import Page

register = template.Library()


@register.simple_tag(takes_context=True)
def query_with(context, **changes) -> str:
    """The present query string with some keys set, or taken away when the value is empty: "?year=2022&page=2"."""
    asked = {**dict(context["request"].GET.lists()), **{key: [value] for key, value in changes.items()}}
    kept = {key: values for key, values in asked.items() if key not in changes or changes[key] not in (None, "")}
    return f"?{urlencode(kept, doseq=True)}"


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
