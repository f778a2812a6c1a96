"""Filters that write days, moments, numbers and names as officials write them."""

from django import template
from django.utils.html import format_html
from django.utils.translation import gettext as _

from records import wording

register = template.Library()

for _name in ("day", "moment", "decree_date", "number", "percent", "zero_padded"):
    register.filter(_name, getattr(wording, _name))


@register.filter
def nobreak(value) -> str:
    """Keep a code or a name with a dash on one line: an en dash may break even before a space that cannot."""
    return format_html('<span class="pf-nowrap">{}</span>', value)


@register.filter
def as_now_called(successor: str) -> str:
    """What a body is called today, behind its old name: " (nay là …)"; nothing where the name is the same."""
    if not successor:
        return ""
    return format_html(' <span class="pf-meta">({})</span>', _("now %(successor)s") % {"successor": successor})
