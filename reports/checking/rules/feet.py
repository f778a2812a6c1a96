"""Rules about the foot of a paper: who signs by what title, the room to sign in, to whom it goes."""

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
from reports.checking.reading import Line
from reports.documents.papers import SignatureBlock

_LEAST_ROOM_MM = 15
_LEAST_LINES_OF_TEXT = 2
_HEAD = "Nơi nhận:"

Block = tuple[SignatureBlock, list[Line], list[Line]]


def _blocks(case: Case) -> list[Block] | None:
    """Each block with its lines above and the name below as the file shows them; None where one was not found."""
    found: list[Block] = []
    taken: set[Line] = set()
    for block in case.paper.signatures:
        above = _untaken(case, " ".join(block.lines), taken)
        name = _untaken(case, block.name, taken, below=above)
        if not above or not name:
            return None
        taken |= {*above, *name}
        found.append((block, above, name))
    return found


def _untaken(case: Case, text: str, taken: set[Line], below: list[Line] | None = None) -> list[Line]:
    """The next place that says a text and stands in no other block; a name is sought under the lines above it."""
    after = None
    while found := case.find(text, after=after):
        in_column = below is None or (below and _same_column(below, found))
        if in_column and not taken.intersection(found):
            return found
        after = found[0]
    return []


def _same_column(above: list[Line], name: list[Line]) -> bool:
    is_below = name[0].page == above[-1].page and name[0].base > above[-1].base
    return is_below and abs(name[0].middle - above[-1].middle) < 12


def signers_are_named(case: Case) -> Judgement | None:
    """Ground and title in capitals, bold as the rules say, the full name in bold under them, in the sizes asked for."""
    if not case.paper.signatures:
        return None
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
    """A page with signatures also has two lines of the text."""
    blocks = _blocks(case)
    if not blocks:
        return None
    size = case.measure("body").value
    for page in sorted({name[0].page for _block, _above, name in blocks}):
        text = [
            line
            for line in case.lines
            if line.page == page and not line.is_bold and abs(line.size - size) < SLACK_PT and mm(line.width) > 20
        ]
        if len(text) < _LEAST_LINES_OF_TEXT:
            return fails(_("Page %(page)s holds signatures and no text.") % {"page": page})
    return holds()


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
        return None
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
