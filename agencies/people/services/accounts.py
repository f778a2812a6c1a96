"""Opening accounts, suspending and restoring them, keeping how they want to see the portal."""

import re

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from agencies.access.decisions import require
from agencies.accounts.enums import SignInEnd
from agencies.accounts.services.sign_ins import end_all
from agencies.people.models import Membership, Person, User
from agencies.people.permissions import can_keep_account
from agencies.people.services.last_administrator import no_unit_left_without
from records import clock
from records.audit.enums import AuditAction
from records.audit.services import record
from records.errors import Conflict, RuleBroken

USER_NAME = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")


@transaction.atomic
def open_account(
    username: str,
    password: str | None,
    *,
    person: Person | None = None,
    email: str = "",
    actor: Membership | None = None,
    hashed: str = "",
) -> User:
    """Open an account that can do nothing until it gets a membership; without a password it waits to be invited.

    `hashed` is a password as it is kept, for accounts that share one: to hash it anew takes half a second for each.
    Raises: RuleBroken for a user name that is taken or cannot be typed, or a person who has an account.
    """
    username = username.strip().lower()
    if not USER_NAME.fullmatch(username) or len(username) > 60:
        raise RuleBroken(_("Use small letters without marks, digits and hyphens, for example thu-ky-ubnd"), "username")
    if person is not None and User.objects.filter(person=person).exists():
        raise RuleBroken(_("%(person)s has an account already.") % {"person": person}, "person")
    user = User(username=username, person=person, email=email, created_at=clock.now())
    if hashed:
        user.password = hashed
    else:
        user.set_password(password)
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError as taken:
        raise RuleBroken(_("This user name is taken. Choose another one."), "username") from taken
    record(AuditAction.CREATED, actor=actor, about=user)
    return user


@transaction.atomic
def suspend(user: User, *, reason: str, actor: Membership | None = None) -> User:
    """Shut an account out from its next request on, whatever roles it has; the roles stay for when it is restored.

    Rule: R-KEEP-3. The last administrator is not shut out.
    Raises: NotAllowed; Conflict when it is suspended already; RuleBroken without a reason.
    """
    user = _locked(user, actor)
    if not user.is_active:
        raise Conflict(_("The account is suspended already."))
    if not reason.strip():
        raise RuleBroken(_("Give the reason"), "reason")
    with no_unit_left_without(user.memberships.all(), actor=actor):
        user.is_active, user.suspended_at, user.suspension_reason = False, clock.now(), reason.strip()
        user.save(update_fields=["is_active", "suspended_at", "suspension_reason"])
    ended = end_all(user, because=SignInEnd.SUSPENDED)
    after = {"state": "suspended", "reason": reason.strip(), "devices_signed_out": ended}
    record(AuditAction.CHANGED, actor=actor, about=user, before={"state": "active"}, after=after)
    return user


@transaction.atomic
def restore(user: User, *, reason: str = "", actor: Membership | None = None) -> User:
    """Let a suspended account in again, with the roles it still has; why stays in the audit.

    Raises: NotAllowed; Conflict when it is not suspended.
    """
    user = _locked(user, actor)
    if user.is_active:
        raise Conflict(_("The account is not suspended."))
    before = {"state": "suspended", "reason": user.suspension_reason}
    user.is_active, user.suspended_at, user.suspension_reason = True, None, ""
    user.save(update_fields=["is_active", "suspended_at", "suspension_reason"])
    after = {"state": "active"} | ({"reason": reason.strip()} if reason.strip() else {})
    record(AuditAction.CHANGED, actor=actor, about=user, before=before, after=after)
    return user


@transaction.atomic
def set_preferences(user: User, *, theme: str, language: str) -> User:
    """Keep how an account wants to see the portal."""
    user = User.objects.select_for_update().get(pk=user.pk)
    before = {"theme": user.theme, "language": user.language}
    user.theme, user.language = theme, language
    user.save(update_fields=["theme", "language"])
    after = {"theme": theme, "language": language}
    record(AuditAction.CHANGED, account=user, about=user, before=before, after=after)
    return user


def _locked(user: User, actor: Membership | None) -> User:
    user = User.objects.select_for_update().get(pk=user.pk)
    if actor is not None:
        require(can_keep_account(actor, user))
    return user
