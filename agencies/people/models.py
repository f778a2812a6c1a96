"""People, the offices they hold, their accounts, and the memberships in which they act."""

from datetime import date

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.access.enums import Role
from agencies.dated import Dated, DatedQuerySet, period_in_order
from agencies.directory.enums import SigningAuthority
from agencies.directory.models import Agency
from records import clock, text
from records.fields import Folded, Line


class Person(models.Model):
    """A person by the whole Vietnamese name, family name first; the given name is kept for address and sorting."""

    full_name = Line(max_length=120)
    given_name = Line(max_length=40)
    name_folded = Folded(of=("full_name",), db_index=True)
    name_sorted = Folded(of=("given_name", "full_name"), by="sort_key")

    def __str__(self) -> str:
        return self.full_name


class Office(models.Model):
    """A post in an agency, with the title as texts write it and as signature blocks print it."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="offices")
    title = Line(max_length=120)
    printed_title = Line(max_length=80)
    authority = models.CharField(max_length=3, choices=SigningAuthority.choices, blank=True)
    is_head = models.BooleanField(default=False)
    protocol_order = models.PositiveSmallIntegerField(default=100)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "title"], name="office_title_once_in_agency")]

    def __str__(self) -> str:
        return self.title


class OfficeHolding(Dated):
    """A person holding an office for a period; a person may hold several at once, an office has one holder a day."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="holdings")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="holdings")
    decision = Line(max_length=200, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [
            period_in_order("officeholding"),
            models.UniqueConstraint(fields=["office", "valid_from"], name="officeholding_one_start"),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.office}"


class UserManager(BaseUserManager):
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
        ]

    def __str__(self) -> str:
        return self.username


class MembershipQuerySet(DatedQuerySet):
    """Memberships, as sign-in and the account page ask for them."""

    def usable_by(self, user: User, day: date) -> "MembershipQuerySet":
        """The memberships an active account can act in on a day, in protocol order."""
        return (
            self.on(day)
            .filter(user=user, user__is_active=True)
            .select_related("user", "agency", "agency__unit")
            .order_by("agency__protocol_order", "pk")
        )


class Membership(Dated):
    """The actor: a person acting in an agency in a role during a period. Services take it as `actor`."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(_("role"), max_length=15, choices=Role.choices)
    title = Line(_("title"), max_length=120)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            period_in_order("membership"),
            models.UniqueConstraint(fields=["user", "agency", "role", "valid_from"], name="membership_one_start"),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="membership_role_known"),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.agency.current_short_name}"

    @property
    def unit_id(self) -> int:
        return self.agency.unit_id

    def agency_ids(self) -> frozenset[int]:
        """The agencies this member acts for today: their own and those their office serves."""
        if not hasattr(self, "_agency_ids"):
            served = self.agency.services.on(clock.today()).values_list("served_id", flat=True)
            self._agency_ids = frozenset({self.agency_id, *served})
        return self._agency_ids

    def acts_for(self, agency_id: int | None) -> bool:
        """Whether the member acts for an agency today."""
        return agency_id in self.agency_ids()
