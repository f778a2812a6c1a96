"""Adding an agency, of a kind the portal knows or of one nobody planned for."""

from dataclasses import replace
from datetime import date
from itertools import count

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.access.decisions import require, unseen
from agencies.directory.models import Agency
from agencies.directory.permissions import can_add_agency
from agencies.directory.services import found_agency
from agencies.directory.wording import title_of_head
from agencies.people.models import Membership
from agencies.people.services import found_office
from agencies.registry.defaults import usual_head
from agencies.registry.services.contact import Contact, checked
from agencies.registry.services.facts import FIRST, Facts, completed, must_be_told_apart, naming_of, place_behind
from agencies.units.models import AdminUnit
from records import clock, text
from records.audit.enums import AuditAction
from records.audit.services import record
from records.errors import NotAllowed, RuleBroken

LONGEST_CODE = 30
_NO_CODE = "co-quan"


@transaction.atomic
def add_agency(
    unit: AdminUnit,
    facts: Facts,
    *,
    actor: Membership,
    valid_from: date,
    valid_to: date | None = None,
    code: str = "",
    contact: Contact | None = None,
) -> Agency:
    """Enter an agency in a unit's directory with its first naming and the post of its head.

    Rule: R-AGENCY-1, R-AGENCY-2. From then on it can be party, lead, coordinator and signer. The code, where none is
    given, follows from the abbreviation.
    Raises: NotAllowed; RuleBroken naming the field.
    """
    unit = _locked(unit, actor)
    require(can_add_agency(actor, unit))
    if valid_from > clock.today():
        raise RuleBroken(_("The first day must not be in the future"), "valid_from")
    head = facts.head_title.strip() or usual_head(facts.kind)
    facts = completed(replace(facts, head_title=head))
    _must_be_seen(facts.parent, actor)
    code = _code_in(unit, code, facts.abbreviation)
    must_be_told_apart(unit, facts, valid_from, valid_to, but=None)
    order = place_behind(unit, facts.after or unit.agencies.in_protocol_order().last() or FIRST)
    agency = found_agency(
        unit,
        code=code,
        kind=facts.kind,
        kind_label=facts.kind_label,
        naming=naming_of(facts, order),
        valid_from=valid_from,
        valid_to=valid_to,
        parent=facts.parent,
        actor=actor,
    )
    if contact is not None:
        told = vars(checked(contact))
        agency.phone, agency.email, agency.address = told.values()
        agency.save(update_fields=["phone", "email", "address"])
        record(AuditAction.CHANGED, actor=actor, about=agency, after=told)
    if agency.holds_on(clock.today()):
        found_office(
            agency,
            title=title_of_head(head, facts.name)[:120].rstrip(),
            printed_title=facts.head_title,
            authority=facts.authority,
            is_head=True,
            actor=actor,
        )
    return agency


def _locked(unit: AdminUnit, actor: Membership) -> AdminUnit:
    """The unit's row, locked so that two who add at once take turns; one the actor does not see is not there."""
    found = AdminUnit.objects.visible_to(actor).select_for_update(of=("self",)).filter(pk=unit.pk).first()
    if found is None:
        raise NotAllowed(unseen())
    return found


def _must_be_seen(parent: Agency | None, actor: Membership) -> None:
    if parent is not None and not Agency.objects.visible_to(actor).filter(pk=parent.pk).exists():
        raise RuleBroken(_("Choose one of the listed values"), "parent")


def _code_in(unit: AdminUnit, typed: str, abbreviation: str) -> str:
    """A code no other agency of the unit has: the one typed, or the next free one after the abbreviation."""
    taken = set(unit.agencies.values_list("code", flat=True))
    wanted = text.slug(typed)[:LONGEST_CODE].strip("-")
    if typed.strip():
        if wanted != typed.strip().lower():
            raise RuleBroken(_("A code has letters a–z, digits and hyphens only, such as hoi-nong-dan"), "code")
        if wanted in taken:
            raise RuleBroken(_("Another agency of this unit has this code"), "code")
        return wanted
    start = text.slug(abbreviation)[: LONGEST_CODE - 4].strip("-") or _NO_CODE
    candidates = (start if number == 1 else f"{start}-{number}" for number in count(1))
    return next(code for code in candidates if code not in taken)
