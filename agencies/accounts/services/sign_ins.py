"""A device signs in, is seen again, and is signed in no longer."""

import logging

from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction

from agencies.access.decisions import require
from agencies.accounts.devices import browser_of, system_of
from agencies.accounts.enums import LOCKED_FOR, TRIES, Limit, SignInEnd
from agencies.accounts.models import SignIn
from agencies.accounts.permissions import Keeper, can_help_sign_in
from agencies.accounts.queries import digest_of
from records import clock
from records.audit.enums import AuditAction
from records.audit.services import Actor, record

log = logging.getLogger(__name__)


@transaction.atomic
def begin(
    account: AbstractBaseUser, *, session_key: str, address: str = "", agent: str = "", second_factor: bool = False
) -> SignIn:
    """A device is signed in to an account."""
    now = clock.machine_now()
    sign_in, _is_new = SignIn.objects.update_or_create(
        session_digest=digest_of(session_key),
        defaults={
            "account": account,
            "begun_at": now,
            "last_seen_at": now,
            "address": address,
            "browser": browser_of(agent),
            "system": system_of(agent),
            "has_second_factor": second_factor,
            "ended_at": None,
            "ended_because": "",
        },
    )
    told = {"device": str(sign_in), "second_factor": second_factor}
    record(AuditAction.SIGNED_IN, actor=_member(account), account=account, about=account, after=told)
    return sign_in


def see_again(sign_in: SignIn) -> None:
    """The device was used. Why no entry of the audit: nothing changed but the time at which idleness begins."""
    SignIn.objects.filter(pk=sign_in.pk, ended_at=None).update(last_seen_at=clock.machine_now())


@transaction.atomic
def go_on_under(sign_in: SignIn, session_key: str, *, second_factor: bool | None = None) -> SignIn:
    """The device goes on under a new session id, given to it when what it may do changed.

    Why no entry: the act that changed it is told by whoever does it.
    """
    sign_in = SignIn.objects.select_for_update().get(pk=sign_in.pk)
    sign_in.session_digest = digest_of(session_key)
    if second_factor is not None:
        sign_in.has_second_factor = second_factor
    sign_in.save(update_fields=["session_digest", "has_second_factor"])
    return sign_in


@transaction.atomic
def end(sign_in: SignIn, because: SignInEnd) -> None:
    """A device is signed in no longer; a second ending of the same one changes nothing."""
    ended = SignIn.objects.filter(pk=sign_in.pk, ended_at=None)
    if ended.update(ended_at=clock.machine_now(), ended_because=because):
        action = AuditAction.SIGNED_OUT if because == SignInEnd.SIGNED_OUT else AuditAction.ENDED
        account = sign_in.account
        record(action, actor=_member(account), account=account, about=sign_in, after={"because": because})


@transaction.atomic
def end_others(account: AbstractBaseUser, *, but: SignIn) -> int:
    """An account's owner signs every other device out; how many there were."""
    ended = end_all(account, because=SignInEnd.FROM_ELSEWHERE, but=but)
    if ended:
        record(AuditAction.ENDED, actor=_member(account), account=account, about=account, after={"devices": ended})
    return ended


def end_all(account: AbstractBaseUser, *, because: SignInEnd, but: SignIn | None = None) -> int:
    """Sign every device of an account out, but perhaps one; how many there were.

    A building block: whoever calls it writes the entry of the audit, in the same transaction.
    """
    ended = SignIn.objects.filter(account=account, ended_at=None)
    if but is not None:
        ended = ended.exclude(pk=but.pk)
    return ended.update(ended_at=clock.machine_now(), ended_because=because)


@transaction.atomic
def end_for(account: AbstractBaseUser, *, actor: Keeper) -> int:
    """An administrator signs every device of an account they keep out.

    Raises: NotAllowed.
    """
    require(can_help_sign_in(actor, account))
    ended = end_all(account, because=SignInEnd.ADMINISTRATOR)
    record(AuditAction.ENDED, actor=actor, about=account, after={"devices": ended})
    return ended


@transaction.atomic
def note_failure(username: str, *, step: str = "") -> None:
    """A try to sign in went wrong; what was typed as a name is told, whether or not there is such an account."""
    account = _account(username)
    record(
        AuditAction.SIGN_IN_FAILED,
        account=account,
        actor_label=username,
        about=account,
        after={"step": step} if step else {},
        unit_id=_unit_of(account) if account else None,
    )


@transaction.atomic
def note_lockout(limit: Limit, *, username: str, address: str) -> None:
    """A limit on wrong tries was reached: one entry of the audit and one line for whoever watches the log.

    Rule: R-ACCESS-3.
    """
    account = _account(username)
    minutes = int(LOCKED_FOR.total_seconds() // 60)
    record(
        AuditAction.LOCKED_OUT,
        account=account,
        actor_label=username,
        about=account,
        after={"limit": limit, "tries": TRIES[limit], "minutes": minutes},
        unit_id=_unit_of(account) if account else None,
    )
    log.warning("Sign-in locked for %s minutes (%s): account %r, address %r", minutes, limit.value, username, address)


def _account(username: str) -> AbstractBaseUser | None:
    return get_user_model()._default_manager.filter(username=username).first()


def _unit_of(account: AbstractBaseUser) -> int | None:
    """The unit whose administrators an account's sign-ins concern: that of its first membership today."""
    member = _member(account)
    return member.unit_id if member else None


def _member(account: AbstractBaseUser) -> Actor | None:
    """The membership in which an account begins its work, so that the log tells its agency and role."""
    held = account.memberships.on(clock.today()).select_related("user", "agency")
    return held.order_by("agency__protocol_order", "pk").first()
