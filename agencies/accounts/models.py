"""How accounts are entered: signed-in devices, one-time links, and the policy all sign-ins follow."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _

from agencies.access.enums import Role
from agencies.access.scopes import Viewer, seen_through
from agencies.accounts.enums import (
    LONGEST_HOURS,
    LONGEST_IDLE_MINUTES,
    SHORTEST_HOURS,
    SHORTEST_IDLE_MINUTES,
    LinkPurpose,
    SignInEnd,
)
from records import clock


class SignIn(models.Model):
    """One device signed in to one account, from its sign-in to its end and why it ended.

    Why a digest: whoever reads the table cannot go on in anyone's session.
    """

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="sign_ins", db_index=False
    )
    session_digest = models.CharField(max_length=64, unique=True)
    begun_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()
    address = models.CharField(max_length=45, blank=True)
    browser = models.CharField(max_length=30, blank=True)
    system = models.CharField(max_length=30, blank=True)
    has_second_factor = models.BooleanField(default=False)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_because = models.CharField(max_length=15, choices=SignInEnd.choices, blank=True)

    objects = seen_through("account").as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_because="") | Q(ended_at__isnull=False) & ~Q(ended_because=""),
                name="signin_ended_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(ended_because__in=["", *SignInEnd.values]), name="signin_end_reason_known"
            ),
        ]
        indexes = [
            models.Index(fields=["account", "address", "begun_at"], name="signin_known_address"),
            models.Index(fields=["account"], condition=Q(ended_at=None), name="signin_open"),
        ]

    def __str__(self) -> str:
        return " · ".join(part for part in (self.browser, self.system, self.address) if part)

    @property
    def words(self) -> str:
        """The device as people call it, such as "Chrome on Windows"."""
        if self.browser and self.system:
            return _("%(browser)s on %(system)s") % {"browser": self.browser, "system": self.system}
        return self.browser or self.system or _("A browser that does not tell its name")

    @property
    def is_phone(self) -> bool:
        return self.system in ("iPhone", "Android")

    @property
    def signed_in_at(self) -> datetime:
        """When it signed in, on the portal's clock."""
        return clock.told(self.begun_at)

    @property
    def seen_at(self) -> datetime:
        """When it was last used, on the portal's clock."""
        return clock.told(self.last_seen_at)

    @property
    def signed_out_at(self) -> datetime | None:
        """When it was signed out, on the portal's clock."""
        return clock.told(self.ended_at)


class OneTimeLink(models.Model):
    """A link that lets its holder set the password of one account, once and for a while; only its digest is kept.

    `made_by` is the administrator who issued it; None when the account's owner asked.
    """

    purpose = models.CharField(max_length=10, choices=LinkPurpose.choices)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="links")
    token_digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    made_by = models.ForeignKey(
        "agencies.Membership", null=True, blank=True, on_delete=models.PROTECT, related_name="links_made"
    )

    objects = seen_through("account").as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(purpose__in=LinkPurpose.values), name="onetimelink_purpose_known"),
            models.CheckConstraint(condition=Q(expires_at__gte=F("made_at")), name="onetimelink_period_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()}, {self.account}"


class SignInPolicyQuerySet(models.QuerySet):
    """The policy, as those who may set it ask for it."""

    def visible_to(self, actor: Viewer | None) -> "SignInPolicyQuerySet":
        """System administrators; everybody else is told what it asks of them when it does."""
        return self.all() if actor is not None and actor.role == Role.SYSTEM_ADMIN else self.none()


class SignInPolicy(models.Model):
    """What every sign-in follows, once a system administrator has set it; one row. Until then the settings hold."""

    ONLY = 1

    id = models.PositiveSmallIntegerField(primary_key=True, default=ONLY)
    second_factor_required = models.BooleanField()
    idle_minutes = models.PositiveSmallIntegerField()
    longest_hours = models.PositiveSmallIntegerField()
    changed_at = models.DateTimeField()

    objects = SignInPolicyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="signinpolicy_is_one"),
            models.CheckConstraint(
                condition=Q(idle_minutes__gte=SHORTEST_IDLE_MINUTES, idle_minutes__lte=LONGEST_IDLE_MINUTES),
                name="signinpolicy_idle_in_range",
            ),
            models.CheckConstraint(
                condition=Q(longest_hours__gte=SHORTEST_HOURS, longest_hours__lte=LONGEST_HOURS),
                name="signinpolicy_hours_in_range",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.idle_minutes} min, {self.longest_hours} h"
