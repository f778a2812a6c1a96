"""Who signs for a party: typed, or chosen among those who hold an office; frozen as the paper prints it."""

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.access.decisions import require
from agencies.directory.enums import SigningAuthority
from agencies.models import Agency, Membership, OfficeHolding, Person
from agencies.people.queries import signers_of
from coordination.programs.models import SignatureSlot
from coordination.programs.permissions import can_name_signer, signing_agency_id
from coordination.programs.services.signing.places import locked_slot, must_be_awaiting, tell
from records import clock
from records.errors import Conflict, RuleBroken


@transaction.atomic
def name_signer(
    slot: SignatureSlot,
    *,
    actor: Membership,
    signer_name: str,
    title: str,
    authority: str | None = None,
    second_title: str = "",
    reason: str = "",
) -> SignatureSlot:
    """Say who signs for a party and by what printed title; a blank name is printed as a gap.

    `second_title` is one held elsewhere; it is printed under the name. Rule: R-LAYOUT-5. `reason` is why somebody else
    signs than the head, or than before.

    Raises: NotAllowed; Conflict when the party has signed or returned meanwhile; RuleBroken for a missing title.
    """
    slot = _slot_to_name(slot, actor)
    signer_name, title = " ".join(signer_name.split()), " ".join(title.split())
    if not title:
        raise RuleBroken(_("Enter the title the party signs by"), "title")
    if len(title) > 80 or len(signer_name) > 120:
        raise RuleBroken(_("The name or title is too long"), "title" if len(title) > 80 else "signer_name")
    if authority is not None and authority not in SigningAuthority.values:
        raise RuleBroken(_("Choose one of the listed values"), "authority")
    person = slot.signer if slot.signer and slot.signer.full_name == signer_name else None
    ground = slot.authority if authority is None else authority
    return _freeze(slot, actor, person, signer_name, title, ground, second_title, reason)


@transaction.atomic
def choose_signer(
    slot: SignatureSlot, *, actor: Membership, holding: OfficeHolding, second_title: str = "", reason: str = ""
) -> SignatureSlot:
    """Someone who holds an office in the signing agency today signs by that office; name, title and ground are frozen.

    Rule: R-SIGN-4. What becomes of the office or of the person's name later changes no paper. This is also how a head
    delegates: a deputy signs KT., another TL. or TUQ., with the reason in the log.
    Raises: NotAllowed; Conflict when the party has signed or returned meanwhile; RuleBroken for an office that is held
    elsewhere or no longer.
    """
    slot = _slot_to_name(slot, actor)
    agency = Agency.objects.get(pk=signing_agency_id(slot))
    signer = next((one for one in signers_of(agency, clock.today()) if one.holding.pk == holding.pk), None)
    if signer is None:
        raise RuleBroken(_("This person does not hold that office today. Choose again."), "holder")
    name, title = signer.person.full_name, signer.printed_title
    return _freeze(slot, actor, signer.person, name, title, signer.authority, second_title, reason)


def _slot_to_name(slot: SignatureSlot, actor: Membership) -> SignatureSlot:
    slot = locked_slot(slot, actor)
    require(can_name_signer(actor, slot))
    must_be_awaiting(slot)
    if slot.version.is_prepared:
        raise Conflict(_("The file to sign prints the signers already. The drafting secretary takes it back first."))
    return slot


def _freeze(
    slot: SignatureSlot,
    actor: Membership,
    person: Person | None,
    name: str,
    title: str,
    authority: str,
    second_title: str,
    reason: str,
) -> SignatureSlot:
    second_title = " ".join(second_title.split())
    if len(second_title) > 120:
        raise RuleBroken(_("The name or title is too long"), "second_title")
    before = _named(slot)
    slot.signer, slot.signer_name, slot.title, slot.authority = person, name, title, authority
    slot.second_title = second_title
    slot.save(update_fields=["signer", "signer_name", "title", "authority", "second_title"])
    told = {"reason": reason.strip()} if reason.strip() else {}
    tell(slot, actor, before, _named(slot) | told)
    return slot


def _named(slot: SignatureSlot) -> dict:
    return {
        "signer_name": slot.signer_name,
        "title": slot.title,
        "authority": slot.authority,
        "second_title": slot.second_title,
    }
