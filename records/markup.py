"""Markup put together from pieces, for what a page has by the hundred."""

from functools import lru_cache
from html import escape

from django.utils.safestring import SafeString, mark_safe

# Names, classes and colours of a page come again and again.
_escaped = lru_cache(maxsize=4096)(escape)


def filled(markup: str, *values: object, **named: object) -> SafeString:
    """Markup with values in its places, each escaped unless it is markup already; as `format_html` does it.

    Why another: that one asks of every value whether it is still to be translated, which takes longer than the row.
    """
    # The markup is written in code; every value goes through `_said`.
    return mark_safe(markup.format(*map(_said, values), **{name: _said(value) for name, value in named.items()}))


def joined(pieces) -> SafeString:
    """Pieces of markup one after the other; what is no markup is escaped."""
    return mark_safe("".join(map(_said, pieces)))


def _said(value: object) -> str:
    if type(value) is str:
        return _escaped(value)
    return value.__html__() if hasattr(value, "__html__") else _escaped(str(value))
