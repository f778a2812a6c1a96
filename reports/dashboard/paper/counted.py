"""The tasks a dashboard counts, one by one, as its workbook lists them."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import F, OuterRef, QuerySet, Subquery

from agencies.models import Agency, Membership
from coordination.figures.scope import narrowed, tasks_of
from coordination.tasks.enums import Bucket, RoleKind
from coordination.tasks.models import Task
from coordination.tasks.queries import past
from reports.dashboard.queries import Dashboard

# Beyond so many tasks a program would reckon for minutes.
MOST_TASKS = 20_000
NO_LEAD = "Chưa có cơ quan chủ trì"


@dataclass(frozen=True)
class CountedTask:
    """One task with what it is counted under. `due_month` is None where the deadline lies outside the year."""

    code: str
    title: str
    program: str
    area: str
    lead: str
    deadline: date | None
    completed_on: date | None
    due_month: int | None
    bucket: Bucket


@dataclass(frozen=True)
class Counted:
    """The tasks, and how agencies and areas are called among them: no two alike. The keys are those of the figures."""

    tasks: tuple[CountedTask, ...]
    agencies: Mapping[int | None, str]
    areas: Mapping[int | None, str]


def counted_of(dashboard: Dashboard, actor: Membership) -> Counted:
    """Every task of the dashboard's scope, year and day in the order of the list, under its first lead.

    Rule: R-FIG-1, R-FIG-6. Two queries; none of the tasks where they are too many.
    """
    year = dashboard.figures.year
    rows = list(_rows(dashboard, actor)) if year.total + year.ongoing <= MOST_TASKS else []
    leads = {row.agency.pk: (row.agency.short_name, row.agency.code) for row in dashboard.figures.agencies}
    others = {row["lead_id"] for row in rows} - leads.keys() - {None}
    also = Agency.objects.filter(pk__in=others).order_by("name_sorted", "pk")
    leads |= {pk: (name, code) for pk, name, code in also.values_list("pk", "current_short_name", "code")}
    if any(row["lead_id"] is None for row in rows):
        leads[None] = (NO_LEAD, "")
    agencies = unlike(leads)
    areas = unlike({area.pk: (area.name, area.code) for area in dashboard.figures.areas})
    tasks = tuple(_task(row, dashboard.year, agencies, areas) for row in rows)
    return Counted(tasks, agencies, areas)


def unlike(named: Mapping[int | None, tuple[str, str]]) -> dict[int | None, str]:
    """Names by key; those that are alike are told apart by their codes, and where these are alike too, by a number."""
    labels: dict[int | None, str] = {}
    taken: set[str] = set()
    alike = Counter(name.casefold() for name, _code in named.values())
    for key, (name, code) in named.items():
        label = wanted = f"{name} ({code})" if alike[name.casefold()] > 1 and code else name
        turn = 1
        while label.casefold() in taken:
            turn += 1
            label = f"{wanted} {turn}"
        taken.add(label.casefold())
        labels[key] = label
    return labels


def _task(row: dict, year: int, agencies: Mapping[int | None, str], areas: Mapping[int | None, str]) -> CountedTask:
    deadline = row["deadline_on"]
    return CountedTask(
        code=row["code"],
        title=row["title"],
        program=row["program__code"],
        area=areas.get(row["area_id"], ""),
        lead=agencies[row["lead_id"]],
        deadline=deadline,
        completed_on=row["done_on"],
        due_month=deadline.month if deadline and deadline.year == year else None,
        bucket=Bucket(row["bucket"]),
    )


def _rows(dashboard: Dashboard, actor: Membership) -> QuerySet[Task]:
    scope, day = dashboard.narrowing.scope(actor), dashboard.as_of
    facts = past.facts_on(day)
    tasks = narrowed(scope, tasks_of(scope, dashboard.year, as_of=day), as_of=day).exclude(bucket="")
    dated = {"deadline_on": F(facts.deadline), "done_on": F(facts.completed_on)}
    return (
        tasks.annotate(lead_id=first_lead(scope.roles_on_day(day)), **dated)
        .order_by("program__code", "ordinal", "pk")
        .values("code", "title", "program__code", "area_id", "lead_id", "deadline_on", "done_on", "bucket")
    )


def first_lead(day: date | None) -> Subquery:
    """The agency that leads a task first, or did on a day."""
    leads = past.roles_on(day).filter(task_id=OuterRef("pk"), kind=RoleKind.LEAD).order_by("position")
    return Subquery(leads.values("agency_then")[:1])
