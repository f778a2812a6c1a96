"""SVG elements written out safely: every name, value and text is escaped, and the same input gives the same bytes."""

from functools import cache

from django.utils.safestring import SafeString

from records.markup import filled, joined

from .palette import TEXT, ChartFont


def element(name: str, *children, **attributes) -> SafeString:
    """One element. `class_` stands for class, `text_anchor` for text-anchor; an attribute of None is left out."""
    told = {key: _value(value) for key, value in attributes.items() if value is not None}
    return filled(_markup(name, tuple(told)), *told.values(), joined(children))


@cache
def _markup(name: str, attributes: tuple[str, ...]) -> str:
    """An element with places for the values of its attributes and for its children."""
    written = (f' {key.rstrip("_").replace("_", "-")}="{{}}"' for key in attributes)
    return f"<{name}{''.join(written)}>{{}}</{name}>"


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
    """A label broken at spaces into lines that fit a width; never cut, however many lines it takes.

    Rule: R-CHART-3. A word wider than the width is broken into pieces that fit.
    """
    lines: list[str] = []
    for word in label.split():
        joined_on = f"{lines[-1]} {word}" if lines else word
        if lines and font.width_of(joined_on) <= width:
            lines[-1] = joined_on
        else:
            lines += _pieces(word, width, font)
    return lines or [""]


def figure(count: int) -> str:
    """A count as charts write it, with points between thousands."""
    return f"{count:,d}".replace(",", ".")


def _pieces(word: str, width: float, font: ChartFont) -> list[str]:
    pieces = [""]
    for letter in word:
        if pieces[-1] and font.width_of(pieces[-1] + letter) > width:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def _value(value) -> str:
    """Numbers with at most one decimal, so rounding noise never changes the bytes."""
    if isinstance(value, float):
        return f"{value:.1f}".removesuffix(".0")
    return str(value)
