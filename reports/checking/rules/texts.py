"""Rules about the text: typeface, colour, bases, size, indent, spacing, order of numbers, citing, the end."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coordination.drafting.numbering import Series, following, series_of
from reports.checking.cases import SLACK_PT, Case, Judgement, Rule, doubt, fails, holds, mm, number, sized
from reports.checking.enums import Part
from reports.checking.sheets import POINTS_OF_MM, Line
from reports.documents.papers import PaperSection

_TYPEFACE = re.compile(r"tinos|liberation\s*-?serif|times", re.IGNORECASE)
# Labels inside charts and stamps are smaller, and may be coloured.
_OWN_TEXT_PT = 11.5
_SINGLE_LINE_EM = 1.149
_INDENT_SLACK_MM, _LINE_SLACK_PT, _GAP_SLACK_PT = 0.6, 0.8, 0.3
_MOSTLY = 0.8
_CITED = re.compile(r"số (?P<number>\d+(?:/\d{4})?[/-](?=[^\W\d_])[\w&.-]+(?:[/-][\w&.-]+)*)", re.UNICODE)
# What a series begins with under each heading; articles run on through a whole text.
_BEGINS = {Series.ROMAN: "I", Series.ARABIC: "1", Series.LETTER: "a", Series.CAPITAL: "A"}
_DATED = re.compile(r",? *(?:ngày|ký ngày)\b", re.IGNORECASE)


def typeface_is_times(case: Case) -> Judgement:
    """One typeface, cut like Times New Roman, and carried in the file."""
    foreign = sorted(font for font in case.sheet.fonts if not _TYPEFACE.search(font))
    if foreign:
        return fails(_("Other typefaces are used: %(fonts)s.") % {"fonts": ", ".join(foreign)})
    if case.sheet.not_embedded:
        return fails(_("Not carried in the file: %(fonts)s.") % {"fonts": ", ".join(sorted(case.sheet.not_embedded))})
    return holds(", ".join(sorted(case.sheet.fonts)))


def text_is_black(case: Case) -> Judgement:
    """The text is black."""
    coloured = [line for line in case.lines if line.size >= _OWN_TEXT_PT and not line.is_black]
    if coloured:
        told = {"page": coloured[0].page, "text": coloured[0].text[:60]}
        return fails(_("Not black, page %(page)s: “%(text)s”.") % told)
    return holds()


def letters_are_composed(case: Case) -> Judgement:
    """Vietnamese letters are single Unicode characters, none is lost.

    Why composed and no more: ơ̆ or ê̆ of the Êđê has no character of its own and keeps its mark beside it.
    """
    text = case.sheet.text
    if "\ufffd" in text:
        return fails(_("Some letters cannot be read back from the file."))
    if text != unicodedata.normalize("NFC", text):
        return fails(_("Some letters are put together from several characters."))
    return holds()


def bases_are_listed(case: Case) -> Judgement | None:
    """Each legal basis on its line, in italics or after a hyphen as the rules say, ended by ";", the last by "."."""
    if not case.paper.bases:
        return None
    is_italic = case.profile.conventions.bases_are_italic
    for basis in case.paper.bases:
        found = case.find(basis)
        if not found or not sized(found, case.measure("body")):
            return fails(_("Not set as asked: “%(text)s”.") % {"text": basis})
        if any(line.is_italic != is_italic for line in found):
            told = _("in italics") if is_italic else _("in upright letters")
            return fails(_("“%(text)s” must stand %(face)s.") % {"text": basis, "face": told})
    return holds(_("bases: %(bases)s") % {"bases": len(case.paper.bases)})


def text_has_its_size(case: Case) -> Judgement | None:
    """Most of the running text has the size asked for."""
    letters = Counter()
    for line in case.upright:
        if line.width > 100 * POINTS_OF_MM and not line.is_bold:
            letters[line.size] += len(line.text)
    if not letters:
        return None
    size, asked = letters.most_common(1)[0][0], case.measure("body")
    told = {"size": f"{number(size)} pt", "asked": asked.said}
    if not asked.allows(size, slack=SLACK_PT):
        return fails(_("Set in %(size)s; asked for: %(asked)s.") % told)
    return holds(told["size"])


def paragraphs_are_indented(case: Case) -> Judgement | None:
    """The first line of a paragraph stands in by one, or by 1,27 centimetres."""
    left = case.measure("margin-left").value
    stands = [mm(line.left) - left for line in case.running if not line.is_italic]
    indents = Counter(round(place, 1) for place in stands if 3 < place < 30)
    if not indents:
        return None
    indent, asked = indents.most_common(1)[0][0], case.measure("indent")
    told = {"mm": number(indent), "asked": asked.said}
    if not asked.allows(indent / 10, slack=_INDENT_SLACK_MM / 10):
        return fails(_("The first line stands in by %(mm)s mm; asked for: %(asked)s.") % told)
    return holds(f"{told['mm']} mm")


def lines_keep_their_distance(case: Case) -> Judgement | None:
    """Lines of a paragraph are as far apart as the rules allow."""
    size, asked = case.measure("body").value, case.measure("line-height")
    steps = Counter(round(low.base - high.base, 1) for high, low in _within_paragraphs(case))
    if not steps:
        return None
    step = steps.most_common(1)[0][0]
    measured = step if asked.unit == "pt" else step / size
    slack = _LINE_SLACK_PT if asked.unit == "pt" else _LINE_SLACK_PT / size
    told = {"step": number(step), "lines": number(step / (_SINGLE_LINE_EM * size), 2)}
    if not asked.allows(measured, slack=slack):
        return fails(_("Lines are %(step)s pt apart, %(lines)s lines; that is not allowed.") % told)
    return holds(_("%(step)s pt, that is %(lines)s lines") % told)


def paragraphs_stand_apart(case: Case) -> Judgement | None:
    """Between paragraphs there are at least six points more than between lines."""
    inner = Counter(round(low.base - high.base, 1) for high, low in _within_paragraphs(case))
    between = Counter(round(low.base - high.base, 1) for high, low in _between_paragraphs(case))
    if not inner or not between:
        return None
    gap = between.most_common(1)[0][0] - inner.most_common(1)[0][0]
    if gap < case.measure("paragraph-gap").value - _GAP_SLACK_PT:
        told = {"gap": number(gap), "asked": number(case.measure("paragraph-gap").value)}
        return fails(_("Paragraphs stand %(gap)s pt apart; asked for: at least %(asked)s pt.") % told)
    return holds(f"{number(gap)} pt")


def text_is_justified(case: Case) -> Judgement | None:
    """The lines within a paragraph reach from edge to edge."""
    inner = [high for high, _low in _within_paragraphs(case)]
    if not inner:
        return None
    edge = max(line.right for line in inner)
    reaching = sum(edge - line.right < POINTS_OF_MM for line in inner)
    told = {"reaching": reaching, "lines": len(inner)}
    if reaching < _MOSTLY * len(inner):
        return fails(_("Only %(reaching)s of %(lines)s lines reach the right edge.") % told)
    return holds(_("%(reaching)s of %(lines)s lines reach the right edge") % told)


def _within_paragraphs(case: Case) -> Iterator[tuple[Line, Line]]:
    """Each line of running text with the next one of the same paragraph."""
    left = case.measure("margin-left").value
    for high, low in pairwise(case.lines):
        follows = low.page == high.page and 0 < low.base - high.base < 2.2 * high.size
        if high in case.running_lines and follows and low.size == high.size and mm(low.left) - left < 2:
            yield high, low


def _between_paragraphs(case: Case) -> Iterator[tuple[Line, Line]]:
    """The last line of each paragraph with the first of the next on the same page."""
    left, size = case.measure("margin-left").value, case.measure("body").value
    for high, low in pairwise(case.lines):
        plain = not high.is_bold and not low.is_bold and high.size == low.size == size
        below = low.page == high.page and 0 < low.base - high.base < 4 * size
        if plain and below and 3 < mm(low.left) - left < 30 and low in case.running_lines:
            yield high, low


def numbers_follow_each_other(case: Case) -> Judgement | None:
    """Parts are numbered I, II; 1, 2; a, b, c, d, đ, e without a gap, each series beginning anew under its heading.

    Why a doubt only: a paper that amends another numbers as the other does.
    """
    broken = list(_out_of_order(case.paper.sections))
    if not case.paper.sections:
        return None
    if broken:
        return doubt(_("Numbers out of order: %(places)s.") % {"places": "; ".join(broken[:5])})
    return holds()


def _out_of_order(sections: tuple[PaperSection, ...]) -> Iterator[str]:
    first = next((section.number for section in sections if section.number), "")
    if (begins := _BEGINS.get(series_of(first))) and first.strip().rstrip(".)/ ") != begins:
        yield _("%(found)s comes first, expected %(expected)s") % {"found": first, "expected": begins}
    for before, after in pairwise(section for section in sections if section.number):
        expected = following(before.number)
        same = series_of(before.number) == series_of(after.number)
        if expected and same and expected.rstrip(".)/ ") != after.number.strip().rstrip(".)/ "):
            yield _("%(found)s after %(before)s, expected %(expected)s") % {
                "found": after.number, "before": before.number, "expected": expected,
            }  # fmt: skip
    for section in sections:
        yield from _out_of_order(section.children)


def papers_are_cited_in_full_first(case: Case) -> Judgement | None:
    """A paper is named the first time with its day, later by type and number alone.

    Why a doubt only: laws are named by their title, and no machine tells them from other papers for sure.
    """
    said = " ".join([*case.paper.bases, *_words(case)])
    seen: set[str] = set()
    short = []
    for cited in _CITED.finditer(said):
        name = cited["number"].rstrip(".-/")
        if name not in seen and not _DATED.match(said, cited.end()):
            short.append(name)
        seen.add(name)
    if short:
        return doubt(_("Named for the first time without its day: %(papers)s.") % {"papers": ", ".join(short[:5])})
    return holds(_("papers cited: %(papers)s") % {"papers": len(seen)}) if seen else None


def _words(case: Case) -> Iterator[str]:
    yield from (paragraph.text for paragraph in case.paper.opening)
    pending = list(case.paper.sections)
    while pending:
        section = pending.pop(0)
        yield section.heading
        yield from (block.text for block in section.blocks if block.kind == "paragraph")
        pending = [*section.children, *pending]
    yield case.paper.closing_text


def text_is_ended(case: Case) -> Judgement | None:
    """The text ends with the mark of its rules."""
    closing = case.paper.closing_text
    mark = case.profile.conventions.end_mark
    if not closing.strip("./; "):
        return doubt(_("The text has no last sentence."))
    if not case.find(closing):
        return fails(_("The last sentence was not found: “%(text)s”.") % {"text": closing})
    if not closing.endswith(mark) or (mark == "." and closing.endswith("./.")):
        return fails(_("The text must end with “%(mark)s”.") % {"mark": mark})
    return holds(mark)


def _clause(name: str):
    return lambda profile: profile.measures[name].clause


RULES = (
    Rule("typeface", Part.TEXT, gettext_lazy("Typeface"), lambda profile: profile.source, typeface_is_times),
    Rule("black", Part.TEXT, gettext_lazy("Colour of the text"), lambda profile: profile.source, text_is_black),
    Rule(
        "unicode", Part.TEXT, gettext_lazy("Vietnamese letters"), lambda profile: profile.source, letters_are_composed
    ),
    Rule(
        "bases",
        Part.TEXT,
        gettext_lazy("Legal bases"),
        lambda profile: profile.conventions.bases_clause,
        bases_are_listed,
    ),
    Rule("size", Part.TEXT, gettext_lazy("Size of the text"), _clause("body"), text_has_its_size),
    Rule("indent", Part.TEXT, gettext_lazy("First line of a paragraph"), _clause("indent"), paragraphs_are_indented),
    Rule("lines", Part.TEXT, gettext_lazy("Distance of lines"), _clause("line-height"), lines_keep_their_distance),
    Rule(
        "paragraphs",
        Part.TEXT,
        gettext_lazy("Distance of paragraphs"),
        _clause("paragraph-gap"),
        paragraphs_stand_apart,
    ),
    Rule("justified", Part.TEXT, gettext_lazy("Text justified"), _clause("body"), text_is_justified),
    Rule("order", Part.TEXT, gettext_lazy("Numbers of parts"), _clause("body"), numbers_follow_each_other),
    Rule("citing", Part.TEXT, gettext_lazy("Papers cited"), _clause("body"), papers_are_cited_in_full_first),
    Rule(
        "end", Part.TEXT, gettext_lazy("End of the text"), lambda profile: profile.conventions.end_clause, text_is_ended
    ),
)
