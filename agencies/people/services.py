"""People, offices, accounts and memberships."""

from datetime import date

from django.db import transaction

from agencies.access.enums import Role
from agencies.directory.enums import SigningAuthority
from agencies.directory.models import Agency
from agencies.people.models import Membership, Office, OfficeHolding, Person, User
from records import clock
from records.audit.enums import AuditAction
from records.audit.services import record


@transaction.atomic
def register_person(full_name: str) -> Person:
    """Record a person by the whole name; the last syllable is the given name."""
    return Person.objects.create(full_name=full_name, given_name=full_name.split()[-1])


@transaction.atomic
def set_up_office(
    agency: Agency,
    *,
    title: str,
    printed_title: str,
    authority: SigningAuthority = SigningAuthority.COLLECTIVE,
    is_head: bool = False,
) -> Office:
    """Record a post in an agency with its title in texts and in signature blocks."""
    return Office.objects.create(
        agency=agency, title=title, printed_title=printed_title, authority=authority, is_head=is_head
    )


@transaction.atomic
def appoint(person: Person, office: Office, *, since: date, decision: str = "") -> OfficeHolding:
    """A person takes an office from a day on."""
    return OfficeHolding.objects.create(person=person, office=office, valid_from=since, decision=decision)


@transaction.atomic
def open_account(username: str, password: str, *, person: Person | None = None) -> User:
    """Open an account that can do nothing until it gets a membership."""
    user = User(username=username.lower(), person=person, created_at=clock.now())
    user.set_password(password)
    user.save()
    record(AuditAction.CREATED, about=user)
    return user


@transaction.atomic
def grant_membership(user: User, agency: Agency, *, role: Role, title: str, since: date) -> Membership:
    """Let an account act in an agency in a role from a day on."""
    membership = Membership.objects.create(user=user, agency=agency, role=role, title=title, valid_from=since)
    record(AuditAction.CREATED, about=membership, after={"role": str(role), "agency": agency.code})
    return membership


@transaction.atomic
def set_preferences(user: User, *, theme: str, language: str) -> User:
    """Keep how an account wants to see the portal."""
    user.theme, user.language = theme, language
    user.save(update_fields=["theme", "language"])
    return user
