"""The rows of a workbook: every task with what its cells say, its mark, and whether the reader may write into it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from agencies.directory.lineage import existing_on
from agencies.models import Agency, Membership
from coordination.intake.enums import PLAN_COLUMNS, PROGRESS_COLUMNS, Column
from coordination.intake.queries import areas_for, names_for
from coordination.intake.queries.present import is_total, measures_by, progress_of, said_of, with_rows
from coordination.intake.reading.marks import mark_of
from coordination.programs.enums import ENDED_STATES
from coordination.programs.models import Area, Program
from coordination.tasks.models import Task, TaskQuerySet
from coordination.tasks.permissions import can_edit_task, can_report_progress
from coordination.tasks.queries import programs_open_to
from records import clock

_AT_ONCE = 500


@dataclass(frozen=True)
class BookRow:
    """One task as a row: its mark, the text of each column, where it stands, and what may be written into."""

    mark: str
    said: dict[Column, str]
    standing: str
    writable: frozenset[Column]


@dataclass(frozen=True)
class Book:
    """A workbook before it is written: whose it is, its columns, what may be chosen, its rows one after another."""

    title: str
    year: int
    columns: tuple[Column, ...]
    areas: list[str]
    parties: list[str]
    agencies: list[str]
    programs: list[str]
    rows: Iterator[BookRow]


def program_book(program: Program, *, actor: Membership) -> Book:
    """The workbook of a program: all its tasks the actor sees. A dozen queries, and seven for every 500 tasks."""
    names = names_for(actor, program)
    tasks = Task.objects.visible_to(actor).filter(program=program).order_by("ordinal")
    return Book(
        title=program.code,
        year=max(program.year, program.period_start.year),
        columns=(Column.MARK, Column.ORDINAL, *PLAN_COLUMNS, *PROGRESS_COLUMNS),
        areas=[area.name for area in areas_for(program).areas],
        parties=[agency.current_name for agency in names.parties],
        agencies=[agency.current_name for agency in [*names.parties, *names.others]],
        programs=[],
        rows=_rows(tasks, actor),
    )


def agency_book(actor: Membership, year: int) -> Book:
    """The workbook of the actor's agencies: every task of a year they lead, in programs that have not ended."""
    tasks = Task.objects.visible_to(actor).of_year(year).led_by(actor.agency_ids())
    tasks = tasks.exclude(program__state__in=ENDED_STATES).order_by("program__code", "ordinal")
    programs = list(programs_open_to(actor).select_related("unit"))
    areas = Area.objects.filter(unit__in={program.unit_id for program in programs}, is_active=True)
    names = names_for(actor, programs[0]) if programs else None
    return Book(
        title=actor.agency.current_short_name,
        year=year,
        columns=(Column.MARK, Column.ORDINAL, Column.PROGRAM, *PLAN_COLUMNS, *PROGRESS_COLUMNS),
        areas=list(dict.fromkeys(area.name for area in areas)),
        parties=[agency.current_name for agency in _own_agencies(actor)],
        agencies=[agency.current_name for agency in [*names.parties, *names.others]] if names else [],
        programs=[program.code for program in programs],
        rows=_rows(tasks, actor),
    )


def _own_agencies(actor: Membership) -> QuerySet[Agency]:
    """Those the actor acts for and that exist today: they may lead."""
    return existing_on(Agency.objects.filter(pk__in=actor.agency_ids()), clock.today()).in_protocol_order()


def _rows(tasks: TaskQuerySet, actor: Membership) -> Iterator[BookRow]:
    today = clock.today()
    for task in with_rows(tasks).iterator(chunk_size=_AT_ONCE):
        said = said_of(task) | progress_of(task)
        yield BookRow(
            mark=mark_of(task.code, said),
            said={**said, Column.ORDINAL: task.short_code, Column.PROGRAM: task.program.code},
            standing=str(task.standing_on(today).label),
            writable=frozenset(_writable(task, actor)),
        )


def _writable(task: Task, actor: Membership) -> Iterator[Column]:
    """What the actor may write into: the plan while they may edit it, the progress while they may report it. Progress
    is either a quantity or a share, and neither where parts make the total.
    """
    if can_edit_task(actor, task):
        yield from PLAN_COLUMNS
    if not can_report_progress(actor, task):
        return
    target = measures_by(task)
    is_counted = target is not None and target.is_counted
    closed = {Column.SHARE if is_counted else Column.DONE} | ({Column.DONE} if is_total(task) else set())
    yield from (column for column in PROGRESS_COLUMNS if column not in closed)
