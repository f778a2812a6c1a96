"""Filters that write days, moments and numbers as officials write them."""

from django import template
from django.utils.html import format_html

from records import wording

register = template.Library()

for _name in ("day", "moment", "decree_date", "number", "percent", "zero_padded"):
    register.filter(_name, getattr(wording, _name))


@register.filter
def nobreak(value) -> str:
    """Keep a code or a name with a dash on one line: an en dash may break even before a space that cannot."""
    return format_html('<span class="pf-nowrap">{}</span>', value)
