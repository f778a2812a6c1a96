"""Signature blocks: on what ground, by what title, who, and how it was signed."""

from agencies.directory.enums import Family, SigningAuthority
from agencies.models import AgencyName
from coordination.programs.enums import SignatureState
from coordination.programs.models import ProgramVersion, SignatureSlot
from reports.documents.papers import SignatureBlock
from reports.documents.wording import hyphenated, lines

SIGNED = "(Đã ký)"
# Party bodies write the ground with a stroke, all others with a full stop; nobody authorises in Party style.
_STATE_STYLE = {"TM": "TM.", "KT": "KT.", "TL": "TL.", "TUQ": "TUQ.", "Q": "Q."}
_PARTY_STYLE = {"TM": "T/M", "KT": "K/T", "TL": "T/L", "TUQ": "TUQ.", "Q": "Q."}


def blocks_of_version(version: ProgramVersion, names: dict[int, AgencyName]) -> tuple[SignatureBlock, ...]:
    """A block for every slot, the lead agency's first, the others in signing order.

    Shape: `names` holds for each party, by its id, the naming of the agency that signs for it.
    """
    slots = sorted(version.slots.all(), key=lambda slot: (not slot.party.is_lead, slot.position))
    return tuple(_block_of_slot(slot, names[slot.party_id]) for slot in slots)


def block_of(name: AgencyName, *, signer: str | None = None, is_acting: bool = False) -> SignatureBlock:
    """The block of an agency's head or acting head, before anyone is named to sign or where one agency signs alone."""
    return SignatureBlock(
        lines=authority_lines(
            SigningAuthority.ACTING if is_acting else name.authority,
            name.authority_lines,
            name.head_title,
            head_title=name.head_title,
            family=name.family,
        ),
        signer=signer,
    )


def authority_lines(authority: str, body: str, title: str, *, head_title: str, family: str) -> tuple[str, ...]:
    """The lines above a signature.

    Rule: TM. + body, title; KT. and TL. and TUQ. stand before the head's title, the signer's own title below; a deputy
    of a collective body signs TM. + body, KT. + head's title, own title; an acting head signs Q. + title; the head in
    person signs under the body's name without a prefix.
    """
    prefix = (_PARTY_STYLE if family == Family.PARTY else _STATE_STYLE).get(authority, "")
    body_lines = lines(body)
    if authority == SigningAuthority.COLLECTIVE:
        return (*_prefixed(prefix, body_lines), hyphenated(title))
    if authority == SigningAuthority.DEPUTY:
        return (*_for_body(body_lines, family), f"{prefix} {head_title}", hyphenated(title))
    if authority in (SigningAuthority.BY_ORDER, SigningAuthority.AUTHORISED):
        return (f"{prefix} {head_title}", hyphenated(title))
    if authority == SigningAuthority.ACTING:
        return (*_for_body(body_lines, family), f"{prefix} {title}")
    return (*body_lines, hyphenated(title))


def _for_body(body_lines: tuple[str, ...], family: str) -> tuple[str, ...]:
    """The collective body a deputy or acting head signs for; a Party board is headed by a person, not a collective."""
    return body_lines if family == Family.PARTY else _prefixed("TM.", body_lines)


def _prefixed(prefix: str, body_lines: tuple[str, ...]) -> tuple[str, ...]:
    return (f"{prefix} {body_lines[0]}", *body_lines[1:]) if body_lines else ()


def _block_of_slot(slot: SignatureSlot, name: AgencyName) -> SignatureBlock:
    return SignatureBlock(
        lines=authority_lines(
            slot.authority, slot.authority_lines, slot.title, head_title=name.head_title, family=name.family
        ),
        signer=slot.signer_name or None,
        note=SIGNED if slot.state == SignatureState.SIGNED else "",
    )
