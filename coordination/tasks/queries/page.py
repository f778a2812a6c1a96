"""One task with all that happened to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.directory.lineage import with_present_names
from agencies.models import Membership
from coordination.tasks.enums import OPEN_STATES, RoleKind, ScheduleKind, Standing, TaskOrigin, TaskState
from coordination.tasks.models import (
    ActualFigure,
    DirectionPaper,
    DueDateChange,
    Evidence,
    ExtensionRequest,
    ProgressReport,
    Task,
    TaskRole,
    TaskStateChange,
)
from coordination.tasks.permissions import (
    can_ask_extension,
    can_cancel_task,
    can_confirm_task,
    can_edit_task,
    can_move_due_date,
    can_report_progress,
)
from coordination.tasks.queries.reported import Parts, extensions_of, parts_of
from coordination.tasks.queries.rows import TaskRow, row_of
from coordination.tasks.queries.timeline import Event, timeline
from coordination.tasks.queries.whole import parties_in_full, roles_in_full, steps_in_full, with_related
from coordination.tasks.queries.work import GroupPart, StepRow, TargetRow, group_parts, step_rows, target_rows
from coordination.tasks.workflow import FINISHED_STATES, STOPPED_STATES
from records.errors import Decision
from records.prepared import Prepared, attach

SAME_PAPER_LIMIT = 5


@dataclass(frozen=True)
class Action:
    """Something one can do with the task, and whether this actor may."""

    name: str
    decision: Decision


@dataclass(frozen=True)
class TaskPage:
    """Everything the detail page shows."""

    row: TaskRow
    events: Sequence[Event]
    actions: Sequence[Action]
    leads: Sequence[TaskRole]
    coordinators: Sequence[TaskRole]
    groups: Sequence[GroupPart]
    parts: Parts
    steps: Sequence[StepRow]
    targets: Sequence[TargetRow]
    extension: ExtensionRequest | None
    stop: TaskStateChange | None
    same_paper: Sequence[Task]
    days_late: int
    extensions: int
    has_reports: bool

    @property
    def allowed(self) -> dict[str, bool]:
        return {action.name: bool(action.decision) for action in self.actions}

    @property
    def refusals(self) -> list[str]:
        """Why buttons are missing, each reason once."""
        return list(dict.fromkeys(action.decision.reason for action in self.actions if not action.decision))

    @property
    def late_note(self) -> str:
        """How late the task is, to stand after its status."""
        words = ngettext("%(days)s day", "%(days)s days", self.days_late)
        return words % {"days": self.days_late} if self.days_late else ""

    @property
    def is_suspended(self) -> bool:
        return self.row.task.state == TaskState.SUSPENDED

    @property
    def items(self) -> list[StepRow]:
        """The parts of the work."""
        return [row for row in self.steps if row.is_item]

    @property
    def turns(self) -> list[StepRow]:
        """The waves of the work, or the turns of work that recurs."""
        return [row for row in self.steps if not row.is_item]

    @property
    def turns_title(self) -> str:
        """What the waves or turns are called together."""
        return _("Waves") if self.row.task.schedule_kind == ScheduleKind.WAVES else _("Turns")

    @property
    def carried_from_year(self) -> int | None:
        earlier = self.row.task.continues
        return earlier.program.year if earlier is not None else None


def with_everything(tasks: QuerySet[Task]) -> QuerySet[Task]:
    """Tasks with what permissions and the detail page ask about them, in a fixed number of queries."""
    return with_related(tasks).prefetch_related(
        Prefetch("roles", roles_in_full()),
        Prefetch("program__parties", parties_in_full()),
        Prefetch("steps", steps_in_full()),
        "targets",
    )


def task_page(actor: Membership, task: Task, *, today: date) -> TaskPage:
    """The page of a task fetched `with_everything`, for one actor on one day."""
    is_late = task.standing_on(today) == Standing.OVERDUE
    reports, moves = _reports_of(task), _MOVES.models(task=task.pk)
    roles, parts, steps = list(task.roles.all()), parts_of(actor, task), list(task.steps.all())
    with_present_names([task.confirming_agency, *(role.agency for role in roles)], today)
    told, requests = [report for part in parts for report in part.reports], extensions_of(task)
    return TaskPage(
        row=row_of(task, today=today),
        events=timeline(
            task, reports, moves, today=today, parts=told, steps=steps, requests=requests, earlier=_earlier(actor, task)
        ),
        actions=_actions(actor, task),
        leads=[role for role in roles if role.kind == RoleKind.LEAD],
        coordinators=[role for role in roles if role.kind == RoleKind.COORDINATOR],
        groups=group_parts(parts),
        parts=parts,
        steps=step_rows(actor, task, steps, today=today),
        targets=target_rows(task, reports),
        extension=next((one for one in requests if one.is_open and task.state in OPEN_STATES), None),
        stop=_stop_of(task),
        same_paper=_of_same_paper(actor, task, task.direction),
        days_late=(today - task.deadline).days if is_late else 0,
        extensions=len(moves),
        has_reports=bool(reports),
    )


def _reports_of(task: Task) -> list[ProgressReport]:
    reports = _REPORTS.models(task=task.pk)
    keys = tuple(report.pk for report in reports)
    if reports:
        attach(reports, "evidence", _FILES.models(reports=keys))
        attach(reports, "figures", _FIGURES.models(reports=keys))
    return reports


_REPORTS = Prepared(lambda task: ProgressReport.objects.filter(task=task).select_related("by__agency"))
_FILES = Prepared(lambda reports: Evidence.objects.filter(report__in=reports).select_related("file").order_by("pk"))
_FIGURES = Prepared(lambda reports: ActualFigure.objects.filter(report__in=reports).select_related("target"))
_MOVES = Prepared(lambda task: DueDateChange.objects.filter(task=task).select_related("by__agency"))


def _of_same_paper(actor: Membership, task: Task, paper: DirectionPaper | None) -> list[Task]:
    """Other tasks that were given by the same paper, as far as the reader sees them."""
    if paper is None:
        return []
    others = Task.objects.visible_to(actor).filter(direction=paper).exclude(pk=task.pk)
    return list(others.order_by("code")[:SAME_PAPER_LIMIT])


def _actions(actor: Membership, task: Task) -> list[Action]:
    wanted = [
        ("report", can_report_progress(actor, task)),
        ("edit", can_edit_task(actor, task)),
        ("extend", can_move_due_date(actor, task)),
    ]
    if not wanted[-1][1] and can_ask_extension(actor, task):
        wanted[-1] = ("ask", can_ask_extension(actor, task))
    if task.state == TaskState.AWAITING:
        wanted[0] = ("confirm", can_confirm_task(actor, task))
    # Whoever may suspend or resume may cancel as well.
    wanted.append(("stop", can_cancel_task(actor, task)))
    return [Action(name, decision) for name, decision in wanted]


def following_of(actor: Membership, task: Task) -> list[Task]:
    """The tasks that come after one and have not ended, as far as the reader sees them."""
    after = Task.objects.visible_to(actor).filter(follows=task).exclude(state__in=FINISHED_STATES)
    return list(after.order_by("ordinal"))


def _stop_of(task: Task) -> TaskStateChange | None:
    """The decision by which a task stands still; no query where it does not."""
    if task.state not in STOPPED_STATES:
        return None
    return task.state_changes.filter(to_state=task.state).select_related("by__agency").last()


def _earlier(actor: Membership, task: Task) -> Task | None:
    if task.origin != TaskOrigin.CARRIED_OVER:
        return None
    return Task.objects.visible_to(actor).filter(pk=task.continues_id).select_related("program").first()
