"""Who is signed in where, under which policy, with which second factor, and what has been locked."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Max, Q, QuerySet, Subquery
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from agencies.access.enums import Role
from agencies.accounts.enums import ADDRESS_KNOWN_FOR, LOCKED_FOR, SECOND_FACTOR_ROLES, Limit, SignInEnd
from agencies.accounts.models import OneTimeLink, SignIn, SignInPolicy
from agencies.accounts.permissions import ADMINISTRATORS, Keeper
from records import clock
from records.audit.enums import AuditAction
from records.audit.models import AuditEntry
from records.prepared import Prepared

# A clock put back this far has not lived through the sign-in; the session is not believed.
_CLOCK_FAULT = timedelta(minutes=5)
_LOCKOUTS_SHOWN = 50


def digest_of(secret: str) -> str:
    """The only form in which session ids and links are kept."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True)
class Policy:
    """What every sign-in follows."""

    second_factor_required: bool
    idle: timedelta
    longest: timedelta

    def asks_second_factor_of(self, roles: Collection[str]) -> bool:
        """Whether someone with these roles must have a second factor. Rule: R-ACCESS-6."""
        return self.second_factor_required and any(role in SECOND_FACTOR_ROLES for role in roles)

    def fault_of(self, sign_in: SignIn) -> SignInEnd | None:
        """Why a sign-in that is still open may not go on, if it may not. Rule: R-ACCESS-4."""
        now = clock.machine_now()
        if now - sign_in.begun_at > self.longest or now < sign_in.begun_at - _CLOCK_FAULT:
            return SignInEnd.TOO_LONG
        if now - sign_in.last_seen_at > self.idle or now < sign_in.last_seen_at - _CLOCK_FAULT:
            return SignInEnd.IDLE
        return None


_RULES = ("second_factor_required", "idle_minutes", "longest_hours")


def policy() -> Policy:
    """What a system administrator has set; until then what the settings say."""
    return _policy_of(SignInPolicy.objects.values_list(*_RULES).first())


def sign_in_of(session_key: str | None) -> SignIn | None:
    """The open sign-in a session belongs to, with its account."""
    return _open(digest_of(session_key or "")).first()


def live_sign_in(session_key: str | None) -> tuple[SignIn | None, Policy]:
    """The open sign-in a session belongs to, its account and the policy, in one query; asked at every request."""
    found = _LIVE.models(digest=digest_of(session_key or ""))
    if not found:
        return None, policy()
    row = tuple(getattr(found[0], f"rule_{name}") for name in _RULES)
    return found[0], _policy_of(None if None in row else row)


def _live(digest: str) -> QuerySet[SignIn]:
    rules = {f"rule_{name}": Subquery(SignInPolicy.objects.values(name)[:1]) for name in _RULES}
    return _open(digest).annotate(**rules).order_by("pk")


_LIVE = Prepared(_live)


def _open(digest: str) -> QuerySet[SignIn]:
    return SignIn.objects.filter(session_digest=digest, ended_at=None).select_related("account")


def _policy_of(row: tuple[bool, int, int] | None) -> Policy:
    required, idle, longest = row or (settings.SIGN_IN_POLICY[name] for name in _RULES)
    return Policy(required, idle=timedelta(minutes=idle), longest=timedelta(hours=longest))


def open_sign_ins(account: AbstractBaseUser) -> list[SignIn]:
    """The devices an account is signed in on, the one used last first."""
    rules = policy()
    still_open = SignIn.objects.filter(account=account, ended_at=None).order_by("-last_seen_at", "-pk")
    return [sign_in for sign_in in still_open if rules.fault_of(sign_in) is None]


def devices_seen_within(span: timedelta) -> int:
    """How many signed-in devices of all accounts asked for a page lately."""
    return SignIn.objects.filter(ended_at=None, last_seen_at__gte=clock.machine_now() - span).count()


def ended_lately(account: AbstractBaseUser) -> list[SignIn]:
    """The devices that were signed out last, the latest first, at most 10."""
    return list(SignIn.objects.filter(account=account, ended_at__isnull=False).order_by("-ended_at", "-pk")[:10])


def last_sign_ins(accounts: Collection[int]) -> dict[int, datetime]:
    """When each of these accounts signed in last, on the portal's clock; those that never did are left out."""
    last = SignIn.objects.filter(account__in=accounts).values("account_id").annotate(last=Max("begun_at"))
    return {row["account_id"]: clock.told(row["last"]) for row in last.order_by()}


def knows_address(username: str, address: str) -> bool:
    """Whether an account signed in from an address in the last 30 days. Rule: R-ACCESS-3."""
    since = clock.machine_now() - ADDRESS_KNOWN_FOR
    return SignIn.objects.filter(account__username=username, address=address, begun_at__gte=since).exists()


def sign_ins_lacking_second_factor() -> QuerySet[SignIn]:
    """Open sign-ins without a second factor of accounts that need one today."""
    asked = Q(memberships__role__in=SECOND_FACTOR_ROLES, memberships__valid_from__lte=clock.today())
    still = Q(memberships__valid_to=None) | Q(memberships__valid_to__gte=clock.today())
    accounts = get_user_model()._default_manager.filter(asked & still).values("pk")
    return SignIn.objects.filter(ended_at=None, has_second_factor=False, account__in=accounts)


@dataclass(frozen=True)
class SecondFactor:
    """The second factor of an account: since when, and how many recovery codes are left."""

    since: datetime
    codes_left: int


def second_factor_of(account: AbstractBaseUser) -> SecondFactor | None:
    """The account's second factor, once it has been set up."""
    device = device_of(account)
    if device is None:
        return None
    return SecondFactor(clock.told(device.created_at), StaticToken.objects.filter(device__user=account).count())


def device_of(account: AbstractBaseUser, *, confirmed: bool = True) -> TOTPDevice | None:
    """The phone that shows the account's codes; or the one being set up."""
    return TOTPDevice.objects.filter(user=account, confirmed=confirmed).order_by("-pk").first()


def usable_link(token: str) -> OneTimeLink | None:
    """The link with this token, unless it was used, has run out, or its account is suspended."""
    found = OneTimeLink.objects.filter(token_digest=digest_of(token), used_at=None, account__is_active=True)
    return found.filter(expires_at__gt=clock.machine_now()).select_related("account").first()


def reset_wishes_from(address: str) -> int:
    """How many links for a new password an address has asked for in the last quarter of an hour."""
    asked = AuditEntry.objects.filter(address=address, user_id=None, at__gte=clock.now() - LOCKED_FOR)
    return asked.filter(action__in=(AuditAction.CREATED, AuditAction.REFUSED)).count()


@dataclass(frozen=True)
class Lockout:
    """What was locked, for whom, from where and when; `username` is what was typed, whether or not it is an account."""

    at: datetime
    username: str
    address: str
    limit: Limit


def recent_lockouts(actor: Keeper | None, *, days: int = 7) -> list[Lockout]:
    """Lockouts of the last days: of the accounts a unit administrator keeps, all of them for a system administrator.

    Newest first, at most 50.
    """
    if actor is None or actor.role not in ADMINISTRATORS:
        return []
    entries = AuditEntry.objects.filter(action=AuditAction.LOCKED_OUT, at__gte=clock.now() - timedelta(days=days))
    if actor.role != Role.SYSTEM_ADMIN:
        user = get_user_model()
        kept = user._default_manager.visible_to(actor).values("pk")
        entries = entries.filter(object_kind=user._meta.label_lower, object_id__in=kept)
    return [
        Lockout(entry.at, entry.actor_label, entry.address, Limit(entry.after["limit"]))
        for entry in entries.order_by("-sequence")[:_LOCKOUTS_SHOWN]
    ]
