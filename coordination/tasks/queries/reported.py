"""What has been reported of a task: the last figures, the day they tell of, and the parts of those who work along."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db.models import QuerySet

from agencies.models import Membership
from coordination.tasks.enums import RoleKind
from coordination.tasks.models import ActualFigure, Evidence, ExtensionRequest, PartReport, Target, Task, TaskRole
from coordination.tasks.permissions import can_report_part
from records import clock
from records.prepared import Prepared, attach


@dataclass(frozen=True)
class Part:
    """One agency's part: what it reported last, and whether the reader may report it."""

    role: TaskRole
    reports: Sequence[PartReport]
    may_report: bool

    @property
    def last(self) -> PartReport | None:
        return self.reports[0] if self.reports else None

    @property
    def value(self) -> Decimal | None:
        """The last quantity the agency gave."""
        return next((report.value for report in self.reports if report.value is not None), None)


@dataclass(frozen=True)
class Parts:
    """The parts of all who work along in a task, and what they make together."""

    parts: Sequence[Part]

    def __iter__(self):
        return iter(self.parts)

    def __bool__(self) -> bool:
        return bool(self.parts)

    @property
    def mine(self) -> list[Part]:
        """The parts the reader may report."""
        return [part for part in self.parts if part.may_report]

    @property
    def reported_count(self) -> int:
        return sum(bool(part.reports) for part in self.parts)

    @property
    def done_count(self) -> int:
        return sum(bool(part.last and part.last.is_done) for part in self.parts)

    @property
    def total(self) -> Decimal | None:
        """The sum of the last quantities, each agency counted once; None while nobody has given one."""
        values = [part.value for part in self.parts if part.value is not None]
        return sum(values, Decimal(0)) if values else None

    def newer_total(self, moment: datetime | None) -> Decimal | None:
        """The sum, where a part was reported after a moment; the lead agency has not counted it in yet."""
        is_newer = any(part.last and (moment is None or part.last.entered_at > moment) for part in self.parts)
        return self.total if is_newer else None


def last_figures(targets: Iterable[Target], *, by: date | None = None) -> dict[int, Decimal]:
    """The last quantity reported of each target after the first, by target; `by` a day, as then entered. One query."""
    rows = ActualFigure.objects.filter(target__in=[target.pk for target in targets])
    if by is not None:
        rows = rows.filter(report__entered_at__lt=clock.at(by + timedelta(days=1), 0))
    return dict(rows.order_by("pk").values_list("target_id", "value"))


def last_told_day(task: Task) -> date | None:
    """The day the last report on the task as a whole tells of."""
    return task.reports.values_list("reported_on", flat=True).first()


def parts_of(actor: Membership, task: Task) -> Parts:
    """The parts of a task fetched `with_everything`. At most two queries, none where nobody works along."""
    roles = [role for role in task.roles.all() if role.kind != RoleKind.LEAD]
    if not roles:
        return Parts(())
    by_role: dict[int, list[PartReport]] = {}
    for report in part_reports_of(roles):
        by_role.setdefault(report.role_id, []).append(report)
    for role in roles:
        role.task = task
    return Parts([Part(role, by_role.get(role.pk, []), bool(can_report_part(actor, role))) for role in roles])


def part_reports_of(roles: Iterable[TaskRole]) -> list[PartReport]:
    """What was reported of these parts, newest first, with its files."""
    reports = _PART_REPORTS.models(roles=tuple(role.pk for role in roles))
    if reports:
        attach(reports, "evidence", _PART_FILES.models(parts=tuple(report.pk for report in reports)))
    return reports


def _part_reports(roles: tuple[int, ...]) -> QuerySet[PartReport]:
    reports = PartReport.objects.filter(role__in=roles)
    return reports.select_related("by__agency", "role__agency", "role__office")


_PART_REPORTS = Prepared(_part_reports)
_PART_FILES = Prepared(lambda parts: Evidence.objects.filter(part__in=parts).select_related("file").order_by("pk"))


def open_extension_of(task: Task) -> ExtensionRequest | None:
    """The request for a later deadline that waits for its decision."""
    return task.extension_requests.open().select_related("by__agency").first()


def waiting_extension_of(task: Task) -> ExtensionRequest | None:
    """The request nobody has decided, also while it waits with a suspended task."""
    return task.extension_requests.filter(decided_at=None, withdrawn_at=None).select_related("by__agency").first()


def extensions_of(task: Task) -> list[ExtensionRequest]:
    """Every later deadline that was asked for, the last one last, with who asked and who decided."""
    return _EXTENSIONS.models(task=task.pk)


def _extensions(task: int) -> QuerySet[ExtensionRequest]:
    return ExtensionRequest.objects.filter(task=task).select_related("by__agency", "decided_by__agency")


_EXTENSIONS = Prepared(_extensions)
