"""What one address gives out to calendar programs, written as iCalendar (RFC 5545)."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from agencies.models import Membership
from coordination.conferences.models import Conference
from coordination.consultation.models import ConsultationRound
from coordination.consultation.queries import to_comment
from coordination.programs.enums import ENDED_STATES, SETTLED_STATES
from coordination.reminders.enums import FeedKind
from coordination.reminders.models import CalendarFeed
from coordination.tasks.enums import OPEN_STATES, RoleKind
from coordination.tasks.models import Task, TaskRole
from records import clock
from records.wording import day as day_in_words

DAYS_BACK, DAYS_AHEAD = 31, 400
MOST_EVENTS = 1000
_MEETING = timedelta(hours=2)


def calendar_of(feed: CalendarFeed, today: date) -> bytes:
    """The calendar of a feed: deadlines, meetings, and for one's own also days until which comments are awaited.

    Rule: R-FEED-2. Everything in it is what its member sees at this moment.
    """
    with translation.override(feed.member.user.language):
        calendar = Calendar()
        calendar.add("prodid", "-//Coordination Portal//calendar//VI")
        calendar.add("version", "2.0")
        calendar.add("method", "PUBLISH")
        calendar.add("x-wr-calname", _name(feed))
        calendar.add("x-wr-timezone", settings.TIME_ZONE)
        calendar.add("refresh-interval", timedelta(hours=6), parameters={"value": "DURATION"})
        for event in _events(feed, today):
            calendar.add_component(event)
        return calendar.to_ical()


def _name(feed: CalendarFeed) -> str:
    if feed.scope is FeedKind.OWN:
        return _("My work on the Coordination Portal")
    return _("Coordinated work of %(agency)s") % {"agency": feed.member.agency.current_short_name}


def _events(feed: CalendarFeed, today: date) -> Iterable[Event]:
    """Each thing once, however many roles see it."""
    members = [feed.member]
    if feed.scope is FeedKind.OWN:
        members = list(Membership.objects.usable_by(feed.member.user, today))
    events: dict[str, Event] = {}
    for member in members:
        for event in _of_member(member, feed.scope, today):
            events.setdefault(str(event["uid"]), event)
    return list(events.values())[:MOST_EVENTS]


def _of_member(member: Membership, scope: FeedKind, today: date) -> Iterable[Event]:
    for task in _tasks(member, scope, today):
        yield _deadline(task, today)
    first, last = today - timedelta(days=DAYS_BACK), today + timedelta(days=DAYS_AHEAD)
    held = Conference.objects.visible_to(member).filter(held_on__gte=first, held_on__lte=last)
    for conference in held.select_related("unit").order_by("held_on", "pk"):
        yield _meeting(conference.addressed_for(member), today)
    for asked in to_comment(member, today) if scope is FeedKind.OWN else ():
        yield _comments_until(asked.round, today)


def _tasks(member: Membership, scope: FeedKind, today: date) -> QuerySet[Task]:
    """Tasks that run with a deadline near by: of one's own those the agencies lead, of an agency also its parts."""
    roles = TaskRole.objects.filter(agency_id__in=member.agency_ids())
    if scope is FeedKind.OWN:
        roles = roles.filter(kind=RoleKind.LEAD)
    running = Q(state__in=OPEN_STATES, program__state__in=SETTLED_STATES) & ~Q(program__state__in=ENDED_STATES)
    near = Q(deadline__gte=today - timedelta(days=DAYS_AHEAD), deadline__lte=today + timedelta(days=DAYS_AHEAD))
    tasks = Task.objects.visible_to(member).filter(running, near, pk__in=roles.values("task_id"))
    return tasks.select_related("program").order_by("deadline", "pk")[:MOST_EVENTS]


def _deadline(task: Task, today: date) -> Event:
    event = _event(f"task-{task.pk}", _("Deadline %(code)s: %(title)s") % {
        "code": task.short_code, "title": task.title,
    }, today)  # fmt: skip
    _whole_day(event, task.deadline)
    url = settings.PORTAL_ADDRESS + reverse("coordination:task-detail", args=[task.slug])
    lines = [task.code, _("Deadline %(day)s") % {"day": day_in_words(task.deadline)}, url]
    event.add("description", "\n".join(lines))
    event.add("url", url)
    event.add("categories", [_("Tasks")])
    return event


def _meeting(conference: Conference, today: date) -> Event:
    event = _event(f"conference-{conference.pk}", conference.title, today)
    if conference.starts_at:
        begins = datetime.combine(conference.held_on, conference.starts_at, timezone.get_default_timezone())
        event.add("dtstart", begins.astimezone(UTC))
        event.add("dtend", (begins + _MEETING).astimezone(UTC))
    else:
        _whole_day(event, conference.held_on)
    if conference.place:
        event.add("location", conference.place)
    url = settings.PORTAL_ADDRESS + reverse("coordination:conference-detail", args=[conference.slug])
    event.add("description", url)
    event.add("url", url)
    event.add("categories", [_("Conferences")])
    return event


def _comments_until(round: ConsultationRound, today: date) -> Event:
    program = round.program
    words = _("Comments on %(code)s: %(title)s") % {"code": program.code, "title": program.short_title}
    event = _event(f"round-{round.pk}", words, today)
    _whole_day(event, round.comments_until)
    url = settings.PORTAL_ADDRESS + reverse("coordination:consultation", args=[program.slug])
    event.add("description", url)
    event.add("url", url)
    event.add("categories", [_("Programs")])
    return event


def _event(name: str, summary: str, today: date) -> Event:
    event = Event()
    event.add("uid", f"{name}@{urlsplit(settings.PORTAL_ADDRESS).hostname}")
    event.add("dtstamp", clock.at(today).astimezone(UTC))
    event.add("summary", summary)
    return event


def _whole_day(event: Event, day: date) -> None:
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
