"""What a program rests on, as its paper names it: kind, number, day, parties and title; the unknown left free."""

from datetime import date

from django.utils.translation import gettext as _

from coordination.programs.models import FoundationPaper, Program
from records import wording

PARTICULARS = ("kind", "number", "dated_on", "parties", "title")
GAP = "…………"
_KINDS = {
    "program": "Chương trình phối hợp",
    "regulation": "Quy chế phối hợp",
    "plan": "Kế hoạch liên tịch",
    "resolution": "Nghị quyết liên tịch",
    "thematic": "Chương trình phối hợp",
}


def foundation_of(program: Program) -> FoundationPaper | None:
    """The paper outside the portal a program names, if any; none is asked for where it was fetched with the program."""
    relation = Program._meta.get_field("foundation")
    if relation.is_cached(program):
        return relation.get_cached_value(program)
    return FoundationPaper.objects.filter(program=program).first()


def foundation_lines(program: Program) -> list[str]:
    """The legal bases a program has by what it rests on: a program of the portal, a paper outside, both or none.

    Rule: R-BASIS-1. Papers are Vietnamese; what is not known is printed as a dotted gap and never invented.
    """
    lines = [_line_of_program(program.based_on)] if program.based_on else []
    paper = foundation_of(program)
    if paper is not None:
        line = _line(paper.kind or "Văn bản", paper.number, paper.dated_on, paper.parties)
        lines.append(f"{line} về {_lower(paper.title) or GAP}")
    return lines


def missing_of_foundation(program: Program) -> list[str]:
    """What is not known of the paper a program rests on, in words."""
    found = []
    if program.based_on is not None and program.based_on.document_number is None:
        found.append(_("Number of %(code)s, on which it is based") % {"code": program.based_on.code})
    paper = foundation_of(program)
    if paper is None:
        return found
    unknown = (
        (paper.kind, _("Kind of the paper it rests on")),
        (paper.number, _("Number of the paper it rests on")),
        (paper.dated_on, _("Date of the paper it rests on")),
        (paper.parties, _("Parties of the paper it rests on")),
        (paper.title, _("Title of the paper it rests on")),
    )
    return found + [words for value, words in unknown if not value]


def _line_of_program(based_on: Program) -> str:
    """Number, day and parties only: whoever reads this program may not see the other, and its title is content."""
    number = ""
    if based_on.document_number is not None:
        number = f"{based_on.document_number:02}/{based_on.document_symbol}"
    on = based_on.signed_on or based_on.period_start
    names = [
        party.agency.name_on(on).short_name
        for party in based_on.parties.select_related("agency").prefetch_related("agency__names")
    ]
    return _line(_KINDS[based_on.kind], number, based_on.signed_on, ", ".join(names))


def _line(kind: str, number: str, on: date | None, parties: str) -> str:
    day = wording.decree_date(on) if on else "ngày … tháng … năm ……"
    return f"Căn cứ {kind} số {number or GAP}, {day} của {parties or GAP}"


def _lower(title: str) -> str:
    """A title inside a sentence: a first capital that only begins the title is lowered."""
    first = title.split(" ", 1)[0]
    return title[:1].lower() + title[1:] if first[1:].islower() or len(first) == 1 else title
