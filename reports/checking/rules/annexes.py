"""Rules about annexes: each on its own page, named and numbered, with the paper it goes with."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coordination.drafting.numbering import following
from reports.checking.cases import Case, Judgement, Rule, fails, holds, sized, sizes_of
from reports.checking.enums import Part


def annexes_are_numbered(case: Case) -> Judgement | None:
    """Two annexes and more carry Roman numbers in order; a single one carries none."""
    numbers = [annex.number for annex in case.paper.annexes]
    if not numbers:
        return None
    expected, number = [], "I"
    for _annex in numbers:
        expected.append(number)
        number = following(number)
    if len(numbers) == 1:
        return fails(_("A single annex carries no number.")) if numbers[0] else holds(case.paper.annexes[0].label)
    if numbers != expected:
        return fails(_("The annexes are numbered %(found)s.") % {"found": ", ".join(numbers)})
    return holds(", ".join(numbers))


def annexes_begin_a_page(case: Case) -> Judgement | None:
    """An annex begins on a page of its own, under its name in bold and its title."""
    if not case.paper.annexes:
        return None
    for annex in case.paper.annexes:
        title = case.find(annex.title)
        label = next(
            (line for line in case.lines if line.text == annex.label and title and line.page == title[0].page), None
        )
        if label is None:
            return fails(_("“%(text)s” was not found where it must stand.") % {"text": annex.label})
        if not sized([label, *title], case.measure("annex-label")) or not label.is_bold:
            told = {"text": annex.label, "size": sizes_of([label]), "asked": case.measure("annex-label").said}
            return fails(_("“%(text)s” stands in %(size)s; asked for: %(asked)s, bold.") % told)
        if any(line.page == label.page and line.base < label.base - 1 for line in case.lines):
            return fails(_("“%(text)s” does not begin a page.") % {"text": annex.label})
    return holds(_("annexes: %(annexes)s") % {"annexes": len(case.paper.annexes)})


RULES = (
    Rule(
        "annex-numbers",
        Part.ANNEX,
        gettext_lazy("Numbers of annexes"),
        lambda profile: profile.measures["annex-label"].clause,
        annexes_are_numbered,
    ),
    Rule(
        "annex-pages",
        Part.ANNEX,
        gettext_lazy("Annexes on pages of their own"),
        lambda profile: profile.measures["annex-label"].clause,
        annexes_begin_a_page,
    ),
)
