"""What happened to a task, as its page tells it: reports of the whole and of parts, moves, decisions, newest first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coordination.tasks import targets
from coordination.tasks.enums import TaskState
from coordination.tasks.models import (
    ActualFigure,
    DueDateChange,
    Evidence,
    ExtensionRequest,
    PartReport,
    ProgressReport,
    Target,
    Task,
    TaskStateChange,
    TaskStep,
)
from coordination.tasks.models.reports import Report
from coordination.tasks.workflow import STOPPED_STATES
from records import clock
from records.prepared import Prepared
from records.wording import day, number

_STATE_WORDS = {
    (TaskState.AWAITING, TaskState.COMPLETED): (gettext_lazy("Result confirmed"), "ok"),
    (TaskState.AWAITING, TaskState.IN_PROGRESS): (gettext_lazy("Returned for rework"), "bad"),
    (TaskState.SUSPENDED, TaskState.NOT_STARTED): (gettext_lazy("Task resumed"), ""),
    (TaskState.SUSPENDED, TaskState.IN_PROGRESS): (gettext_lazy("Task resumed"), ""),
}
_STOP_WORDS = {
    TaskState.SUSPENDED: (gettext_lazy("Task suspended"), "idle"),
    TaskState.CANCELLED: (gettext_lazy("Task cancelled"), "bad"),
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


def timeline(
    task: Task,
    reports: Sequence[ProgressReport],
    moves: Sequence[DueDateChange],
    *,
    today: date,
    parts: Iterable[PartReport] = (),
    steps: Iterable[TaskStep] = (),
    requests: Iterable[ExtensionRequest] = (),
    earlier: Task | None = None,
) -> list[Event]:
    """All that was reported, moved and decided about a task, newest first.

    `parts` is what those who work along reported, `steps` the steps that are done, `requests` the later deadlines asked
    for, `earlier` the task it was carried over from, where the reader sees that one.
    """
    target = next(iter(task.targets.all()), None)
    changes, passings = _CHANGES.models(task=task.pk), _PASSINGS.models(task=task.pk)
    events = [_report_event(report, target) for report in reports]
    events += [_part_event(report, target) for report in parts]
    events += [_step_event(step) for step in steps if step.done_on is not None]
    events += [_move_event(move) for move in moves]
    events += [event for request in requests for event in _request_events(request)]
    events += [_state_event(change, earlier) for change in changes if _is_told(change)]
    events += [_handover_event(passed) for passed in passings]
    events += _overdue_event(task, today=today)
    return sorted(events, key=lambda event: event.at, reverse=True)


def _passings(task: int) -> QuerySet:
    handovers = Task._meta.get_field("handovers").related_model.objects
    return handovers.filter(task=task).select_related("act", "from_agency", "to_agency")


_CHANGES = Prepared(lambda task: TaskStateChange.objects.filter(task=task).select_related("by__agency"))
_PASSINGS = Prepared(_passings)


def _report_event(report: ProgressReport, target: Target | None) -> Event:
    who = _("%(agency)s reported") % {"agency": report.by.agency.current_short_name}
    if report.claims_completion:
        who = _("%(agency)s reported completion") % {"agency": report.by.agency.current_short_name}
    return Event(
        at=report.entered_at,
        who=who,
        headline=_quantity(report, target),
        text=_said(report, figures=[_figure(one) for one in report.figures.all()]),
        tone="ok" if report.claims_completion else "",
        files=list(report.evidence.all()),
    )


def _part_event(report: PartReport, target: Target | None) -> Event:
    """What one agency reported of its own part. Rule: R-PROGRESS-4."""
    words = _("%(agency)s reported its part done") if report.is_done else _("%(agency)s reported its part")
    counts = report.value is not None and target is not None
    return Event(
        at=report.entered_at,
        who=words % {"agency": report.role.shown_name},
        headline=targets.quantity(report.value, target.unit) if counts else "",
        text=_said(report),
        tone="idle",
        files=list(report.evidence.all()),
    )


def _step_event(step: TaskStep) -> Event:
    headline = _("Done on %(day)s: %(step)s") % {"day": day(step.done_on), "step": step.name}
    return Event(step.reported_at, step.by.agency.current_short_name, headline, step.result, tone="ok")


def _said(report: Report, figures: Sequence[str] = ()) -> str:
    """What a report says in words; a day it tells of that is not the day it was entered is told first."""
    told = [
        _labelled(_("Figures of"), day(report.reported_on) if report.days_late else ""),
        *figures,
        report.result,
        _labelled(_("Obstacles"), report.obstacles),
        _labelled(_("Causes"), report.causes),
        _labelled(_("Proposal"), report.proposal),
        _labelled(_("Completion expected"), day(report.expected_on) if report.expected_on else ""),
    ]
    return "\n".join(part for part in told if part)


def _figure(figure: ActualFigure) -> str:
    target = figure.target
    return f"{target.name or _('Target')}: {targets.quantity(figure.value, target.unit)}"


def _quantity(report: ProgressReport, target: Target | None) -> str:
    if report.value is None or target is None:
        return f"{report.percent}%"
    reached = targets.quantity(report.value, target.unit)
    return reached if report.value_before == report.value else f"{number(report.value_before or 0)} → {reached}"


def _labelled(label: str, words: str) -> str:
    return f"{label}: {words}" if words else ""


def _move_event(move: DueDateChange) -> Event:
    headline = _("Deadline moved from %(old)s to %(new)s") % {"old": day(move.old_due_on), "new": day(move.new_due_on)}
    return Event(move.at, move.by.agency.current_short_name, headline, _grounds(move), tone="idle")


def _grounds(change: DueDateChange | TaskStateChange) -> str:
    return "\n".join(part for part in (change.reason, _labelled(_("Decision"), change.decision)) if part)


def _request_events(request: ExtensionRequest) -> list[Event]:
    """A later deadline asked for, and refused or taken back; where it was granted, the move tells it. R-EXTEND-1."""
    wanted, asker = day(request.wanted_due_on), request.by.agency.current_short_name
    asked = _("Asked for the deadline %(day)s") % {"day": wanted}
    events = [Event(request.asked_at, asker, asked, request.reason, tone="idle")]
    if request.granted is False:
        refused = _("Deadline %(day)s not agreed to") % {"day": wanted}
        decider = request.decided_by.agency.current_short_name
        events.append(Event(request.decided_at, decider, refused, request.answer, tone="bad"))
    if request.withdrawn_at is not None:
        events.append(Event(request.withdrawn_at, asker, _("Request for a later deadline taken back"), tone="idle"))
    return events


def _is_told(change: TaskStateChange) -> bool:
    """Starting and claiming are told by their reports already."""
    return not (change.from_state and change.to_state == TaskState.AWAITING) and not (
        change.from_state == TaskState.NOT_STARTED and change.to_state == TaskState.IN_PROGRESS
    )


def _state_event(change: TaskStateChange, earlier: Task | None) -> Event:
    who = change.by.agency.current_short_name if change.by else _("The portal")
    if not change.from_state:
        return _creation_event(change, who, earlier)
    plain = _STOP_WORDS.get(change.to_state, (TaskState(change.to_state).label, "idle"))
    words, tone = _STATE_WORDS.get((change.from_state, change.to_state), plain)
    return Event(change.at, who, str(words), _grounds(change), tone)


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
    if task.deadline is None or ended_on <= task.deadline or task.state in STOPPED_STATES:
        return []
    first_late_day = clock.at(task.deadline + timedelta(days=1))
    return [Event(first_late_day, _("The portal"), _("The task became overdue"), tone="bad", day_only=True)]
