"""Rules about the foot of a paper: who signs by what title, the room to sign in, to whom it goes."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.checking.cases import (
    SLACK_PT,
    Case,
    Judgement,
    Rule,
    doubt,
    fails,
    gap,
    holds,
    mm,
    number,
    sized,
    sizes_of,
)
from reports.checking.enums import Part
from reports.checking.sheets import Line
from reports.documents.papers import SignatureBlock
from reports.documents.sheets import continued_lines

_LEAST_ROOM_MM = 15
_LEAST_LINES_OF_TEXT = 2
_HEAD = "Nơi nhận:"
# Only those of the armed forces, of schools, hospitals and science put a title before the name.
_ACADEMIC = re.compile(r"(?:GS|PGS|TSKH|TS|ThS|BS|KS|CN)\b\.?\s", re.IGNORECASE)

Block = tuple[SignatureBlock, list[Line], list[Line]]


def _blocks(case: Case) -> list[Block] | None:
    """Each block with its lines above and the name below as the file shows them; None where one was not found.

    Why the name decides: several parties may sign by the same words.
    """
    found: list[Block] = []
    taken: set[Line] = set()
    for block in case.paper.signatures:
        aboves = _untaken(case, " ".join(block.lines), taken)
        shown = next(((above, name) for above in aboves if (name := _name_under(case, block, above, taken))), None)
        if shown is None:
            return None
        taken.update(*shown)
        found.append((block, *shown))
    return found


def _untaken(case: Case, text: str, taken: set[Line]) -> Iterator[list[Line]]:
    """The places that say a text and stand in no other block."""
    after = None
    while found := case.find(text, after=after):
        if not taken.intersection(found):
            yield found
        after = found[0]


def _name_under(case: Case, block: SignatureBlock, above: list[Line], taken: set[Line]) -> list[Line]:
    """The signer's name in the column of the lines above it."""
    return next((name for name in _untaken(case, block.name, taken) if _same_column(above, name)), [])


def _same_column(above: list[Line], name: list[Line]) -> bool:
    is_whole = len({line.page for line in (*above, *name)}) == 1
    return is_whole and name[0].base > above[-1].base and abs(name[0].middle - above[-1].middle) < 12


def signers_are_named(case: Case) -> Judgement | None:
    """Ground and title in capitals, bold as the rules say, the full name in bold under them, in the sizes asked for."""
    if not case.paper.signatures:
        return doubt(_("Nobody is named to sign."))
    blocks = _blocks(case)
    if blocks is None:
        return fails(_("A signature block is torn or incomplete: title, room and name must stand in one column."))
    asked = case.measure("signature-many" if len(blocks) > 1 else "signature")
    unnamed = 0
    for block, above, name in blocks:
        label = block.lines[-1] if block.lines else ""
        if any(line != line.upper() for line in block.lines):
            return fails(_("Not in capitals: “%(text)s”.") % {"text": " / ".join(block.lines)})
        if not sized([*above, *name], asked):
            told = {"text": label, "size": sizes_of([*above, *name]), "asked": asked.said}
            return fails(_("“%(text)s” and its signer stand in %(size)s; asked for: %(asked)s.") % told)
        if not all(line.is_bold for line in name) or not _post_is_set(case, above):
            return fails(_("“%(text)s” or its signer is not in the face asked for.") % {"text": label})
        unnamed += block.signer is None
    if academic := [block.signer for block in case.paper.signatures if block.signer and _ACADEMIC.match(block.signer)]:
        return doubt(_("Before the name of a signer stands no academic title: “%(name)s”.") % {"name": academic[0]})
    if unnamed:
        return gap(_("Signers not known yet: %(blocks)s; their names are written by hand.") % {"blocks": unnamed})
    return holds(_("signers: %(blocks)s") % {"blocks": len(blocks)})


def _post_is_set(case: Case, above: list[Line]) -> bool:
    return above[-1].is_bold == case.profile.conventions.posts_are_bold


def there_is_room_to_sign(case: Case) -> Judgement | None:
    """Between title and name there is room for a signature and a seal."""
    blocks = _blocks(case)
    if not blocks:
        return None
    least = min(mm(name[0].top - above[-1].bottom) for _block, above, name in blocks)
    told = {"mm": number(least, 0)}
    if least < _LEAST_ROOM_MM:
        return fails(_("Only %(mm)s mm are left to sign in.") % told)
    return holds(f"{told['mm']} mm")


def lead_signs_at_the_right(case: Case) -> Judgement | None:
    """Of several signers the lead agency's stands at the top right."""
    blocks = _blocks(case)
    if not blocks or len(blocks) < 2:
        return None
    lead = blocks[0][2][0]
    others = [name[0] for _block, _above, name in blocks[1:]]
    beside = [line for line in others if line.page == lead.page and abs(line.base - lead.base) < lead.size]
    higher = [line for line in others if (line.page, line.base) < (lead.page, lead.base - lead.size)]
    if higher or any(line.middle > lead.middle for line in beside):
        return fails(_("The lead agency's signature does not stand at the top right."))
    return holds(blocks[0][0].lines[-1])


def signatures_are_not_alone(case: Case) -> Judgement | None:
    """Two lines of the text stand above the first signatures; a page they go on to opens with the paper's name."""
    blocks = _blocks(case)
    if not blocks:
        return None
    tops: dict[int, float] = {}
    for _block, above, _name in blocks:
        page = above[0].page
        tops[page] = min(tops.get(page, above[0].base), above[0].base)
    first, *further = sorted(tops)
    if len(_text_above(case, first, tops[first])) < _LEAST_LINES_OF_TEXT:
        return fails(_("Page %(page)s holds signatures and no text.") % {"page": first})
    words = " ".join(continued_lines(case.paper))
    for page in further:
        opening = case.find(words, page=page)
        if not opening or opening[-1].base > tops[page]:
            return fails(_("Page %(page)s holds signatures and does not say of which paper.") % {"page": page})
    return holds()


def _text_above(case: Case, page: int, edge: float) -> list[Line]:
    """Lines of the text, or of a table in it, above a place on a page."""
    least = case.measure("table").value - SLACK_PT
    return [
        line
        for line in case.lines
        if line.page == page and line.base < edge and not line.is_bold and line.size > least and mm(line.width) > 20
    ]


def second_titles_stand_below(case: Case) -> Judgement | None:
    """A title the signer holds elsewhere stands under the name, in plain letters."""
    titled = [block for block in case.paper.signatures if block.second_title]
    if not titled:
        return None
    for block in titled:
        found = case.find(block.second_title)
        if not found or found[0].is_bold or not sized(found, case.measure("second-title")):
            return fails(_("“%(text)s” does not stand under its name as asked.") % {"text": block.second_title})
    return holds(", ".join(block.second_title for block in titled))


def recipients_are_listed(case: Case) -> Judgement | None:
    """The word of recipients and the list under it in their sizes, each line after a hyphen, where it is filed last.

    Why only a doubt about the last line: to mend the words of a paper all have signed, all would have to sign anew.
    """
    listed = list(case.paper.recipients)
    if not listed:
        return doubt(_("No recipients are listed."))
    rules = case.profile.conventions
    head = case.find(_HEAD)
    if not head or not sized(head, case.measure("recipients-head")):
        return fails(_("“%(text)s” is missing or not in the size asked for.") % {"text": _HEAD})
    if rules.recipients_are_underlined == head[0].is_italic:
        return fails(_("“%(text)s” is not in the face asked for.") % {"text": _HEAD})
    for text in listed:
        found = case.find(text)
        if not found or not sized(found, case.measure("recipients")):
            return fails(_("Not set as asked: “%(text)s”.") % {"text": text})
    if not listed[-1].startswith("- Lưu"):
        return doubt(_("The last recipient must say where the paper is filed: “%(filed)s”.") % {"filed": rules.filed})
    return holds(_("lines: %(lines)s") % {"lines": len(listed)})


def _clause(name: str):
    return lambda profile: profile.measures[name].clause


RULES = (
    Rule(
        "signers",
        Part.FOOT,
        gettext_lazy("Grounds, titles and names of signers"),
        _clause("signature"),
        signers_are_named,
    ),
    Rule("room", Part.FOOT, gettext_lazy("Room to sign in"), _clause("signature-room"), there_is_room_to_sign),
    Rule(
        "lead",
        Part.FOOT,
        gettext_lazy("The lead agency signs at the right"),
        _clause("signature"),
        lead_signs_at_the_right,
    ),
    Rule(
        "not-alone", Part.FOOT, gettext_lazy("Signatures beside text"), _clause("signature"), signatures_are_not_alone
    ),
    Rule("second-title", Part.FOOT, gettext_lazy("Second titles"), _clause("second-title"), second_titles_stand_below),
    Rule(
        "recipients",
        Part.FOOT,
        gettext_lazy("Recipients"),
        lambda profile: profile.conventions.recipients_clause,
        recipients_are_listed,
    ),
)
