"""Recording people by their whole names."""

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.access.decisions import require
from agencies.people.models import Membership, Person
from agencies.people.permissions import can_correct_name
from records.audit.enums import AuditAction
from records.audit.services import record
from records.errors import RuleBroken

LONGEST_GIVEN_NAME = 40


@transaction.atomic
def register_person(full_name: str, *, actor: Membership | None = None) -> Person:
    """Record a person by the whole name; the last syllable is the given name. Two of one name are two persons.

    Raises: RuleBroken for a name of one word.
    """
    person = Person.objects.create(**_named(full_name))
    record(AuditAction.CREATED, actor=actor, about=person, after={"full_name": person.full_name})
    return person


@transaction.atomic
def rename_person(person: Person, full_name: str, *, actor: Membership | None = None) -> Person:
    """Correct a person's name; what was signed and said keeps the name it was signed and said under.

    Raises: NotAllowed; RuleBroken for a name of one word.
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    if actor is not None:
        require(can_correct_name(actor, person))
    before, named = person.full_name, _named(full_name)
    person.full_name, person.given_name = named["full_name"], named["given_name"]
    person.save()
    record(
        AuditAction.CHANGED,
        actor=actor,
        about=person,
        before={"full_name": before},
        after={"full_name": person.full_name},
    )
    return person


def _named(full_name: str) -> dict[str, str]:
    words = [_capitalised(word) for word in full_name.split()]
    if len(words) < 2:
        raise RuleBroken(_("Enter the whole name, family name first"), "full_name")
    if len(words[-1]) > LONGEST_GIVEN_NAME:
        raise RuleBroken(_("The given name is too long"), "full_name")
    return {"full_name": " ".join(words), "given_name": words[-1]}


def _capitalised(word: str) -> str:
    """Each syllable of a name begins with a capital; whoever typed both kinds of letters knew better."""
    return word.capitalize() if word.islower() or (word.isupper() and len(word) > 1) else word
