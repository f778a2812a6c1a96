"""Small reads the task form and the portal's search ask for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from agencies.directory.lineage import existing_on
from agencies.models import Agency, Membership
from coordination.programs.enums import ENDED_STATES, ProgramState
from coordination.programs.models import Area, Program, Section
from coordination.programs.queries import standing_parties
from coordination.tasks.models import Task
from coordination.tasks.queries.rows import whole_rows
from records import clock
from records.audit.enums import AuditAction
from records.audit.queries import entries_about
from records.finding import found_among

SAME_SECTION_LIMIT = 5


def search(actor: Membership, asked: str) -> QuerySet[Task]:
    """Tasks an actor sees whose code and name hold every typed word, the last entered first.

    Rule: R-FIND-2.
    """
    return found_among(Task.objects.visible_to(actor), "title_folded", asked).order_by("-pk")


def programs_open_to(actor: Membership) -> QuerySet[Program]:
    """The programs an actor may add tasks to, newest first."""
    party_to = Program.objects.filter(parties__agency_id__in=actor.agency_ids()).values("pk")
    return (
        Program.objects.visible_to(actor)
        .filter(pk__in=party_to)
        .exclude(state__in=(ProgramState.EVALUATING, *ENDED_STATES))
        .order_by("-year", "ordinal")
    )


def same_section_tasks(
    actor: Membership, program: Program, section: Section | None, *, but: Task | None = None
) -> QuerySet[Task]:
    """The tasks beside which one is planned, so that nobody plans it twice."""
    tasks = Task.objects.visible_to(actor).filter(program=program)
    if section is not None:
        tasks = tasks.filter(section=section)
    if but is not None:
        tasks = tasks.exclude(pk=but.pk)
    return whole_rows(tasks).order_by("-ordinal")


def parties_of(program: Program) -> list[Agency]:
    """The parties of a program in letterhead order; where one has ended, who took it over."""
    return standing_parties(program, clock.today())


def other_agencies(actor: Membership, parties: Iterable[Agency], task: Task | None = None) -> QuerySet[Agency]:
    """The agencies of the unit, and of the units below it, that are no party and may still coordinate.

    Those with a part in the task already are offered too, wherever they are now.
    """
    known = existing_on(Agency.objects.visible_to(actor), clock.today())
    if task is not None:
        known = (known | Agency.objects.filter(task_roles__task=task)).distinct()
    return known.exclude(pk__in=[agency.pk for agency in parties]).in_protocol_order()


@dataclass(frozen=True)
class LastChange:
    """Who changed a task last, and when."""

    by: str
    at: datetime


def last_change(task: Task) -> LastChange | None:
    """The newest change of a task as the audit tells it: the agency's short name and the moment."""
    entry = entries_about(task).filter(action__in=(AuditAction.CHANGED, AuditAction.CREATED)).first()
    if entry is None:
        return None
    agency = Agency.objects.filter(pk=entry.agency_id).first()
    return LastChange(agency.current_short_name if agency else entry.actor_label, entry.at)


def areas_of(program: Program) -> QuerySet[Area]:
    """The areas tasks of a program may lie in."""
    return Area.objects.filter(unit_id=program.unit_id, is_active=True)
