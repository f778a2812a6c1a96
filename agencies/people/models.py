"""People, the offices they hold, their accounts, and the memberships in which they act."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.access.enums import Role
from agencies.access.scopes import Viewer, seen_through
from agencies.dated import Dated, DatedQuerySet, period_in_order
from agencies.directory.enums import SigningAuthority
from agencies.directory.lineage import acting_agencies
from agencies.directory.models import Agency
from agencies.units.reach import units_kept_by
from records import clock, text
from records.fields import Folded, Line, Prose

MOST_SEATS = 20


class PersonQuerySet(models.QuerySet):
    """People, as directories and pickers ask for them."""

    def visible_to(self, actor: Viewer | None) -> "PersonQuerySet":
        """Whoever holds or held an office the actor's directory shows, and whoever has an account in the actor's unit
        or in one the actor keeps.

        Rule: R-SEE-7.
        """
        if actor is None:
            return self.none()
        if actor.role == Role.SYSTEM_ADMIN:
            return self.all()
        held = OfficeHolding.objects.visible_to(actor).values("person_id")
        near = Q(agency__unit_id=actor.unit_id) | Q(agency__unit__in=units_kept_by(actor))
        colleagues = Membership.objects.filter(near).values("user_id")
        return self.filter(Q(pk__in=held) | Q(account__in=colleagues))

    def by_given_name(self) -> "PersonQuerySet":
        """As a Vietnamese list of staff is sorted: by given name, then by the whole name."""
        return self.order_by("name_sorted", "pk")


class Person(models.Model):
    """A person by the whole Vietnamese name, family name first; the given name is kept for address and sorting."""

    full_name = Line(max_length=120)
    given_name = Line(max_length=40)
    name_folded = Folded(of=("full_name",), db_index=True)
    name_sorted = Folded(of=("given_name", "full_name"), by="sort_key")

    objects = PersonQuerySet.as_manager()

    def __str__(self) -> str:
        return self.full_name

    @property
    def addressed(self) -> str:
        """How the person is spoken to at work, by the given name."""
        return _("comrade %(name)s") % {"name": self.given_name}


class OfficeQuerySet(seen_through("agency")):
    """Posts, as the page of an agency and pickers list them."""

    def in_protocol_order(self) -> "OfficeQuerySet":
        """By precedence of the agency, its head first, then by the post's own order and title."""
        return self.order_by(*_by_agency("agency"), "-is_head", "protocol_order", "title_sorted", "pk")


class Office(models.Model):
    """A post in an agency. What it was called on a day stands in its titles; the present one is repeated here.

    Rule: an agency has one post of head, with one seat, so that two heads at once are impossible; whoever acts as head
    holds the same post.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="offices")
    title = Line(max_length=120)
    printed_title = Line(max_length=80)
    authority = models.CharField(max_length=3, choices=SigningAuthority.choices, blank=True)
    is_head = models.BooleanField(default=False)
    seats = models.PositiveSmallIntegerField(default=1)
    protocol_order = models.PositiveSmallIntegerField(default=100)
    ended_on = models.DateField(null=True, blank=True)
    title_sorted = Folded(of=("title",), by="sort_key")

    objects = OfficeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "title"], name="office_title_once_in_agency"),
            models.UniqueConstraint(fields=["agency"], condition=Q(is_head=True), name="office_one_head_in_agency"),
            models.CheckConstraint(condition=Q(seats__gte=1, seats__lte=MOST_SEATS), name="office_seats_in_range"),
            models.CheckConstraint(condition=Q(is_head=False) | Q(seats=1, ended_on=None), name="office_head_is_one"),
        ]

    def __str__(self) -> str:
        return self.title

    def title_on(self, day: date) -> "OfficeTitle | Office":
        """The titles and the ground of signing that hold on a day; the nearest ones when none was recorded for it."""
        titles = sorted(self.titles.all(), key=lambda title: title.valid_from)
        holding = [title for title in titles if title.valid_from <= day] or titles
        return holding[-1] if holding else self


class OfficeTitle(Dated):
    """What a post is called during a period, in texts and in signature blocks, and on what ground its holder signs."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="titles")
    title = Line(max_length=120)
    printed_title = Line(max_length=80)
    authority = models.CharField(max_length=3, choices=SigningAuthority.choices, blank=True)

    objects = seen_through("office", base=DatedQuerySet).as_manager()

    class Meta:
        constraints = [
            period_in_order("officetitle"),
            models.UniqueConstraint(fields=["office", "valid_from"], name="officetitle_one_start"),
        ]

    def __str__(self) -> str:
        return self.title


class OfficeHoldingQuerySet(seen_through("office", base=DatedQuerySet)):
    """Who holds which post, as lists of people show it."""

    def in_protocol_order(self) -> "OfficeHoldingQuerySet":
        """By precedence of agencies, heads first, then the posts' own order, then people by given name."""
        post = ("-office__is_head", "office__protocol_order", "office__title_sorted", "office_id")
        return self.order_by(*_by_agency("office__agency"), *post, "person__name_sorted", "pk")


class OfficeHolding(Dated):
    """A person holding an office for a period; a person may hold several at once, a seat has one holder a day.

    Shape: `seat` is a number from 1 to the office's number of seats.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="holdings")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="holdings")
    seat = models.PositiveSmallIntegerField(default=1)
    is_acting = models.BooleanField(default=False)
    decision = Line(max_length=200, blank=True)
    ended_by = Line(max_length=200, blank=True)

    objects = OfficeHoldingQuerySet.as_manager()

    class Meta:
        constraints = [
            period_in_order("officeholding"),
            models.UniqueConstraint(fields=["office", "seat", "valid_from"], name="officeholding_one_start"),
            models.CheckConstraint(condition=Q(seat__gte=1), name="officeholding_seat_counted_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.office}"


def _by_agency(path: str) -> tuple[str, ...]:
    """The order of agencies, as the directory lists them."""
    return tuple(f"{path}__{column}" for column in ("protocol_order", "name_sorted", "pk"))


class UserQuerySet(models.QuerySet):
    """Accounts, as those who keep them list them."""

    def visible_to(self, actor: "Membership | None") -> "UserQuerySet":
        """Administrators see the accounts that act or acted in the units they keep; everyone else their own.

        Rule: R-SEE-8.
        """
        if actor is None:
            return self.none()
        if actor.role == Role.SYSTEM_ADMIN:
            return self.all()
        kept = Membership.objects.filter(agency__unit__in=units_kept_by(actor)).values("user_id")
        return self.filter(Q(pk=actor.user_id) | Q(pk__in=kept))


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):
    """Accounts are found by their name without regard to case; services open them."""

    def get_by_natural_key(self, username: str):
        return self.get(username=text.nfc(username).strip().lower())


class User(AbstractBaseUser):
    """An account. What it may do follows from its memberships, never from the account itself."""

    class Theme(models.TextChoices):
        LIGHT = "light", _("Light")
        DARK = "dark", _("Dark")
        AUTO = "auto", _("As the device")

    username = models.SlugField(_("user name"), max_length=60, unique=True, allow_unicode=False)
    email = models.EmailField(_("e-mail"), blank=True)
    person = models.OneToOneField(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="account")
    is_active = models.BooleanField(_("active"), default=True)
    suspended_at = models.DateTimeField(null=True, blank=True)
    suspension_reason = Prose(blank=True)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    theme = models.CharField(_("theme"), max_length=5, choices=Theme.choices, default=Theme.LIGHT)
    language = models.CharField(
        _("language"), max_length=2, choices=[("vi", "Tiếng Việt"), ("en", "English")], default="vi"
    )

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []

    objects = UserManager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(theme__in=["light", "dark", "auto"]), name="user_theme_known"),
            models.CheckConstraint(condition=Q(language__in=["vi", "en"]), name="user_language_known"),
            models.CheckConstraint(
                condition=Q(suspended_at=None) | (Q(is_active=False) & ~Q(suspension_reason="")),
                name="user_suspended_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.username


class MembershipQuerySet(DatedQuerySet):
    """Memberships, as sign-in, the account page and the administration ask for them."""

    def visible_to(self, actor: "Membership | None") -> "MembershipQuerySet":
        """Administrators see the memberships in the units they keep; everyone else their own.

        Rule: R-SEE-8.
        """
        if actor is None:
            return self.none()
        if actor.role == Role.SYSTEM_ADMIN:
            return self.all()
        return self.filter(Q(user_id=actor.user_id) | Q(agency__unit__in=units_kept_by(actor)))

    def usable_on(self, day: date) -> "MembershipQuerySet":
        """Those that hold on a day, of accounts that are not suspended, in agencies that then exist."""
        alive = Q(agency__valid_to=None) | Q(agency__valid_to__gte=day)
        return self.on(day).filter(alive, revoked_at=None, user__is_active=True, agency__valid_from__lte=day)

    def usable_by(self, user: User | int, day: date) -> "MembershipQuerySet":
        """The memberships an account can act in on a day, in protocol order. Rule: R-ACCESS-2."""
        return (
            self.usable_on(day)
            .filter(user=user)
            .select_related("user", "agency", "agency__unit")
            .order_by("agency__protocol_order", "pk")
        )


class Membership(Dated):
    """The actor: a person acting in an agency in a role during a period. Services take it as `actor`."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(_("role"), max_length=15, choices=Role.choices)
    title = Line(_("title"), max_length=120)
    # A role taken back on its very first day holds on no day, though its period needs one.
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            period_in_order("membership"),
            models.CheckConstraint(
                condition=Q(revoked_at=None) | Q(valid_to__isnull=False), name="membership_revoked_has_ended"
            ),
            models.UniqueConstraint(fields=["user", "agency", "role", "valid_from"], name="membership_one_start"),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="membership_role_known"),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.agency.current_short_name}"

    @property
    def unit_id(self) -> int:
        return self.agency.unit_id

    def agency_ids(self) -> frozenset[int]:
        """The agencies this member acts for today: their own, those their office serves, and those these took over.

        Rule: R-SUCC-3.
        """
        return frozenset(self._acting())

    def unit_ids(self) -> frozenset[int]:
        """The units of the agencies this member acts for: their own, and those of agencies they took over."""
        return frozenset({self.unit_id, *self._acting().values()})

    def _acting(self) -> dict[int, int]:
        if not hasattr(self, "_agencies_acted_for"):
            self._agencies_acted_for = acting_agencies(self.agency_id, clock.today())
        return self._agencies_acted_for

    def acts_for(self, agency_id: int | None) -> bool:
        """Whether the member acts for an agency today."""
        return agency_id in self.agency_ids()

    def remember_answers(self) -> None:
        """Begin to remember what is asked of this very instance: one page is read, and nothing is written meanwhile."""
        self._answers: dict[str, Any] = {}

    def asked_once(self, question: str, ask: Callable[[], Any]) -> Any:
        """The answer to a question about this member; asked anew each time, but once only while a page is read.

        Why on the instance: a request has its own, so nothing is told to another request, person or role.
        """
        answers = getattr(self, "_answers", None)
        if answers is None:
            return ask()
        if question not in answers:
            answers[question] = ask()
        return answers[question]
