"""Opening and ending the secret addresses of calendars."""

import secrets

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.access.decisions import require
from agencies.models import Membership
from coordination.reminders.enums import FeedKind
from coordination.reminders.models import CalendarFeed
from coordination.reminders.permissions import can_open_feed, can_revoke_feed
from coordination.reminders.queries.feeds import digest_of_token
from records import clock
from records.audit.enums import AuditAction
from records.audit.services import record
from records.errors import Conflict


def address_of_feed(token: str) -> str:
    """Where a calendar is fetched. The host is the portal's own setting, never what a request says."""
    return settings.PORTAL_ADDRESS + reverse("coordination:calendar-feed", kwargs={"token": token})


@transaction.atomic
def open_feed(kind: FeedKind, *, actor: Membership) -> str:
    """Make a new secret address for a calendar; its token, told this once and kept nowhere.

    Rule: R-FEED-1. The address the actor had for it until now ends with it.
    Raises: NotAllowed.
    """
    require(can_open_feed(actor, kind))
    Membership.objects.select_for_update(of=("self",)).get(pk=actor.pk)
    for feed in CalendarFeed.objects.live().filter(member=actor, kind=kind):
        _end(feed, actor)
    token = secrets.token_urlsafe(32)
    feed = CalendarFeed.objects.create(
        member=actor, kind=kind, token_digest=digest_of_token(token), made_at=clock.now()
    )
    record(AuditAction.CREATED, actor=actor, about=feed, after={"feed": kind})
    return token


@transaction.atomic
def revoke_feed(feed: CalendarFeed, *, actor: Membership) -> None:
    """Take an address back: from now on it answers as one that never was.

    Raises: NotAllowed; Conflict when it was taken back already.
    """
    feed = CalendarFeed.objects.select_for_update(of=("self",)).select_related("member").get(pk=feed.pk)
    require(can_revoke_feed(actor, feed))
    if feed.revoked_at is not None:
        raise Conflict(_("This address was taken back already."))
    _end(feed, actor)


def _end(feed: CalendarFeed, actor: Membership) -> None:
    feed.revoked_at = clock.now()
    feed.save(update_fields=["revoked_at"])
    record(AuditAction.ENDED, actor=actor, about=feed, before={"feed": feed.kind}, after={"feed": None})
