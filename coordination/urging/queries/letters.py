"""Letters that were written and received, with the papers they were issued as."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Prefetch, QuerySet

from agencies.access.scopes import Sight, works_on_content
from agencies.models import Membership
from coordination.programs.enums import ENDED_STATES
from coordination.register.enums import DocumentType
from coordination.register.issued import IssuedAs, issued_as
from coordination.tasks.models import Task
from coordination.tasks.workflow import REPORTABLE_STATES
from coordination.urging.models import UrgedTask, UrgingLetter
from records.prepared import Prepared


@dataclass(frozen=True)
class Urged:
    """A task was urged: by which letter, issued as what, how many times its lead agency had been by then."""

    letter: UrgingLetter
    issued: IssuedAs
    time: int


@dataclass(frozen=True)
class Received:
    """A letter to one of the reader's agencies, as it was issued, with the tasks it is about in their order."""

    letter: UrgingLetter
    issued: IssuedAs
    tasks: tuple[Task, ...]
    waits: bool

    @property
    def title(self) -> str:
        """What the first task is called."""
        return self.tasks[0].title

    @property
    def others(self) -> int:
        """How many tasks it is about besides the first."""
        return len(self.tasks) - 1


def letters_of(actor: Membership) -> QuerySet[UrgingLetter]:
    """The letters the actor sees, the newest first."""
    return UrgingLetter.objects.visible_to(actor).select_related("issuer", "addressee").prefetch_related("urged")


def paper_of(letter: UrgingLetter) -> IssuedAs | None:
    """What a letter was issued as; nothing before, and once its paper was taken back."""
    return issued_as(DocumentType.LETTER, [letter.pk] if letter.sent_on else []).get(letter.pk)


def urgings_of(actor: Membership, task: Task) -> list[Urged]:
    """The letters the actor sees that urged a task on, the first one first. Two queries, one where there is none.

    Rule: R-URGE-2, R-SEE-14. Each agency that leads the task is counted for itself.
    """
    if not works_on_content(actor):
        return []
    letters = _SENT_ABOUT.models(agencies=tuple(actor.agency_ids()), task=task.pk)
    issued = issued_as(DocumentType.LETTER, [letter.pk for letter in letters])
    times: dict[int, int] = {}
    found = []
    for letter in letters:
        if letter.pk in issued:
            times[letter.addressee_id] = times.get(letter.addressee_id, 0) + 1
            found.append(Urged(letter, issued[letter.pk], times[letter.addressee_id]))
    return found


def _sent_about(agencies: tuple[int, ...], task: int) -> QuerySet[UrgingLetter]:
    seen = UrgingLetter.objects.visible_to(Sight(agencies)).filter(urged__task=task, sent_on__isnull=False)
    return seen.select_related("issuer", "addressee").order_by("sent_on", "pk")


_SENT_ABOUT = Prepared(_sent_about)


def waiting_letters(actor: Membership, *, most: int) -> list[Received]:
    """Letters to the actor's agencies that wait for an answer, the first to be answered first. Three queries at most.

    Rule: R-URGE-2.
    """
    open_tasks = UrgedTask.objects.filter(task__state__in=REPORTABLE_STATES, task__binned_at=None)
    return [one for one in _received(actor, urged__in=open_tasks) if one.waits][:most]


def letters_about(actor: Membership, told: Collection[tuple[int, date]]) -> dict[tuple[int, date], Received]:
    """Letters to the actor's agencies by a task each is about and the day it was sent. Three queries at most."""
    if not told:
        return {}
    tasks, days = zip(*told, strict=True)
    letters = _received(actor, urged__task__in=tasks, sent_on__in=days)
    return {(task.pk, one.letter.sent_on): one for one in letters for task in one.tasks}


def _received(actor: Membership, **narrowed) -> list[Received]:
    reported = UrgedTask.objects.select_related("task__program").annotate(reported_at=Max("task__reports__entered_at"))
    letters = (
        UrgingLetter.objects.visible_to(actor)
        .filter(addressee_id__in=actor.agency_ids(), sent_on__isnull=False, **narrowed)
        .select_related("issuer", "addressee")
        .prefetch_related(Prefetch("urged", reported))
        .order_by("answer_by", "pk")
        .distinct()
    )
    issued = issued_as(DocumentType.LETTER, [letter.pk for letter in letters])
    return [
        Received(
            letter=letter,
            issued=issued[letter.pk],
            tasks=tuple(urged.task for urged in letter.urged.all()),
            waits=any(_waits(urged, issued[letter.pk]) for urged in letter.urged.all()),
        )
        for letter in letters
        if letter.pk in issued
    ]


def _waits(urged: UrgedTask, issued: IssuedAs) -> bool:
    """Whether a task is still to be done and nothing was reported on it since the letter."""
    task = urged.task
    is_open = task.state in REPORTABLE_STATES and task.binned_at is None and task.program.state not in ENDED_STATES
    return is_open and (urged.reported_at is None or urged.reported_at <= issued.issued_at)
