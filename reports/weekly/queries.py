"""What the sheet of the week needs beyond the dashboard: who wants it, who is silent, what the last sheet told."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Max, Q

from agencies.access.enums import CONTENT_ROLES
from agencies.models import Agency, Membership
from coordination.figures.scope import narrowed, tasks_of
from coordination.tasks.enums import Bucket
from coordination.tasks.queries import past
from records import clock
from reports.dashboard.paper.counted import first_lead
from reports.dashboard.queries import Dashboard
from reports.weekly.enums import SENT_AT_HOUR, SILENT_DAYS
from reports.weekly.models import WeeklyChoice, WeeklySheet


@dataclass(frozen=True)
class Silent:
    """An agency that leads unfinished tasks and has not reported for long; `last_on` is None where it never has."""

    name: str
    unfinished: int
    last_on: date | None
    days: int | None


def wants_weekly(actor: Membership) -> bool:
    """Whether the member asked for the sheet."""
    return WeeklyChoice.objects.visible_to(actor).filter(is_wanted=True).exists()


def monday_of(day: date) -> date:
    """The day that names a week."""
    return day - timedelta(days=day.weekday())


def is_time(moment: datetime) -> bool:
    """Whether the sheets of the week may go: from Monday in the morning on, late where the portal was not running."""
    return moment >= clock.at(monday_of(clock.local_day(moment)), SENT_AT_HOUR)


def members_to_write_to(day: date) -> Iterator[Membership]:
    """Those who wanted the sheet before its hour, can act and be written to today and have not got it. One query.

    Rule: R-WEEK-2, R-WEEK-3. Who asks for it later gets the next one.
    """
    monday = monday_of(day)
    before = Q(weekly_choice__is_wanted=True, weekly_choice__changed_at__lt=clock.at(monday, SENT_AT_HOUR))
    members = (
        Membership.objects.usable_on(day)
        .filter(before, role__in=CONTENT_ROLES)
        .exclude(user__email="")
        .exclude(weekly_sheets__monday=monday)
    )
    yield from members.select_related("user", "agency", "agency__unit").order_by("pk")


def counts_before(member: Membership, monday: date) -> Mapping[str, int] | None:
    """What the sheet of the week before told; None where none was sent."""
    before = WeeklySheet.objects.filter(member=member, monday=monday - timedelta(days=7))
    return before.values_list("counts", flat=True).first()


def silent_agencies(dashboard: Dashboard, actor: Membership) -> list[Silent]:
    """Lead agencies whose last report on any unfinished task that has begun is long ago; the longest silent first.

    Rule: R-WEEK-4. Two queries.
    """
    scope, day = dashboard.narrowing.scope(actor), dashboard.as_of
    tasks = narrowed(scope, tasks_of(scope, dashboard.year, as_of=day), as_of=day)
    begun = Q(start_on=None) | Q(start_on__lte=day)
    rows = (
        tasks.filter(begun, bucket__in=(Bucket.IN_TIME.value, Bucket.OVERDUE.value))
        .annotate(lead_id=first_lead(scope.roles_on_day(day)))
        .order_by()
        .values_list("lead_id")
        .annotate(Count("pk"), Max(past.facts_on(day).last_reported_at))
    )
    quiet = {lead: (count, last) for lead, count, last in rows if lead and _is_long_ago(last, day)}
    named = Agency.objects.filter(pk__in=quiet).order_by("protocol_order", "name_sorted", "pk")
    silent = [_silent(name, *quiet[pk], day) for pk, name in named.values_list("pk", "current_short_name")]
    return sorted(silent, key=lambda one: one.last_on or date.min)


def _is_long_ago(last: datetime | None, day: date) -> bool:
    return last is None or (day - clock.local_day(last)).days >= SILENT_DAYS


def _silent(name: str, unfinished: int, last: datetime | None, day: date) -> Silent:
    last_on = clock.local_day(last) if last else None
    return Silent(name, unfinished, last_on, (day - last_on).days if last_on else None)
