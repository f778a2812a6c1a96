"""Rules about the pages: paper, margins, page numbers, nothing drawn outside."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.checking.cases import SLACK_MM, Case, Judgement, Rule, fails, holds, mm, number, sized, sizes_of
from reports.checking.enums import Part
from reports.checking.sheets import POINTS_OF_MM

_A4 = (210, 297)
_ABOVE_FIRST_LINE_MM = 6


def paper_is_a4(case: Case) -> Judgement:
    """Every page is A4, upright or on its side."""
    for page, size in enumerate(case.sheet.sizes, start=1):
        short, long = sorted(mm(side) for side in size)
        if abs(short - _A4[0]) > SLACK_MM or abs(long - _A4[1]) > SLACK_MM:
            told = {"page": page, "size": f"{number(short, 0)} x {number(long, 0)} mm"}
            return fails(_("Page %(page)s measures %(size)s.") % told)
    return holds(_("pages of A4: %(pages)s") % {"pages": len(case.sheet.sizes)})


def text_keeps_the_margins(case: Case) -> Judgement | None:
    """On upright pages no letter stands nearer to an edge than the margin allows, and the text fills its width."""
    if not case.upright:
        return None
    found = _margins(case)
    # Behind the longest line and below the last one there may be room; above the first stands that of its line.
    most = {"left": SLACK_MM, "top": _ABOVE_FIRST_LINE_MM}
    wrong = []
    for side, measured in found.items():
        asked = case.measure(f"margin-{side}")
        low, high = asked.allowed or (asked.value, asked.value)
        too_wide = side in most and measured > high + most[side]
        if measured < low - SLACK_MM or too_wide:
            wrong.append(_SIDES[side] % {"mm": number(measured), "asked": asked.said})
    if wrong:
        return fails(" ".join(str(told) for told in wrong))
    return holds(_("left %(left)s, right %(right)s, top %(top)s, bottom %(bottom)s mm to the letters") % {
        side: number(measured) for side, measured in found.items()
    })  # fmt: skip


_SIDES = {
    "left": gettext_lazy("Left margin %(mm)s mm; asked for: %(asked)s."),
    "right": gettext_lazy("Right margin %(mm)s mm; asked for: %(asked)s."),
    "top": gettext_lazy("Top margin %(mm)s mm; asked for: %(asked)s."),
    "bottom": gettext_lazy("Bottom margin %(mm)s mm; asked for: %(asked)s."),
}


def _margins(case: Case) -> dict[str, float]:
    width, height = next(size for page, size in enumerate(case.sheet.sizes, 1) if not case.is_landscape(page))
    return {
        "left": mm(min(line.left for line in case.upright)),
        "right": mm(width - max(line.right for line in case.upright)),
        "top": mm(min(line.base - 0.7 * line.size for line in case.upright)),
        "bottom": mm(height - max(line.base for line in case.upright)),
    }


def pages_are_numbered(case: Case) -> Judgement:
    """Arabic numbers in the middle of the top margin, from page 2 on."""
    numbers, pages = case.page_numbers, len(case.sheet.sizes)
    if 1 in numbers:
        return fails(_("Page 1 carries a number; it must not."))
    lacking = [str(page) for page in range(2, pages + 1) if page not in numbers or numbers[page].text != str(page)]
    if lacking:
        return fails(_("Pages without their number: %(pages)s.") % {"pages": ", ".join(lacking)})
    if not sized(numbers.values(), case.measure("page-number")):
        told = {"size": sizes_of(numbers.values()), "asked": case.measure("page-number").said}
        return fails(_("Set in %(size)s; asked for: %(asked)s.") % told)
    return holds(_("from page 2 on, %(size)s") % {"size": sizes_of(numbers.values())} if numbers else _("one page"))


def nothing_is_drawn_outside(case: Case) -> Judgement:
    """No line or frame of a table reaches into the side margins."""
    reach = SLACK_MM * POINTS_OF_MM
    left = case.measure("margin-left").value * POINTS_OF_MM - reach
    right = case.measure("margin-right").value * POINTS_OF_MM - reach
    outside = {
        rule.page
        for rule in case.sheet.rules
        if not case.is_landscape(rule.page)
        and (rule.left < left or rule.right > case.sheet.sizes[rule.page - 1][0] - right)
    }
    if outside:
        return fails(
            _("Lines reach into the margin on pages %(pages)s.") % {"pages": ", ".join(map(str, sorted(outside)))}
        )
    return holds()


RULES = (
    Rule("paper", Part.PAGE, gettext_lazy("Paper A4"), lambda profile: profile.source, paper_is_a4),
    Rule(
        "margins",
        Part.PAGE,
        gettext_lazy("Margins"),
        lambda profile: profile.measures["margin-left"].clause,
        text_keeps_the_margins,
    ),
    Rule(
        "page-numbers",
        Part.PAGE,
        gettext_lazy("Page numbers"),
        lambda profile: profile.measures["page-number"].clause,
        pages_are_numbered,
    ),
    Rule(
        "nothing-outside",
        Part.PAGE,
        gettext_lazy("Nothing drawn in the margins"),
        lambda profile: profile.measures["margin-left"].clause,
        nothing_is_drawn_outside,
    ),
)
