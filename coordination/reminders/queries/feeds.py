"""The secret addresses at which calendars lie."""

import hashlib

from agencies.models import Membership
from coordination.reminders.models import CalendarFeed
from records import clock


def digest_of_token(token: str) -> str:
    """What is kept of a secret address: whoever reads the table cannot open the calendar."""
    return hashlib.sha256(token.encode()).hexdigest()


def feed_at(token: str) -> CalendarFeed | None:
    """The calendar at a secret address, while it was not taken back and its member may act. One query.

    Rule: R-FEED-1.
    """
    feeds = CalendarFeed.objects.live().select_related("member__user", "member__agency__unit")
    usable = Membership.objects.usable_on(clock.today())
    return feeds.filter(token_digest=digest_of_token(token), member__in=usable).first()


def feeds_of(actor: Membership) -> list[CalendarFeed]:
    """The live addresses the actor may know of, one's own first. One query."""
    feeds = CalendarFeed.objects.visible_to(actor).live().select_related("member__user", "member__agency")
    return sorted(feeds, key=lambda feed: (feed.member.user_id != actor.user_id, feed.kind, feed.pk))
