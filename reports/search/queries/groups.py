"""One search over programs, tasks, documents and agencies, each group by the rights of its own room."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from agencies.access.scopes import Sight, works_on_content
from agencies.directory.enums import Standing
from agencies.directory.queries import Narrowing, search_directory
from agencies.models import Membership
from coordination.programs.models import Program
from coordination.programs.queries.rows import holding_words as programs_holding
from coordination.tasks.models import Task, TaskRole
from coordination.tasks.queries import TaskRow, rows_of
from coordination.tasks.queries.lookups import holding_words as tasks_holding
from records.finding import typed_words
from records.prepared import Prepared, attach
from reports.search.enums import Kind
from reports.search.queries.documents import found_documents

# How many hits of each group stand beside the others, and how many a group shows that is asked for alone.
BESIDE = {Kind.PROGRAMS: 5, Kind.TASKS: 10, Kind.DOCUMENTS: 5, Kind.AGENCIES: 5}
MOST = 100


@dataclass(frozen=True)
class Group:
    """The hits of one kind, best first; whether there are more than are shown."""

    kind: Kind
    hits: Sequence
    has_more: bool

    @property
    def shows(self) -> dict[str, bool]:
        """Which of the partials shows these hits, by the name of the kind."""
        return {kind.value: kind == self.kind for kind in Kind}


@dataclass(frozen=True)
class Found:
    """What a search found, group by group; groups without a hit are left out."""

    asked: str
    only: Kind | None
    groups: Sequence[Group]


def kinds_for(actor: Membership) -> list[Kind]:
    """What an actor can search: everything where they work on content, the directory alone where they do not."""
    return list(Kind) if works_on_content(actor) else [Kind.AGENCIES]


def find(actor: Membership, asked: str, *, today: date, only: Kind | None = None) -> Found:
    """What the actor sees that holds every typed word, group by group, or one group alone and longer.

    Rule: R-FIND-2; agencies as R-FIND-1 has it. Eight queries at most, whatever is found.
    """
    groups = []
    for kind in [only] if only else kinds_for(actor):
        size = MOST if only else BESIDE[kind]
        hits = _FINDERS[kind](actor, asked, size + 1, today)
        if hits:
            groups.append(Group(kind, hits[:size], len(hits) > size))
    return Found(asked, only, groups)


def _programs(actor: Membership, asked: str, size: int, _today: date) -> list[Program]:
    return _found_by(_PROGRAMS, actor, asked, size)


def _tasks(actor: Membership, asked: str, size: int, today: date) -> list[TaskRow]:
    tasks = _found_by(_TASKS, actor, asked, size)
    if tasks:
        attach(tasks, "roles", _ROLES.models(tasks=tuple(task.pk for task in tasks)))
    return rows_of(tasks, today=today)


def _found_by(question: Prepared, actor: Membership, asked: str, size: int) -> list:
    words = tuple(typed_words(asked))
    if not words or not works_on_content(actor):
        return []
    return question.first_models(size, agencies=tuple(sorted(actor.agency_ids())), words=words)


def _tasks_holding(agencies: tuple[int, ...], words: tuple[str, ...]) -> QuerySet[Task]:
    found = tasks_holding(Sight(agencies), words)
    return found.only("code", "title", "state", "deadline", "completed_on")


def _roles_of(tasks: tuple[int, ...]) -> QuerySet[TaskRole]:
    roles = TaskRole.objects.select_related("agency").only("task_id", "kind", "agency__current_short_name")
    return roles.filter(task__in=tasks).order_by("kind", "position")


_PROGRAMS = Prepared(lambda agencies, words: programs_holding(Sight(agencies), words))
_TASKS, _ROLES = Prepared(_tasks_holding), Prepared(_roles_of)


def _documents(actor: Membership, asked: str, size: int, _today: date) -> list:
    return found_documents(actor, asked, size)


def _agencies(actor: Membership, asked: str, size: int, today: date) -> list:
    if not asked:
        return []
    everything = Narrowing(standing=Standing.ALL)
    return list(search_directory(actor, asked, narrowing=everything, day=today, size=size).rows)


_FINDERS: dict[Kind, Callable[[Membership, str, int, date], list]] = {
    Kind.PROGRAMS: _programs,
    Kind.TASKS: _tasks,
    Kind.DOCUMENTS: _documents,
    Kind.AGENCIES: _agencies,
}
