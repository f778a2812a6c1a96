"""Rules about the file: what a screen reader and an archive need of it."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.checking.cases import Case, Judgement, Rule, fails, holds
from reports.checking.enums import Part

_SOURCE = "PDF/UA (ISO 14289), WCAG 2.2"
_OWN = "Quy định của Cổng"


def file_says_what_it_is(case: Case) -> Judgement:
    """The file names its language and its title."""
    if not case.sheet.language.lower().startswith("vi"):
        return fails(_("The file does not say that it is in Vietnamese."))
    if not case.sheet.title:
        return fails(_("The file has no title."))
    return holds(case.sheet.title)


def file_is_tagged(case: Case) -> Judgement:
    """The file carries the structure a screen reader goes by."""
    return holds() if case.sheet.is_tagged else fails(_("The file has no structure for screen readers."))


def every_page_can_be_verified(case: Case) -> Judgement | None:
    """Every page carries the code by which the paper is verified."""
    if case.paper.strip is None or case.paper.is_draft:
        return None
    code = case.paper.strip.code_in_groups
    pages = range(1, len(case.sheet.sizes) + 1)
    lacking = [str(page) for page in pages if not any(code in line.text for line in case.sheet.on(page))]
    if lacking:
        return fails(_("Pages without the verification code: %(pages)s.") % {"pages": ", ".join(lacking)})
    return holds(code)


RULES = (
    Rule(
        "file", Part.FILE, gettext_lazy("Language and title of the file"), lambda profile: _SOURCE, file_says_what_it_is
    ),
    Rule(
        "strip",
        Part.FILE,
        gettext_lazy("Verification code on every page"),
        lambda profile: _OWN,
        every_page_can_be_verified,
    ),
    Rule("tagged", Part.FILE, gettext_lazy("Structure for screen readers"), lambda profile: _SOURCE, file_is_tagged),
)
