"""Reporting progress with evidence, confirming a result, sending it back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.access.decisions import require
from agencies.models import Membership
from coordination.tasks.enums import TaskState
from coordination.tasks.models import ActualFigure, Evidence, ProgressReport, Target, Task
from coordination.tasks.permissions import can_confirm_task, can_report_progress
from coordination.tasks.queries.reported import last_figures, last_told_day
from coordination.tasks.services.evidence import Upload, attach, digests_of
from coordination.tasks.services.quantities import check_fall, check_quantity
from coordination.tasks.services.report_checks import report_problems
from coordination.tasks.services.states import locked, move
from coordination.tasks.workflow import Act
from records import clock
from records.audit.enums import AuditAction
from records.audit.services import record
from records.errors import RuleBroken
from records.wording import number

_FULL = 100


@dataclass(frozen=True)
class _Said:
    """What the lead agency says; `figures` are those of the targets after the first, by target."""

    value: Decimal | None
    percent: int | None
    result: str
    obstacles: str
    causes: str
    proposal: str
    claims_completion: bool
    reported_on: date
    expected_on: date | None
    figures: Mapping[int, Decimal] = field(default_factory=dict)

    @property
    def gives_reason(self) -> bool:
        return bool(self.obstacles.strip() or self.causes.strip())


@transaction.atomic
def report_progress(
    task: Task,
    *,
    actor: Membership,
    value: Decimal | None,
    percent: int | None,
    result: str = "",
    obstacles: str = "",
    causes: str = "",
    proposal: str = "",
    claims_completion: bool = False,
    files: Sequence[Upload] = (),
    figures: Mapping[int, Decimal] | None = None,
    reported_on: date | None = None,
    expected_on: date | None = None,
) -> ProgressReport:
    """Keep what the lead agency reports at this moment, and move the task on with it.

    Rule: R-PROGRESS-1, R-PROGRESS-2, R-PROGRESS-3. A day told of never dates the entry nor the completion.
    Raises: NotAllowed; RuleBroken at the field that can mend it.
    """
    task = locked(task)
    require(can_report_progress(actor, task))
    said = _Said(
        value, percent, result, obstacles, causes, proposal, claims_completion,
        reported_on or clock.today(), expected_on, figures or {},
    )  # fmt: skip
    target, *further = list(task.targets.all()) or [None]
    before = last_figures(further) if further else {}
    _check_figures(further, before, said)
    said = replace(said, value=_summed(target, further, before, said))
    _check(task, target, said)
    report = _written(task, target, said, actor=actor)
    evidence = attach(report, files)
    if claims_completion and not evidence and not Evidence.objects.of_task(task).exists():
        raise RuleBroken(_("Attach at least one piece of evidence before reporting completion"), "files")
    _keep_figures(report, further, before, said.figures)
    _carry_to_task(task, report)
    told = _told(report, evidence, further, said.figures)
    record(AuditAction.REPORTED, actor=actor, about=task, before={"value": report.value_before}, after=told)
    _move_on(task, report, actor=actor)
    return report


@transaction.atomic
def confirm_completion(task: Task, *, actor: Membership, remark: str = "") -> Task:
    """Confirm that what the lead agency reported complete is complete.

    Raises: NotAllowed.
    """
    task = locked(task)
    require(can_confirm_task(actor, task))
    return move(task, Act.CONFIRM, actor=actor, reason=remark, confirmed_on=clock.today())


@transaction.atomic
def return_for_rework(task: Task, *, actor: Membership, reason: str) -> Task:
    """Send a task reported complete back to its lead agency, saying why.

    Raises: NotAllowed; RuleBroken without a reason.
    """
    task = locked(task)
    require(can_confirm_task(actor, task))
    if not reason.strip():
        raise RuleBroken(_("Give the reason for returning the task"), "reason")
    return move(task, Act.RETURN, actor=actor, reason=reason, completed_on=None)


def _check(task: Task, target: Target | None, said: _Said) -> None:
    for problem in report_problems(
        task,
        target,
        value=said.value,
        percent=said.percent,
        reported_on=said.reported_on,
        expected_on=said.expected_on,
        gives_reason=said.gives_reason,
        last_told=last_told_day(task),
    ):
        raise problem


def _check_figures(further: Sequence[Target], before: Mapping[int, Decimal], said: _Said) -> None:
    known = {target.pk: target for target in further}
    for pk, value in said.figures.items():
        check_quantity(known.get(pk), value, f"figure_{pk}")
        check_fall(before.get(pk), value, gives_reason=said.gives_reason)


def _summed(
    target: Target | None, further: Sequence[Target], before: Mapping[int, Decimal], said: _Said
) -> Decimal | None:
    """The quantity of a total is what its parts make, as far as they were ever counted; nobody adds them up by hand.

    Rule: R-PROGRESS-2.
    """
    known = {**before, **said.figures}
    counted = [known[part.pk] for part in further if target and part.part_of_id == target.pk and part.pk in known]
    return sum(counted, Decimal(0)) if counted and said.figures else said.value


def _written(task: Task, target: Target | None, said: _Said, *, actor: Membership) -> ProgressReport:
    return ProgressReport.objects.create(
        task=task,
        reported_on=said.reported_on,
        entered_at=clock.now(),
        by=actor,
        value_before=task.last_value,
        value=said.value,
        percent=_percent(task, target, said),
        claims_completion=said.claims_completion,
        result=said.result,
        obstacles=said.obstacles,
        causes=said.causes,
        proposal=said.proposal,
        expected_on=None if said.claims_completion else said.expected_on,
    )


def _percent(task: Task, target: Target | None, said: _Said) -> int:
    if said.value is not None and target is not None:
        return target.percent_of(said.value)
    if said.claims_completion and (target is None or not target.is_counted):
        return _FULL
    return task.last_percent if said.percent is None else said.percent


def _keep_figures(
    report: ProgressReport, further: Sequence[Target], before: Mapping[int, Decimal], figures: Mapping[int, Decimal]
) -> None:
    ActualFigure.objects.bulk_create(
        ActualFigure(report=report, target=target, value_before=before.get(target.pk), value=figures[target.pk])
        for target in further
        if target.pk in figures
    )


def _carry_to_task(task: Task, report: ProgressReport) -> None:
    task.last_value = report.value if report.value is not None else task.last_value
    task.last_percent, task.last_reported_at = report.percent, report.entered_at
    task.save(update_fields=["last_value", "last_percent", "last_reported_at"])


def _move_on(task: Task, report: ProgressReport, *, actor: Membership) -> None:
    """Completion is dated by the day it was entered, whatever day the report tells of. Rule: R-PROGRESS-1."""
    if report.claims_completion:
        move(task, Act.CLAIM, actor=actor, completed_on=clock.local_day(report.entered_at))
    elif task.state == TaskState.NOT_STARTED:
        move(task, Act.START, actor=actor)


def _told(
    report: ProgressReport, evidence: Sequence[Evidence], further: Sequence[Target], figures: Mapping[int, Decimal]
) -> dict:
    told = {
        "value": report.value,
        "percent": report.percent,
        "claims_completion": report.claims_completion,
        "files": digests_of(evidence),
    }
    more = {
        "reported_on": report.reported_on if report.days_late else None,
        "expected_on": report.expected_on,
        "figures": [
            f"{target.name or target.unit}: {number(figures[target.pk])} {target.unit}"
            for target in further
            if target.pk in figures
        ],
    }
    return told | {name: value for name, value in more.items() if value}
