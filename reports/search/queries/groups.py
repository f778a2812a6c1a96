"""One search over programs, tasks, documents and agencies, each group by the rights of its own room."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch

from agencies.access.scopes import works_on_content
from agencies.directory.enums import Standing
from agencies.directory.queries import Narrowing, search_directory
from agencies.models import Membership
from coordination.programs.queries import search as programs_found
from coordination.tasks.models import TaskRole
from coordination.tasks.queries import TaskRow, rows_of
from coordination.tasks.queries import search as tasks_found
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


def _programs(actor: Membership, asked: str, size: int, _today: date) -> list:
    return list(programs_found(actor, asked)[:size])


def _tasks(actor: Membership, asked: str, size: int, today: date) -> list[TaskRow]:
    roles = TaskRole.objects.select_related("agency").only("task_id", "kind", "agency__current_short_name")
    found = tasks_found(actor, asked).only("code", "title", "state", "deadline", "completed_on")
    return rows_of(found.prefetch_related(Prefetch("roles", roles.order_by("kind", "position")))[:size], today=today)


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
