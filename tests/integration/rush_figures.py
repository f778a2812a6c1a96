"""Settled counts while a crowd works on the tasks of one program: confirmed, returned, binned, taken back."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from datetime import date
from random import Random
from threading import Barrier

CROWD, TURNS, TASKS = 6, 20, 8


class _ThoughtBetter(Exception):
    """The writer's whole transaction is taken back."""


def settled_at_once() -> dict:
    """The places where the sums differ from the tasks after the crowd, and how many settled tasks the sums hold."""
    from django.db.models import Sum

    from coordination.figures.models import SettledCount
    from coordination.figures.queries import differences
    from coordination.figures.services import recount_settled
    from tests.factories.programs import make_program, secretary_of

    program = make_program("signed")
    keys = _tasks_of(program)
    barrier = Barrier(CROWD + 1)
    writers = [_writer(keys, secretary_of(program.drafting_agency), Random(number)) for number in range(CROWD)]
    with ThreadPoolExecutor(CROWD + 1) as crowd:
        list(crowd.map(lambda one: _beside(barrier, one), [*writers, recount_settled]))
    kept = SettledCount.objects.filter(program=program).aggregate(n=Sum("count"))["n"] or 0
    settled = program.tasks.filter(state__in=("awaiting", "completed")).count()
    return {"settled counts that differ": list(differences()), "settled tasks are counted": kept == settled}


def _tasks_of(program) -> list[int]:
    from coordination.models import Task
    from tests.factories.tasks import make_task

    facts = {"program": program, "area": make_task(program).area, "due_on": date(2022, 3, 15)}
    made = [Task(**facts, ordinal=900 + n, code=f"{program.code}.{900 + n}", title=f"Việc {n}") for n in range(TASKS)]
    return [task.pk for task in Task.objects.bulk_create(made)]


def _beside(barrier: Barrier, work: Callable[[], None]) -> None:
    from django.db import connections

    with closing(connections["default"]):
        barrier.wait()
        work()


def _writer(keys: list[int], by, dice: Random) -> Callable[[], None]:
    """Somebody who writes one task after another, each in a transaction of its own, a fifth of them taken back."""
    from django.db import transaction

    from coordination.models import Task
    from records import clock

    on, late = date(2022, 3, 15), date(2022, 3, 20)
    steps = (
        {"state": "awaiting", "completed_on": on, "confirmed_on": None},
        {"state": "completed", "completed_on": late, "confirmed_on": late},
        {"state": "completed", "completed_on": on, "confirmed_on": late},
        {"state": "in_progress", "completed_on": None, "confirmed_on": None},
        {"binned_at": clock.now(), "binned_by": by},
        {"binned_at": None, "binned_by": None},
    )

    def work() -> None:
        for _turn in range(TURNS):
            with suppress(_ThoughtBetter), transaction.atomic():
                Task.with_binned.filter(pk=dice.choice(keys)).update(**dice.choice(steps))
                if dice.random() < 0.2:
                    raise _ThoughtBetter

    return work
