"""Signature blocks: on what ground, by what title, who, and how it was signed."""

from agencies.directory.enums import PaperRules, SigningAuthority
from agencies.directory.paper_rules import own_rules
from agencies.models import AgencyName
from coordination.programs.enums import SignatureState
from coordination.programs.models import ProgramVersion, SignatureSlot
from reports.documents.papers import SignatureBlock
from reports.documents.wording import hyphenated, lines

SIGNED = "(Đã ký)"
# The Party writes the ground with a stroke, all others with a full stop; what is authorised goes by order there.
_STATE_STYLE = {"TM": "TM.", "KT": "KT.", "TL": "TL.", "TUQ": "TUQ.", "Q": "Q."}
_PARTY_STYLE = {"TM": "T/M", "KT": "K/T", "TL": "T/L", "TUQ": "T/L", "Q": "Q."}


def blocks_of_version(version: ProgramVersion, names: dict[int, AgencyName]) -> tuple[SignatureBlock, ...]:
    """A block for every slot, the lead agency's first, the others in signing order.

    Shape: `names` holds for each party, by its id, the naming of the agency that signs for it.
    """
    slots = sorted(version.slots.all(), key=lambda slot: (not slot.party.is_lead, slot.position))
    return tuple(_block_of_slot(slot, names[slot.party_id]) for slot in slots)


def block_of(
    name: AgencyName, *, signer: str | None = None, is_acting: bool = False, place: int | None = None
) -> SignatureBlock:
    """The block of an agency's head or acting head, before anyone is named to sign or where one agency signs alone."""
    authority = SigningAuthority.ACTING if is_acting else name.authority
    return SignatureBlock(lines=lines_above(name, authority, name.head_title), signer=signer, place=place)


def lines_above(name: AgencyName, authority: str, title: str, *, body: str | None = None) -> tuple[str, ...]:
    """The lines above a signature given for an agency, in the style its own papers have.

    `body` is the body signed for as it was frozen, where it differs from the one recorded.
    """
    return authority_lines(
        authority,
        name.authority_lines if body is None else body,
        title,
        head_title=name.head_title,
        is_party=own_rules(name) is PaperRules.PARTY,
        is_collective=name.authority == SigningAuthority.COLLECTIVE,
    )


def authority_lines(
    authority: str, body: str, title: str, *, head_title: str, is_party: bool = False, is_collective: bool = True
) -> tuple[str, ...]:
    """The lines above a signature, in capitals; the last is the signer's own title.

    Rule: R-LAYOUT-4. TM. + body, title. A deputy of a collective body signs TM. + body, KT. + head's title; in the
    Party T/M + body alone, for a committee has no head to sign for. By order and by authorisation: TL., TUQ. + head's
    title, in the Party T/L + committee. An acting head signs Q. + title, the head in person under the body's name.
    """
    prefix = (_PARTY_STYLE if is_party else _STATE_STYLE).get(authority, "")
    bodies, own, head = lines(body.upper()), hyphenated(title).upper(), hyphenated(head_title).upper()
    for_body = _for_body(bodies, is_party=is_party, is_collective=is_collective)
    if authority == SigningAuthority.COLLECTIVE:
        return (*_for_body(bodies, is_party=is_party, is_collective=True), own)
    if authority == SigningAuthority.DEPUTY:
        return (*for_body, own) if is_party and is_collective else (*for_body, f"{prefix} {head}", own)
    if authority in (SigningAuthority.BY_ORDER, SigningAuthority.AUTHORISED):
        ordering = bodies if is_party and is_collective else (head,)
        return (f"{prefix} {ordering[0]}" if ordering else prefix, *ordering[1:], own)
    if authority == SigningAuthority.ACTING:
        return (*for_body, f"{prefix} {own}")
    return (*bodies, own)


def _for_body(body: tuple[str, ...], *, is_party: bool, is_collective: bool) -> tuple[str, ...]:
    """The body a signer stands for: a collective with the ground before it, one that a person heads by its name."""
    if not body or not is_collective:
        return body
    ground = (_PARTY_STYLE if is_party else _STATE_STYLE)[SigningAuthority.COLLECTIVE]
    return (f"{ground} {body[0]}", *body[1:])


def _block_of_slot(slot: SignatureSlot, name: AgencyName) -> SignatureBlock:
    return SignatureBlock(
        lines=lines_above(name, slot.authority, slot.title, body=slot.authority_lines),
        signer=slot.signer_name or None,
        second_title=slot.second_title,
        note=SIGNED if slot.state == SignatureState.SIGNED else "",
        place=slot.position,
    )
