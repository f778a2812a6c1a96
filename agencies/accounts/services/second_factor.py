"""The second factor: codes of a phone, and recovery codes for the day the phone is gone.

Checking codes, refusing those that were used and slowing down whoever guesses is django-otp's work; what is kept of a
recovery code is a digest in the place of its token.
"""

import base64
import math
import secrets

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils.crypto import pbkdf2
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_otp import verify_token
from django_otp.models import Device
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from agencies.access.decisions import require
from agencies.accounts.enums import RECOVERY_CODES, SignInEnd
from agencies.accounts.letters import notice
from agencies.accounts.models import SignIn
from agencies.accounts.permissions import Keeper, can_help_sign_in
from agencies.accounts.queries import device_of, policy
from agencies.accounts.services.sign_ins import end_all
from records import clock, text
from records.audit.enums import AuditAction
from records.audit.services import record
from records.errors import RuleBroken
from records.mail.services import write_mail

# Letters and digits that are not taken for one another when read from paper.
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
_GROUPS, _GROUP = 3, 4
_ROUNDS = 50_000
_REMOVED = gettext_lazy("An administrator removed the second factor. Set it up again after you have signed in.")


class TooSoon(RuleBroken):
    """A code came too soon after a wrong one and was not looked at."""


@transaction.atomic
def start(account: AbstractBaseUser) -> TOTPDevice:
    """Make a new secret to be copied to a phone; nothing is asked of it until a code of it has been entered."""
    TOTPDevice.objects.filter(user=account, confirmed=False).delete()
    device = TOTPDevice.objects.create(user=account, name="phone", confirmed=False)
    record(AuditAction.CHANGED, account=account, about=account, after={"second_factor": "being set up"})
    return device


def confirm(account: AbstractBaseUser, code: str, *, staying: SignIn | None) -> list[str]:
    """The phone shows the right code: from now on it is asked for. The new recovery codes, told this once.

    Rule: R-ACCESS-5. A phone set up before is replaced; every other device is signed out.
    Raises: RuleBroken when nothing is being set up, or the code is wrong.
    """
    device = device_of(account, confirmed=False)
    if device is None:
        raise RuleBroken(_("Start setting up again: the code on the page is no longer valid."))
    _insist(device, code)
    with transaction.atomic():
        TOTPDevice.objects.filter(user=account).exclude(pk=device.pk).delete()
        TOTPDevice.objects.filter(pk=device.pk).update(confirmed=True)
        codes = _new_recovery_codes(account)
        ended = end_all(account, because=SignInEnd.SECOND_FACTOR, but=staying)
        after = {"second_factor": "set up", "devices_signed_out": ended}
        record(AuditAction.CHANGED, account=account, about=account, after=after)
    return codes


def check(account: AbstractBaseUser, code: str) -> None:
    """Take a code of the account's phone.

    Raises: RuleBroken when it is wrong or was used; TooSoon.
    """
    device = device_of(account)
    if device is None:
        raise _wrong()
    _insist(device, code)


def use_recovery_code(account: AbstractBaseUser, code: str) -> int:
    """Use a recovery code up; how many are left.

    Raises: RuleBroken when it is wrong or was used; TooSoon.
    """
    device = StaticDevice.objects.filter(user=account).first()
    if device is None:
        raise _wrong()
    left = StaticToken.objects.filter(device=device).count() - 1
    _insist(device, _digest(device, code), told={"recovery_code": "used", "left": left})
    return left


@transaction.atomic
def renew_recovery_codes(account: AbstractBaseUser) -> list[str]:
    """New recovery codes in place of the old ones, told this once.

    Raises: RuleBroken when the account has no second factor.
    """
    if device_of(account) is None:
        raise RuleBroken(_("Set up the second factor first."))
    codes = _new_recovery_codes(account)
    record(AuditAction.CHANGED, account=account, about=account, after={"recovery_codes": "renewed"})
    return codes


@transaction.atomic
def remove(account: AbstractBaseUser, *, staying: SignIn | None) -> None:
    """The owner does without the second factor.

    Raises: RuleBroken where the portal requires it of the account.
    """
    held = account.memberships.on(clock.today()).values_list("role", flat=True)
    if policy().asks_second_factor_of(set(held)):
        raise RuleBroken(_("Your role needs the second factor. Set it up on another phone instead."))
    _remove(account)
    end_all(account, because=SignInEnd.SECOND_FACTOR, but=staying)
    record(AuditAction.CHANGED, account=account, about=account, after={"second_factor": "removed"})


@transaction.atomic
def reset_for(account: AbstractBaseUser, *, actor: Keeper) -> None:
    """An administrator takes the second factor off an account they keep, for someone whose phone and codes are gone.

    Every device is signed out, and the owner is told.
    Raises: NotAllowed.
    """
    require(can_help_sign_in(actor, account))
    _remove(account)
    ended = end_all(account, because=SignInEnd.SECOND_FACTOR)
    after = {"second_factor": "removed", "devices_signed_out": ended}
    record(AuditAction.CHANGED, actor=actor, about=account, after=after)
    if settings.MAIL_ON and account.email:
        letter = notice(account, _REMOVED)
        write_mail(to=account.email, subject=letter.subject, body=letter.body, language=account.language)


@transaction.atomic
def remove_at_the_server(account: AbstractBaseUser, *, reason: str) -> None:
    """Whoever may run commands on the server takes a second factor off where no administrator can any more."""
    _remove(account)
    ended = end_all(account, because=SignInEnd.SECOND_FACTOR)
    after = {"second_factor": "removed", "devices_signed_out": ended, "reason": reason}
    record(AuditAction.CHANGED, about=account, after=after)


def _insist(device: Device, token: str, *, told: dict | None = None) -> None:
    """Take the token, once; `told` goes into the audit with it. A wrong one counts, so nothing of it is taken back.

    Raises: RuleBroken; TooSoon.
    """
    allowed, why = device.verify_is_allowed()
    if not allowed:
        left = math.ceil((why["locked_until"] - clock.machine_now()).total_seconds())
        raise TooSoon(_("Wait %(seconds)s seconds, then enter a code again.") % {"seconds": max(left, 1)}, "code")
    with transaction.atomic():
        taken = verify_token(device.user, device.persistent_id, token)
        if taken and told:
            record(AuditAction.CHANGED, account=device.user, about=device.user, after=told)
    if not taken:
        raise _wrong()


def _wrong() -> RuleBroken:
    return RuleBroken(_("The code is wrong or was already used. Wait for a new one and enter that."), "code")


def _remove(account: AbstractBaseUser) -> None:
    TOTPDevice.objects.filter(user=account).delete()
    StaticDevice.objects.filter(user=account).delete()


def _new_recovery_codes(account: AbstractBaseUser) -> list[str]:
    StaticDevice.objects.filter(user=account).delete()
    device = StaticDevice.objects.create(user=account, name="recovery codes")
    codes = [_random_code() for _number in range(RECOVERY_CODES)]
    StaticToken.objects.bulk_create([StaticToken(device=device, token=_digest(device, code)) for code in codes])
    return codes


def _random_code() -> str:
    """Three groups of four, such as k7m2-x9pd-4tqw: about 59 bits."""
    return "-".join("".join(secrets.choice(_ALPHABET) for _place in range(_GROUP)) for _number in range(_GROUPS))


def _digest(device: StaticDevice, code: str) -> str:
    """What is kept of a code, in the 16 characters django-otp has for it."""
    plain = "".join(sign for sign in text.fold(code) if sign.isalnum())
    return base64.b32encode(pbkdf2(plain, f"recovery code {device.pk}", _ROUNDS, dklen=10)).decode()
