"""One-time links: an account's owner chooses a password without knowing the old one."""

import secrets
from datetime import timedelta

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.access.decisions import require
from agencies.accounts.enums import LIFE_OF_LINK, RESETS_IN_AN_HOUR, LinkPurpose
from agencies.accounts.letters import letter_with_link
from agencies.accounts.models import OneTimeLink
from agencies.accounts.permissions import Keeper, can_help_sign_in
from agencies.accounts.queries import digest_of, reset_wishes_from
from agencies.accounts.services.passwords import set_hashed
from records import clock, text
from records.audit.enums import AuditAction
from records.audit.origin import origin
from records.audit.services import record
from records.errors import RuleBroken
from records.mail.services import write_mail

WISHES_FROM_AN_ADDRESS = 20
_ACCOUNTS_OF_ONE_ADDRESS = 5


def address_of(token: str) -> str:
    """Where a link leads. Rule: R-ACCESS-8. The host is the portal's own setting, never what a request says."""
    return settings.PORTAL_ADDRESS + reverse("one-time-link", kwargs={"token": token})


@transaction.atomic
def invite(account: AbstractBaseUser, *, actor: Keeper) -> str:
    """Invite the owner of a new account to choose a password; the link's token, told this once and kept nowhere.

    The letter goes out where the account has an e-mail address; an office without mail hands the link over on paper
    (`address_of`).
    Raises: NotAllowed.
    """
    require(can_help_sign_in(actor, account))
    link, token = _make(account, LinkPurpose.INVITE, made_by=actor)
    record(AuditAction.INVITED, actor=actor, about=account, after=_told(link))
    return token


@transaction.atomic
def issue_reset_link(account: AbstractBaseUser, *, actor: Keeper) -> str:
    """An administrator issues a link for a new password to someone they keep; its token, told this once.

    Raises: NotAllowed.
    """
    require(can_help_sign_in(actor, account))
    link, token = _make(account, LinkPurpose.RESET, made_by=actor)
    record(AuditAction.CREATED, actor=actor, about=link, after=_told(link))
    return token


@transaction.atomic
def issue_at_the_server(account: AbstractBaseUser, *, reason: str) -> str:
    """Whoever may run commands on the server issues a link where no administrator can any more; its token."""
    link, token = _make(account, LinkPurpose.RESET, made_by=None)
    record(AuditAction.CREATED, about=link, after={**_told(link), "reason": reason})
    return token


@transaction.atomic
def ask_for_reset(asked: str) -> None:
    """Someone who does not know the password asks for a link, by user name or by e-mail address.

    Rule: R-ACCESS-8. Nothing tells whether there is such an account: every wish leaves one entry of the audit and is
    answered alike; beyond 20 wishes from one address in a quarter of an hour nothing is done at all.
    """
    if reset_wishes_from(origin.get().address) >= WISHES_FROM_AN_ADDRESS:
        return
    reached = [account for account in _accounts_called(asked) if _may_ask_again(account)]
    for account in reached:
        link, _token = _make(account, LinkPurpose.RESET, made_by=None)
        record(AuditAction.CREATED, actor_label=asked, about=link, after=_told(link))
    if not reached:
        record(AuditAction.REFUSED, actor_label=asked, after={"reason": "no link is sent for this name"})


def use_link(token: str, password: str) -> AbstractBaseUser:
    """Set the password of the link's account, use the link up and sign every device out, all or nothing.

    Raises: RuleBroken when the link has been used, has run out or never was; of two at once, one is refused.
    """
    hashed = make_password(password)
    with transaction.atomic():
        link = _usable(token).select_for_update(of=("self",)).first()
        if link is None:
            raise RuleBroken(_("This link can no longer be used."))
        link.used_at = clock.machine_now()
        link.save(update_fields=["used_at"])
        ended = set_hashed(link.account, hashed)
        after = {"password": "set by a link", "purpose": link.purpose, "devices_signed_out": ended}
        record(AuditAction.CHANGED, account=link.account, about=link.account, after=after)
    return link.account


def _usable(token: str) -> QuerySet[OneTimeLink]:
    unused = OneTimeLink.objects.filter(token_digest=digest_of(token), used_at=None, account__is_active=True)
    return unused.filter(expires_at__gt=clock.machine_now()).select_related("account")


def _make(account: AbstractBaseUser, purpose: LinkPurpose, *, made_by: Keeper | None) -> tuple[OneTimeLink, str]:
    """A link in place of those before it, and its letter.

    Why an asked-for link leaves those of administrators alone: anybody may ask, and a paper may be on its way.
    """
    now, token = clock.machine_now(), secrets.token_urlsafe(32)
    earlier = OneTimeLink.objects.filter(account=account, used_at=None, expires_at__gt=now)
    if made_by is None:
        earlier = earlier.filter(made_by=None)
    earlier.update(expires_at=now)
    link = OneTimeLink.objects.create(
        purpose=purpose,
        account=account,
        token_digest=digest_of(token),
        made_at=now,
        expires_at=now + LIFE_OF_LINK[purpose],
        made_by_id=made_by.pk if made_by else None,
    )
    if settings.MAIL_ON and account.email:
        letter = letter_with_link(account, purpose, address_of(token))
        write_mail(
            to=account.email,
            subject=letter.subject,
            body=letter.body,
            language=account.language,
            useless_at=link.expires_at,
        )
    return link, token


def _accounts_called(asked: str) -> list[AbstractBaseUser]:
    """The active accounts of this name or e-mail address to which a letter can be sent."""
    named = Q(username=text.nfc(asked).lower()) | Q(email__iexact=asked)
    reachable = get_user_model()._default_manager.filter(named, is_active=True).exclude(email="")
    return list(reachable.order_by("pk")[:_ACCOUNTS_OF_ONE_ADDRESS]) if asked and settings.MAIL_ON else []


def _may_ask_again(account: AbstractBaseUser) -> bool:
    since = clock.machine_now() - timedelta(hours=1)
    asked = OneTimeLink.objects.filter(account=account, made_by=None, made_at__gte=since)
    return asked.count() < RESETS_IN_AN_HOUR


def _told(link: OneTimeLink) -> dict:
    return {"purpose": link.purpose, "expires_at": clock.told(link.expires_at)}
