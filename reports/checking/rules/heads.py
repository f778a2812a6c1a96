"""Rules about the head of page 1: heading, issuer, number, place and day, name of the type, subject."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from reports.checking.cases import Case, Judgement, Rule, fails, gap, holds, number, sized, sizes_of
from reports.checking.enums import Part
from reports.checking.sheets import Line
from reports.documents.layout_profiles import PROFILES, Measure

# A drawn line stands under the text it closes; between a third and a half of it, with what rounding adds.
_AS_LONG, _SHARE = (0.9, 1.1), (0.3, 0.55)


def heading_stands_right(case: Case) -> Judgement | None:
    """The heading of the rules on page 1, right of the middle, bold, over a line as long as its last words."""
    asked = case.profile.conventions.heading
    if not asked:
        return None
    middle = case.sheet.sizes[0][0] / 2
    for text, name in zip(asked, ("national", "motto"), strict=False):
        found = case.find(text, page=1)
        if len(found) != 1:
            return fails(_("“%(text)s” does not stand on one line of page 1.") % {"text": text})
        if not sized(found, case.measure(name)) or not found[0].is_bold or found[0].middle < middle:
            return _wrongly_set(text, found, case.measure(name))
    rule = case.rule_under(found)
    if rule is None or not _AS_LONG[0] <= rule.width / found[0].width <= _AS_LONG[1]:
        return fails(_("No line as long as the text stands under “%(text)s”.") % {"text": text})
    return holds(" / ".join(asked))


def no_other_heading(case: Case) -> Judgement:
    """A paper has one heading: none that belongs to other rules."""
    own = case.profile.conventions.heading
    foreign = {profile.conventions.heading[0] for profile in PROFILES.values() if profile.conventions.heading}
    found = [text for text in sorted(foreign - set(own)) if case.find(text, page=1)]
    return fails(_("A second heading stands there: %(text)s") % {"text": ", ".join(found)}) if found else holds()


def issuer_stands_left(case: Case) -> Judgement:
    """Who issues, in bold capitals left of the middle; above it the superior body, plain."""
    head = case.paper.letterhead
    for text in head.superior_lines:
        above = case.find(text, page=1)
        if not above or above[0].is_bold or not sized(above, case.measure("superior")) or text != text.upper():
            return _wrongly_set(text, above, case.measure("superior"))
    for text in head.issuer_lines:
        own = case.find(text, page=1)
        right = own and max(line.right for line in own) > case.sheet.sizes[0][0] * 0.6
        if not own or not own[0].is_bold or not sized(own, case.measure("issuer")) or text != text.upper() or right:
            return _wrongly_set(text, own, case.measure("issuer"))
    return holds(" ".join(head.issuer_lines))


def issuer_is_closed(case: Case) -> Judgement:
    """Under the issuer a line of a third to a half of it, in the Party and the Youth Union a mark."""
    lines = [line for text in case.paper.letterhead.issuer_lines for line in case.find(text, page=1)]
    return _closed(case, lines, case.profile.conventions.issuer_mark)


def number_is_written(case: Case) -> Judgement:
    """Number and symbol as the rules write them, plain, left of the middle."""
    text, measure = case.paper.letterhead.number_text, case.measure("number")
    found = case.find(text, page=1)
    if not case.paper.letterhead.symbol:
        return gap(_("No symbol yet; the place stays free."))
    if not found or not sized(found, measure) or found[0].is_bold:
        return _wrongly_set(text, found, measure)
    if case.paper.letterhead.number is None:
        return gap(_("No number yet; the place stays free to be written by hand."))
    return holds(text)


def place_and_day_are_written(case: Case) -> Judgement:
    """Place and day in italics, right of the middle; days below 10 and months 1, 2 with a nought."""
    text, measure = case.paper.letterhead.place_and_day, case.measure("place")
    found = case.find(text, page=1)
    if not found or not sized(found, measure) or not found[0].is_italic or found[0].middle < case.sheet.sizes[0][0] / 2:
        return _wrongly_set(text, found, measure)
    if not case.paper.letterhead.place:
        return gap(_("No place of issue yet."))
    if case.paper.letterhead.day.iso is None:
        return gap(_("The day is not known yet; its place stays free."))
    return holds(text)


def type_is_named(case: Case) -> Judgement | None:
    """The name of the type in bold capitals in the middle of the text's width; a letter has none."""
    text, measure = case.paper.kind_name, case.measure("title")
    if case.paper.is_letter:
        return None
    found = case.find(text, page=1)
    if (
        not found
        or not sized(found, measure)
        or not found[0].is_bold
        or text != text.upper()
        or not _centred(case, found)
    ):
        return _wrongly_set(text, found, measure)
    return holds(text)


def subject_is_told(case: Case) -> Judgement | None:
    """The subject in bold under the name of the type, each line in the middle."""
    if case.paper.is_letter:
        return None
    text, measure = " ".join(case.paper.subject_lines), case.measure("subject")
    found = case.find(text, page=1)
    if not found or not sized(found, measure) or not all(line.is_bold for line in found) or not _centred(case, found):
        return _wrongly_set(text, found, measure)
    return holds(_("lines: %(lines)s, %(size)s") % {"lines": len(found), "size": sizes_of(found)})


def subject_is_closed(case: Case) -> Judgement | None:
    """Under the subject a line of a third to a half of it, in the Party and the Youth Union hyphens."""
    found = [] if case.paper.is_letter else case.find(" ".join(case.paper.subject_lines), page=1)
    return _closed(case, found, case.profile.conventions.subject_mark) if found else None


def letter_says_what_it_is_about(case: Case) -> Judgement | None:
    """Under the number of a letter stands what it is about."""
    if not case.paper.is_letter:
        return None
    found = case.find(case.paper.about_line, page=1)
    if not found or not sized(found, case.measure("about")):
        return _wrongly_set(case.paper.about_line, found, case.measure("about"))
    return holds(case.paper.about_line)


def addressees_are_named(case: Case) -> Judgement | None:
    """To whom a letter or an invitation is written stands above the text, in its size."""
    if not case.paper.addressees:
        return None
    text, measure = " ".join(("Kính gửi:", *case.paper.addressed)), case.measure("body")
    found = case.find(text, page=1)
    return holds(text) if found and sized(found, measure) else _wrongly_set(text, found, measure)


def draft_says_so(case: Case) -> Judgement:
    """A draft is marked as one on page 1, and nothing else is."""
    is_marked = bool(case.find("DỰ THẢO", page=1))
    if case.paper.is_draft and not is_marked:
        return fails(_("The draft does not say that it is one."))
    if is_marked and not case.paper.is_draft:
        return fails(_("The paper is marked as a draft, which it is not."))
    return holds(_("a draft, marked as one") if case.paper.is_draft else _("no draft"))


def _closed(case: Case, lines: list[Line], mark: str) -> Judgement:
    if not lines:
        return fails(_("The text above was not found."))
    if mark:
        return (
            holds(mark)
            if case.find(mark, page=1, after=lines[-1])
            else fails(_("The mark “%(mark)s” is missing.") % {"mark": mark})
        )
    rule, longest = case.rule_under(lines), max(line.width for line in lines)
    if rule is None:
        return fails(_("No line is drawn under it."))
    share = rule.width / longest
    told = {"percent": number(share * 100, 0)}
    if not _SHARE[0] <= share <= _SHARE[1]:
        return fails(_("The line is %(percent)s%% as long as the text; asked for: a third to a half.") % told)
    return holds(_("the line is %(percent)s%% as long as the text") % told)


def _centred(case: Case, lines: list[Line]) -> bool:
    left, right = (case.measure(f"margin-{side}").value for side in ("left", "right"))
    middle = (case.sheet.sizes[0][0] + (left - right) * 72 / 25.4) / 2
    return all(abs(line.middle - middle) < 6 for line in lines)


def _wrongly_set(text: str, found: list[Line], measure: Measure) -> Judgement:
    """What is wrong with a text that was not found as it should stand."""
    if not found:
        return fails(_("“%(text)s” was not found where it must stand.") % {"text": text})
    told = {"text": text, "size": sizes_of(found), "asked": measure.said}
    return fails(
        _("“%(text)s” is not set as asked: it stands in %(size)s; asked for: %(asked)s, with its own face and place.")
        % told
    )


def _clause(name: str):
    return lambda profile: profile.measures[name].clause if name in profile.measures else profile.source


RULES = (
    Rule(
        "heading",
        Part.HEAD,
        gettext_lazy("Heading at the right"),
        lambda profile: profile.conventions.heading_clause,
        heading_stands_right,
    ),
    Rule(
        "one-heading",
        Part.HEAD,
        gettext_lazy("One heading only"),
        lambda profile: profile.conventions.heading_clause,
        no_other_heading,
    ),
    Rule("issuer", Part.HEAD, gettext_lazy("Issuing agencies"), _clause("issuer"), issuer_stands_left),
    Rule("issuer-mark", Part.HEAD, gettext_lazy("Line under the issuer"), _clause("issuer-rule"), issuer_is_closed),
    Rule(
        "number",
        Part.HEAD,
        gettext_lazy("Number and symbol"),
        lambda profile: profile.conventions.number_clause,
        number_is_written,
    ),
    Rule("place", Part.HEAD, gettext_lazy("Place and day"), _clause("place"), place_and_day_are_written),
    Rule("type", Part.HEAD, gettext_lazy("Name of the type"), _clause("title"), type_is_named),
    Rule("subject", Part.HEAD, pgettext_lazy("layout", "Subject"), _clause("subject"), subject_is_told),
    Rule("subject-mark", Part.HEAD, gettext_lazy("Line under the subject"), _clause("subject-rule"), subject_is_closed),
    Rule("about", Part.HEAD, gettext_lazy("What a letter is about"), _clause("about"), letter_says_what_it_is_about),
    Rule("addressees", Part.HEAD, gettext_lazy("To whom it is written"), _clause("body"), addressees_are_named),
    Rule("draft", Part.HEAD, gettext_lazy("Mark of a draft"), lambda profile: profile.source, draft_says_so),
)
