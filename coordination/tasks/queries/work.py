"""How the work of a task is shared out and how far each share is: groups, steps, targets."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from agencies.models import AgencyGroup, Membership
from coordination.tasks import targets
from coordination.tasks.enums import RoleKind, Standing, StepKind, StepStanding
from coordination.tasks.models import ProgressReport, Target, Task, TaskStep
from coordination.tasks.permissions import can_reopen_step, can_report_step
from coordination.tasks.queries.reported import Part, Parts
from coordination.tasks.workflow import STOPPED_STATES
from records.wording import number

_FULL = 100


@dataclass(frozen=True)
class GroupPart:
    """A group that was given the task, with the part of each member; it counts for nothing by itself.

    Rule: R-GROUP-2.
    """

    group: AgencyGroup
    members: Sequence[Part]

    @property
    def reported(self) -> int:
        return sum(bool(member.reports) for member in self.members)

    @property
    def done(self) -> int:
        return sum(bool(member.last and member.last.is_done) for member in self.members)

    @property
    def silent(self) -> list[str]:
        """The members that have not reported anything yet."""
        return [member.role.shown_name for member in self.members if not member.reports]


@dataclass(frozen=True)
class StepRow:
    """A step with where it stands today and what the reader may do with it.

    Rule: R-STOP-3. What is open of a task that was stopped stands as the task does: it is not late.
    """

    step: TaskStep
    standing: StepStanding | Standing
    may_report: bool
    may_reopen: bool

    @property
    def is_item(self) -> bool:
        return self.step.kind == StepKind.ITEM

    @property
    def is_done(self) -> bool:
        return self.step.done_on is not None


@dataclass(frozen=True)
class TargetRow:
    """A target with what has been reached of it; of one in words nothing is counted."""

    target: Target
    reached: Decimal | None

    @property
    def is_part(self) -> bool:
        return self.target.part_of_id is not None

    @property
    def quantity(self) -> str:
        """What is reached out of the target, 31/45 hộ; blank where nothing is counted."""
        if not self.target.is_counted:
            return ""
        return f"{number(self.reached or 0)}/{targets.quantity(self.target.value, self.target.unit)}"

    @property
    def percent(self) -> int:
        return self.target.percent_of(self.reached or 0) if self.target.is_counted else 0

    @property
    def tone(self) -> str:
        return "ok" if self.percent >= _FULL else ""


def group_parts(parts: Parts) -> list[GroupPart]:
    """The groups of a task in the order in which their members stand there."""
    members: dict[int, list[Part]] = {}
    groups: dict[int, AgencyGroup] = {}
    for part in parts:
        if part.role.kind == RoleKind.MEMBER:
            members.setdefault(part.role.group_id, []).append(part)
            groups[part.role.group_id] = part.role.group
    return [GroupPart(groups[key], those) for key, those in members.items()]


def step_rows(actor: Membership, task: Task, steps: Iterable[TaskStep], *, today: date) -> list[StepRow]:
    """The steps of a task fetched `with_everything`; no query."""
    rows, is_stopped = [], task.state in STOPPED_STATES
    for step in steps:
        step.task = task
        may_report, may_reopen = bool(can_report_step(actor, step)), bool(can_reopen_step(actor, step))
        stands = Standing(task.state) if is_stopped and step.done_on is None else step.standing_on(today)
        rows.append(StepRow(step, stands, may_report, may_reopen))
    return rows


def target_rows(task: Task, reports: Iterable[ProgressReport]) -> list[TargetRow]:
    """The targets of a task with what was reached last of each; none where the first one says it all. No query.

    Shape: the reports come newest first, with their figures. A total whose parts were counted and that was not itself
    has reached what they make together.
    """
    rows = list(task.targets.all())
    if len(rows) < 2:  # the panel of progress shows it
        return []
    reached: dict[int, Decimal | None] = {}
    for report in reports:
        for figure in report.figures.all():
            reached.setdefault(figure.target_id, figure.value)
    if rows[0].is_counted and task.last_value is not None:
        reached[rows[0].pk] = task.last_value
    for total in rows:
        parts = [reached[part.pk] for part in rows if part.part_of_id == total.pk and part.pk in reached]
        if parts and total.pk not in reached:
            reached[total.pk] = sum(parts, Decimal(0))
    return [TargetRow(target, reached.get(target.pk)) for target in rows]
