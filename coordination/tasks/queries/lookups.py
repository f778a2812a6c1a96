"""Small reads the task form and the portal's search ask for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from agencies.access.scopes import InUnit, Sight, Viewer, works_on_content
from agencies.directory.lineage import existing_on
from agencies.models import Agency, Membership
from coordination.programs.enums import ENDED_STATES, ProgramState
from coordination.programs.models import Area, Program, ProgramParty, Section
from coordination.programs.queries import standing_parties
from coordination.tasks.models import Task
from coordination.tasks.queries.rows import whole_rows
from records import clock
from records.audit.enums import AuditAction
from records.audit.queries import entries_about
from records.finding import found_among, typed_words
from records.prepared import Prepared

SAME_SECTION_LIMIT = 5


def search(actor: Membership, asked: str) -> QuerySet[Task]:
    """Tasks an actor sees whose code and name hold every typed word, the last entered first.

    Rule: R-FIND-2.
    """
    return holding_words(actor, typed_words(asked))


def holding_words(actor: Viewer, words: Sequence[str]) -> QuerySet[Task]:
    """The same of words that are folded already. Rule: R-FIND-2."""
    return found_among(Task.objects.visible_to(actor), "title_folded", words).order_by("-pk")


def programs_open_to(actor: Membership) -> QuerySet[Program]:
    """The programs an actor may add tasks to, newest first: some of those its agencies make."""
    return _open_to(tuple(actor.agency_ids())) if works_on_content(actor) else Program.objects.none()


def programs_to_choose(actor: Membership) -> list[Program]:
    """The same, as the task form asks for them. One query."""
    return _OPEN.models(agencies=tuple(actor.agency_ids())) if works_on_content(actor) else []


def _open_to(agencies: tuple[int, ...]) -> QuerySet[Program]:
    party_to = ProgramParty.objects.filter(agency_id__in=agencies).values("program_id")
    running = Program.objects.made_by(Sight(agencies)).exclude(state__in=(ProgramState.EVALUATING, *ENDED_STATES))
    return running.filter(pk__in=party_to).order_by("-year", "ordinal")


_OPEN = Prepared(_open_to)


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


def parties_as_entered(program: Program) -> list[ProgramParty]:
    """The parties of a program with their agencies, in letterhead order. One query."""
    return _PARTIES.models(program=program.pk)


_PARTIES = Prepared(lambda program: ProgramParty.objects.filter(program=program).select_related("agency"))


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


def first_other_agencies(actor: Membership, parties: Iterable[Agency], size: int) -> list[Agency]:
    """So many of them at most, for a new task, as the task form asks for them. One query."""
    keys = tuple(agency.pk for agency in parties)
    return _OTHERS.first_models(size, unit=actor.unit_id, parties=keys, day=clock.today())


def _others(unit: int, parties: tuple[int, ...], day: date) -> QuerySet[Agency]:
    known = existing_on(Agency.objects.visible_to(InUnit(unit)), day)
    return known.exclude(pk__in=parties).in_protocol_order()


_OTHERS = Prepared(_others)


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
