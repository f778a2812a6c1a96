"""SVG elements written out safely: every name, value and text is escaped, and the same input gives the same bytes."""

from textwrap import wrap

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from .palette import TEXT, ChartFont


def element(name: str, *children, **attributes) -> SafeString:
    """One element. `class_` stands for class, `text_anchor` for text-anchor; an attribute of None is left out."""
    written = format_html_join(
        "",
        ' {}="{}"',
        ((key.rstrip("_").replace("_", "-"), _value(value)) for key, value in attributes.items() if value is not None),
    )
    return format_html("<{0}{1}>{2}</{0}>", name, written, joined(children))


def joined(parts) -> SafeString:
    return format_html_join("", "{}", ((part,) for part in parts))


def chart(
    parts,
    *,
    title: str,
    description: str,
    width: float,
    height: float,
    font: ChartFont,
    prefix: str,
):
    """A whole chart with its name and a description that states every value.

    Rule: `prefix` makes the two ids unique, so several charts may stand on one page.
    """
    return element(
        "svg",
        element("title", title, id=f"{prefix}-t"),
        element("desc", description, id=f"{prefix}-d"),
        *parts,
        class_="pf-chart",
        viewBox=f"0 0 {_value(width)} {_value(height)}",
        width=width,
        height=height,
        role="img",
        aria_labelledby=f"{prefix}-t {prefix}-d",
        font_family=font.family,
        font_size=font.size,
        fill=TEXT,
    )


def text(content, x: float, y: float, **attributes) -> SafeString:
    return element("text", content, x=x, y=y, **attributes)


def lines_within(label: str, width: float, font: ChartFont) -> list[str]:
    """A label broken at spaces into lines that fit a width; never cut, however many lines it takes."""
    letters = max(8, int(width / (font.size * font.em)))
    return wrap(label, letters, break_long_words=False, break_on_hyphens=False) or [""]


def _value(value) -> str:
    """Numbers with at most one decimal, so rounding noise never changes the bytes."""
    if isinstance(value, float):
        return f"{value:.1f}".removesuffix(".0")
    return str(value)
