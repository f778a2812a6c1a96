from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from agencies.access.enums import Role

# Whoever keeps accounts or papers needs the second factor where the portal requires one.
SECOND_FACTOR_ROLES = (Role.UNIT_ADMIN, Role.SYSTEM_ADMIN, Role.SECRETARY)
RECOVERY_CODES = 10

# An address from which an account has signed in within this time is not shut out by tries made elsewhere.
ADDRESS_KNOWN_FOR = timedelta(days=30)
# How long after the password the second step may be taken.
SECOND_STEP_WITHIN = timedelta(minutes=10)
LOCKED_FOR = timedelta(minutes=15)

SHORTEST_IDLE_MINUTES, LONGEST_IDLE_MINUTES = 5, 240
SHORTEST_HOURS, LONGEST_HOURS = 1, 24


class Limit(models.TextChoices):
    """A limit on wrong tries within a quarter of an hour, and what is locked when it is reached."""

    PAIR = "pair", pgettext_lazy("what is locked", "This account from this address")
    ADDRESS = "address", pgettext_lazy("what is locked", "Every account from this address")
    ACCOUNT = "account", pgettext_lazy("what is locked", "This account from new addresses")


TRIES = {Limit.PAIR: 5, Limit.ADDRESS: 30, Limit.ACCOUNT: 10}


class LinkPurpose(models.TextChoices):
    """What a one-time link is for."""

    INVITE = "invite", _("Invitation")
    RESET = "reset", _("New password")


LIFE_OF_LINK = {LinkPurpose.INVITE: timedelta(days=7), LinkPurpose.RESET: timedelta(minutes=60)}
# How many reset links one account may ask for in an hour; further wishes are answered alike and do nothing.
RESETS_IN_AN_HOUR = 3


class SignInEnd(models.TextChoices):
    """Why a device is signed in no longer."""

    SIGNED_OUT = "signed_out", pgettext_lazy("why a device is signed out", "Signed out")
    IDLE = "idle", pgettext_lazy("why a device is signed out", "Not used for too long")
    TOO_LONG = "too_long", pgettext_lazy("why a device is signed out", "Signed in for too long")
    PASSWORD = "password", pgettext_lazy("why a device is signed out", "The password was changed")
    SECOND_FACTOR = "second_factor", pgettext_lazy("why a device is signed out", "The second factor was changed")
    SUSPENDED = "suspended", pgettext_lazy("why a device is signed out", "The account was suspended")
    FROM_ELSEWHERE = "from_elsewhere", pgettext_lazy("why a device is signed out", "Ended from another device")
    ADMINISTRATOR = "administrator", pgettext_lazy("why a device is signed out", "Ended by an administrator")
    POLICY = "policy", pgettext_lazy("why a device is signed out", "The second factor became required")
