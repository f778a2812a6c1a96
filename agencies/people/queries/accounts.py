"""The accounts an administrator keeps: the list, one account through time, and how each stands."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)

from agencies.accounts.enums import LOCKED_FOR, Limit
from agencies.accounts.queries import last_sign_ins
from agencies.directory.models import Agency
from agencies.people.enums import AccountState
from agencies.people.models import Membership, MembershipQuerySet, OfficeHolding, User
from agencies.people.queries.matching import agencies_called
from records import clock, text
from records.audit.enums import AuditAction
from records.audit.models import AuditEntry

_LOCKING = (Limit.PAIR, Limit.ACCOUNT)


@dataclass(frozen=True)
class AccountFilters:
    """What a list of accounts is narrowed by."""

    words: str = ""
    place: str = ""
    role: str = ""
    state: str = ""

    @property
    def is_narrowed(self) -> bool:
        return self != AccountFilters()


@dataclass(frozen=True)
class AccountRow:
    """One account as the list shows it: its roles of today and to come, its last sign-in, how it stands."""

    user: User
    roles: Sequence[Membership]
    last_sign_in: datetime | None
    state: AccountState


@dataclass(frozen=True)
class AccountPage:
    """One account through time, as far as the reader keeps the units it acted in."""

    row: AccountRow
    past: Sequence[Membership]
    acts_elsewhere: bool


@dataclass(frozen=True)
class Awaited:
    """How many accounts wait for their owners, and how many are shut out."""

    invited: int
    suspended: int


def accounts_listed(actor: Membership, filters: AccountFilters, *, today: date) -> QuerySet[User]:
    """The accounts an actor keeps, in protocol order: by agency, its head first, by post, then by given name.

    Words match names and user names, places agencies and units, both without marks.
    """
    users = User.objects.visible_to(actor)
    for word in text.fold(filters.words).split():
        users = users.filter(Q(person__name_folded__contains=word) | Q(username__contains=word))
    if filters.place or filters.role:
        users = users.filter(Exists(_roles_wanted(actor, filters, today).filter(user=OuterRef("pk"))))
    if filters.state:
        users = users.filter(_stands(filters.state))
    return _in_protocol_order(users, today).select_related("person").prefetch_related(_with_roles(actor, today))


def rows_of(users: Collection[User]) -> list[AccountRow]:
    """The rows of one page of accounts. Two queries whatever their number."""
    seen = last_sign_ins([user.pk for user in users])
    locked = locked_accounts([user.pk for user in users])
    return [AccountRow(user, user.present_roles, seen.get(user.pk), state_of(user, locked)) for user in users]


def account_page(actor: Membership, user: User, today: date) -> AccountPage:
    """One account with its roles of today and to come, and those that have ended, the latest first."""
    (row,) = rows_of(User.objects.visible_to(actor).filter(pk=user.pk).prefetch_related(_with_roles(actor, today)))
    shown = Membership.objects.visible_to(actor).filter(user=user).exclude(_present(today))
    past = shown.select_related("agency__unit").order_by("-valid_to", "-pk")
    everywhere = Membership.objects.filter(_present(today), user=user).count()
    return AccountPage(row, list(past), everywhere > len(row.roles))


def state_of(user: User, locked: Collection[int]) -> AccountState:
    """How an account stands; suspension comes before everything else."""
    if not user.is_active:
        return AccountState.SUSPENDED
    if not user.has_usable_password():
        return AccountState.INVITED
    return AccountState.LOCKED if user.pk in locked else AccountState.ACTIVE


def locked_accounts(accounts: Collection[int] | None = None) -> frozenset[int]:
    """The accounts a limit on wrong tries has locked and that have not signed in since. Two queries."""
    kind = User._meta.label_lower
    entries = AuditEntry.objects.filter(
        action=AuditAction.LOCKED_OUT, object_kind=kind, at__gte=clock.now() - LOCKED_FOR, after__limit__in=_LOCKING
    )
    if accounts is not None:
        entries = entries.filter(object_id__in=accounts)
    when = dict(entries.order_by("at").values_list("object_id", "at"))
    entered = last_sign_ins(when)
    return frozenset(pk for pk, at in when.items() if pk not in entered or entered[pk] < at)


def accounts_awaited(actor: Membership) -> Awaited:
    """The accounts an actor keeps that nobody has entered yet, and those that are suspended. One query."""
    counted = User.objects.visible_to(actor).aggregate(
        invited=Count("pk", filter=_stands(AccountState.INVITED)),
        suspended=Count("pk", filter=_stands(AccountState.SUSPENDED)),
    )
    return Awaited(**counted)


def _roles_wanted(actor: Membership, filters: AccountFilters, today: date) -> MembershipQuerySet:
    roles = Membership.objects.visible_to(actor).filter(_present(today))
    if filters.role:
        roles = roles.filter(role=filters.role)
    if filters.place:
        roles = roles.filter(agency__in=agencies_called(Agency.objects.visible_to(actor), filters.place).values("pk"))
    return roles


def _stands(state: str) -> Q:
    invited = Q(password__startswith=UNUSABLE_PASSWORD_PREFIX)
    locked = Q(pk__in=locked_accounts()) if state in (AccountState.LOCKED, AccountState.ACTIVE) else Q()
    return {
        AccountState.SUSPENDED: Q(is_active=False),
        AccountState.INVITED: Q(is_active=True) & invited,
        AccountState.LOCKED: Q(is_active=True) & ~invited & locked,
        AccountState.ACTIVE: Q(is_active=True) & ~invited & ~locked,
    }[AccountState(state)]


def _in_protocol_order(users: QuerySet[User], today: date) -> QuerySet[User]:
    """By the first agency in which an account acts today, by the post its person holds there, then by given name."""
    first = Membership.objects.filter(_present(today), user=OuterRef("pk"))
    first = first.order_by("agency__protocol_order", "agency__name_sorted", "agency_id")
    posts = OfficeHolding.objects.on(today).filter(person=OuterRef("person"), office__agency=OuterRef("agency_of"))
    place = Case(
        When(office__is_head=True, then=Value(0)), default=F("office__protocol_order"), output_field=IntegerField()
    )
    return users.annotate(
        agency_of=Subquery(first.values("agency_id")[:1]),
        agency_rank=Subquery(first.values("agency__protocol_order")[:1]),
        agency_name=Subquery(first.values("agency__name_sorted")[:1]),
        post_rank=Subquery(posts.annotate(place=place).order_by("place").values("place")[:1]),
    ).order_by(
        F("agency_rank").asc(nulls_last=True),
        F("agency_name").asc(nulls_last=True),
        "agency_of",
        F("post_rank").asc(nulls_last=True),
        F("person__name_sorted").asc(nulls_last=True),
        "username",
    )


def _with_roles(actor: Membership, today: date) -> Prefetch:
    roles = Membership.objects.visible_to(actor).filter(_present(today)).select_related("agency__unit", "user")
    return Prefetch(
        "memberships", roles.order_by("agency__protocol_order", "valid_from", "pk"), to_attr="present_roles"
    )


def _present(today: date) -> Q:
    """Roles that hold today or later and were not taken back."""
    return Q(revoked_at=None) & (Q(valid_to=None) | Q(valid_to__gte=today))
