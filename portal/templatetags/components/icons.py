"""Single vendored icons, written into the page so that no icon font or sprite is fetched."""

import re
from functools import cache
from pathlib import Path

from django import template
from django.contrib.staticfiles import finders
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

_SVG = '<svg class="pf-i{}" viewBox="0 0 16 16" aria-hidden="true">{}</svg>'
_DRAWING = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)


@register.simple_tag
def icon(name: str, *, css: str = "") -> str:
    """An icon for the eye only: the words beside it carry the meaning."""
    return _drawn(name, css)


@cache
def named_icon(name: str) -> SafeString:
    """An icon drawn so that `same_icon` can point to it further down the page."""
    return format_html(_SVG, "", format_html('<g id="i-{}">{}</g>', name, drawing(name)))


@cache
def same_icon(name: str) -> SafeString:
    """The icon a page has drawn by `named_icon` already: a hundred rows need not carry its paths again."""
    return format_html(_SVG, "", format_html('<use href="#i-{}"/>', name))


@cache
def _drawn(name: str, css: str) -> SafeString:
    return format_html(_SVG, f" {css}" if css else "", drawing(name))


@cache
def drawing(name: str) -> SafeString:
    """The paths of a vendored icon.

    Raises: LookupError when the icon is not under static/vendor/bootstrap-icons.
    """
    path = finders.find(f"vendor/bootstrap-icons/{name}.svg") if re.fullmatch(r"[a-z0-9-]+", name) else None
    if path is None:
        raise LookupError(f"No icon {name!r} under static/vendor/bootstrap-icons")
    # The file is ours, vendored with its checksum; nothing a user typed reaches it.
    return mark_safe(" ".join(_DRAWING.search(Path(path).read_text())[1].split()))
