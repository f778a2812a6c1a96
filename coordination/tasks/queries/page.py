"""One task with all that happened to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from agencies.directory.lineage import with_present_names
from agencies.models import Membership
from coordination.programs.models import ProgramParty
from coordination.tasks.enums import RoleKind, Standing, TaskOrigin, TaskState
from coordination.tasks.models import DueDateChange, Evidence, ProgressReport, Target, Task, TaskRole, TaskStateChange
from coordination.tasks.permissions import (
    can_confirm_task,
    can_edit_task,
    can_move_due_date,
    can_report_progress,
)
from coordination.tasks.queries.listing import TaskRow, row_of
from records import clock
from records.errors import Decision
from records.wording import day, number

_STATE_WORDS = {
    (TaskState.AWAITING, TaskState.COMPLETED): (gettext_lazy("Result confirmed"), "ok"),
    (TaskState.AWAITING, TaskState.IN_PROGRESS): (gettext_lazy("Returned for rework"), "bad"),
}


@dataclass(frozen=True)
class Event:
    """One entry of the timeline: when, by whom, what, in what words, with which files."""

    at: datetime
    who: str
    headline: str
    text: str = ""
    tone: str = ""
    files: Sequence[Evidence] = ()
    day_only: bool = False
    earlier: Task | None = None


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
    def carried_from_year(self) -> int | None:
        earlier = self.row.task.continues
        return earlier.program.year if earlier is not None else None


def with_everything(tasks: QuerySet[Task]) -> QuerySet[Task]:
    """Tasks with what permissions and the detail page ask about them, in a fixed number of queries."""
    roles = TaskRole.objects.select_related("agency", "office").order_by("kind", "position")
    parties = ProgramParty.objects.select_related("agency")
    return tasks.select_related(
        "program", "program__drafting_agency", "area", "section", "confirming_agency", "continues__program"
    ).prefetch_related(Prefetch("roles", roles), Prefetch("program__parties", parties), "targets")


def task_page(actor: Membership, task: Task, *, today: date) -> TaskPage:
    """The page of a task fetched `with_everything`, for one actor on one day."""
    is_late = task.standing_on(today) == Standing.OVERDUE
    reports, moves = _reports_of(task), list(task.due_date_changes.select_related("by__agency"))
    roles = list(task.roles.all())
    with_present_names([task.confirming_agency, *(role.agency for role in roles)], today)
    return TaskPage(
        row=row_of(task, today=today),
        events=timeline(task, reports, moves, today=today, earlier=_earlier(actor, task)),
        actions=_actions(actor, task),
        leads=[role for role in roles if role.kind == RoleKind.LEAD],
        coordinators=[role for role in roles if role.kind == RoleKind.COORDINATOR],
        days_late=(today - task.deadline).days if is_late else 0,
        extensions=len(moves),
        has_reports=bool(reports),
    )


def timeline(
    task: Task,
    reports: Sequence[ProgressReport],
    moves: Sequence[DueDateChange],
    *,
    today: date,
    earlier: Task | None = None,
) -> list[Event]:
    """All that was reported, moved and decided about a task, newest first.

    `earlier` is the task it was carried over from, where the reader sees that one.
    """
    target = next(iter(task.targets.all()), None)
    changes = task.state_changes.select_related("by__agency")
    events = [_report_event(report, target) for report in reports]
    events += [_move_event(move) for move in moves]
    events += [_state_event(change, earlier) for change in changes if _is_told(change)]
    events += [_handover_event(passed) for passed in task.handovers.select_related("act", "from_agency", "to_agency")]
    events += _overdue_event(task, today=today)
    return sorted(events, key=lambda event: event.at, reverse=True)


def _reports_of(task: Task) -> list[ProgressReport]:
    files = Prefetch("evidence", Evidence.objects.select_related("file").order_by("pk"))
    return list(task.reports.select_related("by__agency").prefetch_related(files))


def _actions(actor: Membership, task: Task) -> list[Action]:
    wanted = [
        ("report", can_report_progress(actor, task)),
        ("edit", can_edit_task(actor, task)),
        ("extend", can_move_due_date(actor, task)),
    ]
    if task.state == TaskState.AWAITING:
        wanted[0] = ("confirm", can_confirm_task(actor, task))
    return [Action(name, decision) for name, decision in wanted]


def _report_event(report: ProgressReport, target: Target | None) -> Event:
    who = _("%(agency)s reported") % {"agency": report.by.agency.current_short_name}
    if report.claims_completion:
        who = _("%(agency)s reported completion") % {"agency": report.by.agency.current_short_name}
    said = [report.result, _labelled(_("Obstacles"), report.obstacles), _labelled(_("Proposal"), report.proposal)]
    return Event(
        at=report.entered_at,
        who=who,
        headline=_quantity(report, target),
        text="\n".join(part for part in said if part),
        tone="ok" if report.claims_completion else "",
        files=list(report.evidence.all()),
    )


def _quantity(report: ProgressReport, target: Target | None) -> str:
    if report.value is None or target is None:
        return f"{report.percent}%"
    if report.value_before == report.value:
        return f"{number(report.value)} {target.unit}"
    return f"{number(report.value_before or 0)} → {number(report.value)} {target.unit}"


def _labelled(label: str, words: str) -> str:
    return f"{label}: {words}" if words else ""


def _move_event(move: DueDateChange) -> Event:
    headline = _("Deadline moved from %(old)s to %(new)s") % {"old": day(move.old_due_on), "new": day(move.new_due_on)}
    text = "\n".join(part for part in (move.reason, _labelled(_("Decision"), move.decision)) if part)
    return Event(move.at, move.by.agency.current_short_name, headline, text, tone="idle")


def _is_told(change: TaskStateChange) -> bool:
    """Starting and claiming are told by their reports already."""
    return not (change.from_state and change.to_state == TaskState.AWAITING) and not (
        change.from_state == TaskState.NOT_STARTED and change.to_state == TaskState.IN_PROGRESS
    )


def _earlier(actor: Membership, task: Task) -> Task | None:
    if task.origin != TaskOrigin.CARRIED_OVER:
        return None
    return Task.objects.visible_to(actor).filter(pk=task.continues_id).select_related("program").first()


def _state_event(change: TaskStateChange, earlier: Task | None) -> Event:
    who = change.by.agency.current_short_name if change.by else _("The portal")
    if not change.from_state:
        return _creation_event(change, who, earlier)
    words, tone = _STATE_WORDS.get((change.from_state, change.to_state), (TaskState(change.to_state).label, "idle"))
    return Event(change.at, who, str(words), change.reason, tone)


def _creation_event(change: TaskStateChange, who: str, earlier: Task | None) -> Event:
    if earlier is not None:
        words = _("Carried over from task %(code)s") % {"code": earlier.code}
        return Event(change.at, who, words, tone="ok", earlier=earlier)
    return Event(change.at, who, _("Task created"), tone="idle")


def _handover_event(passed) -> Event:
    """A part in the task that passed by a reorganisation. Rule: R-SUCC-5."""
    told = {
        "part": passed.get_part_display(),
        "old": passed.from_agency.current_short_name,
        "new": passed.to_agency.current_short_name,
    }
    headline = _("%(part)s: handed over from %(old)s to %(new)s") % told
    return Event(clock.at(passed.on), _("The portal"), headline, passed.act.number, tone="idle", day_only=True)


def _overdue_event(task: Task, *, today: date) -> list[Event]:
    ended_on = task.completed_on or today
    if task.deadline is None or ended_on <= task.deadline or task.state in (TaskState.CANCELLED, TaskState.SUSPENDED):
        return []
    first_late_day = clock.at(task.deadline + timedelta(days=1))
    return [Event(first_late_day, _("The portal"), _("The task became overdue"), tone="bad", day_only=True)]
