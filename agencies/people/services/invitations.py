"""Opening an account for someone and inviting them to choose a password."""

from datetime import date

from django.db import transaction

from agencies.access.decisions import require
from agencies.access.enums import Role
from agencies.accounts import services as accounts
from agencies.directory.models import Agency
from agencies.people.models import Membership, Person, User
from agencies.people.permissions import can_give_role
from agencies.people.services.accounts import open_account
from agencies.people.services.people import register_person
from agencies.people.services.roles import begin_role


@transaction.atomic
def invite_person(
    who: Person | str,
    *,
    username: str,
    email: str,
    agency: Agency,
    role: Role | str,
    title: str,
    since: date,
    until: date | None = None,
    actor: Membership,
) -> tuple[User, str]:
    """Open an account for a person, recorded or new by name, with a first role; and the token of the link to hand over.

    Rule: R-KEEP-2. Person, account, role and link come into being together or not at all; nobody but the reader of
    this answer ever knows the token.
    Raises: NotAllowed; RuleBroken naming the field.
    """
    agency = Agency.objects.select_for_update().get(pk=agency.pk)
    require(can_give_role(actor, None, agency, role))
    held = None if isinstance(who, str) else Person.objects.select_for_update().get(pk=who.pk)
    person = held or register_person(who, actor=actor)
    user = open_account(username, None, person=person, email=email, actor=actor)
    begin_role(user, agency, role=role, title=title, since=since, until=until, actor=actor)
    return user, accounts.invite(user, actor=actor)
