"""What is no longer as the parties signed it: every task that changed since, with each change's day, ground and author.

Why events: what changed and was changed back stays told for ever; that is what the signed version is kept for.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q, QuerySet

from agencies.models import Membership
from coordination.programs.enums import SIGNED_STATES
from coordination.programs.models import Program, ProgramVersion
from coordination.programs.queries.history import tell as tell_program
from coordination.programs.services.snapshot import agencies_at_work, plain, tasks_of
from coordination.tasks.enums import TaskState
from coordination.tasks.models import Task
from coordination.tasks.queries.history import tell as tell_task
from coordination.versions.enums import ClauseKind, DriftKind, Fate
from coordination.versions.queries.comparison import PartChange, changes_between
from records.audit import history
from records.audit.enums import AuditAction
from records.audit.history import Event
from records.audit.models import AuditEntry
from records.audit.queries import entries_about

_PASSED = {DriftKind.HANDED_OVER}
_TASK, _PROGRAM = Task._meta.label_lower, Program._meta.label_lower


@dataclass(frozen=True)
class DriftedTask:
    """A task that was changed since signing: how it differs now, part by part, and what was done to it, oldest first.

    `acts` are the reorganisations by which parts in it were handed over.
    """

    task: Task
    kinds: tuple[DriftKind, ...]
    parts: tuple[PartChange, ...]
    events: tuple[Event, ...]
    acts: tuple[str, ...]

    @property
    def is_back(self) -> bool:
        """Whether it was changed and reads today as it was signed."""
        return not self.parts and DriftKind.ADDED not in self.kinds and DriftKind.DROPPED not in self.kinds


@dataclass(frozen=True)
class Drift:
    """Everything that drifted from the signed version, and what passed from agency to agency in the program itself."""

    version: ProgramVersion
    tasks: tuple[DriftedTask, ...]
    events: tuple[Event, ...]

    @property
    def counts(self) -> list[tuple[DriftKind, int]]:
        """How many tasks each kind of change met; kinds that met none are left out."""
        counted = [(kind, sum(kind in one.kinds for one in self.tasks)) for kind in DriftKind]
        return [(kind, count) for kind, count in counted if count]


def signed_version(program: Program) -> ProgramVersion | None:
    """The version all have signed; None before that."""
    if program.state not in SIGNED_STATES:
        return None
    return program.versions.filter(for_signing=True, voided_at=None).first()


def drifted_count(program: Program, version: ProgramVersion, *, actor: Membership) -> int:
    """How many things of the signed version the actor sees changed: tasks, and the program itself as one. One query."""
    entries = _since(program, version, actor)
    return entries.order_by().values("object_kind", "object_id").distinct().count()


def drift_of(program: Program, *, actor: Membership, today: date) -> Drift | None:
    """What the actor sees changed against the signed version; None before all have signed.

    Rule: R-VERSION-4. Deadlines moved with reason and decision, tasks added, dropped and changed, parts handed over by
    a reorganisation: in the order of the tasks.
    """
    version = signed_version(program)
    if version is None:
        return None
    by_task: dict[int, list[AuditEntry]] = {}
    of_program: list[AuditEntry] = []
    for entry in _since(program, version, actor).order_by("sequence"):
        (by_task.setdefault(entry.object_id, []) if entry.object_kind == _TASK else of_program).append(entry)
    changed = _parts_by_task(program, version, today)
    tasks = program.tasks.filter(pk__in=by_task).order_by("ordinal").prefetch_related("handovers__act")
    return Drift(
        version,
        tuple(_drifted(task, by_task[task.pk], changed.get(task.pk, ())) for task in tasks),
        tuple(_event(entry) for entry in of_program),
    )


def _since(program: Program, version: ProgramVersion, actor: Membership) -> QuerySet[AuditEntry]:
    """Entries after the version was locked that changed, added, dropped or handed over what it says.

    Why by number: it is the order things happened in, also within one second.
    """
    locked = entries_about(program).filter(action=AuditAction.MOVED, after__version=version.label)
    tasks = Task.objects.visible_to(actor).filter(program=program)
    planned = Q(action=AuditAction.CHANGED) & ~Q(before=F("after"))
    dropped = Q(action=AuditAction.MOVED, after__state=TaskState.CANCELLED.value)
    of_tasks = Q(object_kind=_TASK)
    passed = Q(action=AuditAction.HANDED_OVER)
    return entries_about(program, tasks).filter(
        (of_tasks & (Q(action=AuditAction.CREATED) | planned | dropped | passed)) | (Q(object_kind=_PROGRAM) & passed),
        sequence__gt=locked.order_by("-sequence").values("sequence")[:1],
    )


def _parts_by_task(program: Program, version: ProgramVersion, today: date) -> dict[int, tuple[PartChange, ...]]:
    """How each task reads today against the version, by its row's key; the text itself cannot change any more."""
    present = plain({"tasks": tasks_of(program), "agencies": agencies_at_work(program, today)})
    compared = changes_between(version.snapshot, version.snapshot | present)
    return {
        change.new.key: change.parts
        for change in compared.changes
        if change.kind == ClauseKind.TASK and change.new and change.fate != Fate.ADDED
    }


def _drifted(task: Task, entries: list[AuditEntry], parts: tuple[PartChange, ...]) -> DriftedTask:
    kinds = {_kind(entry) for entry in entries}
    return DriftedTask(
        task,
        tuple(kind for kind in DriftKind if kind in kinds),
        parts,
        tuple(_event(entry) for entry in entries),
        tuple(dict.fromkeys(str(passed.act) for passed in task.handovers.all())) if kinds & _PASSED else (),
    )


def _kind(entry: AuditEntry) -> DriftKind:
    if entry.action == AuditAction.CREATED:
        return DriftKind.ADDED
    if entry.action == AuditAction.MOVED:
        return DriftKind.DROPPED
    if entry.action == AuditAction.HANDED_OVER:
        return DriftKind.HANDED_OVER
    return DriftKind.MOVED_DATE if "reason" in entry.after else DriftKind.CHANGED


def _event(entry: AuditEntry) -> Event:
    told = tell_task(entry) if entry.object_kind == _TASK else tell_program(entry)
    return history.event(entry, told)
