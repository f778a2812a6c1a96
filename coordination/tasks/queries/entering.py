"""What the task form begins with: the last entry, texts not yet saved, the agencies it offers."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from agencies.directory.queries.searching import search_directory
from agencies.models import Agency, Membership
from coordination.programs.models import Program
from coordination.tasks.models import Task, UnsavedTask
from coordination.tasks.queries.lookups import first_other_agencies, other_agencies

FEW_AGENCIES = 40
MOST_FOUND = 20


def last_entry(actor: Membership, program: Program) -> Task | None:
    """The task the actor wrote into a program last."""
    written = Task.objects.filter(state_changes__from_state="", state_changes__by=actor).values("pk")
    return Task.objects.visible_to(actor).filter(program=program, pk__in=written).order_by("-ordinal").first()


def unsaved_tasks(actor: Membership, task: Task | None = None) -> QuerySet[UnsavedTask]:
    """What the actor typed into forms of one task, or of new ones, and has not saved; the latest first."""
    return UnsavedTask.objects.visible_to(actor).filter(task=task).select_related("program")


@dataclass(frozen=True)
class Offered:
    """The agencies outside a program that a form offers; where there are many, only some of them."""

    agencies: tuple[Agency, ...]
    is_all: bool


def offered_agencies(
    actor: Membership,
    parties: Iterable[Agency],
    task: Task | None = None,
    *,
    chosen: Collection[str] = (),
    words: str = "",
) -> Offered:
    """The agencies that may coordinate without signing: all where they are few, else those chosen and those found.

    Why: a province has thousands of them, and a list of all would make the form slow and useless.
    """
    parties, most = list(parties), FEW_AGENCIES + 1
    few = tuple(other_agencies(actor, parties, task)[:most] if task else first_other_agencies(actor, parties, most))
    if len(few) <= FEW_AGENCIES:
        return Offered(few, is_all=True)
    found = search_directory(actor, words, size=MOST_FOUND).rows if words.strip() else ()
    wanted = {int(pk) for pk in chosen if pk.isascii() and pk.isdigit() and len(pk) < 18}
    wanted |= {row.agency.pk for row in found} | ({role.agency_id for role in task.roles.all()} if task else set())
    known = other_agencies(actor, parties, task).filter(pk__in=wanted) if wanted else ()
    return Offered(tuple(known), is_all=False)
