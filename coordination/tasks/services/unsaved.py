"""Keeping what someone types into a task form before it is saved, and letting it go."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from django.db import transaction

from agencies.access.decisions import require, unseen
from agencies.models import Membership
from coordination.programs.models import Program
from coordination.tasks.models import Task, UnsavedTask
from coordination.tasks.permissions import can_create_task, can_edit_task
from records import clock
from records.errors import NotAllowed
from records.secrecy import mark_in

KEPT_DAYS = 30
MOST_KEPT = 10
_WORDED = ("title", "deliverable")


@transaction.atomic
def keep_unsaved_task(
    program: Program, *, actor: Membership, mark: str, typed: Mapping[str, Sequence[str]], task: Task | None = None
) -> UnsavedTask | None:
    """Keep what the actor has typed into one showing of a task form; None while a new task says nothing yet.

    Rule: R-FILE-6. What bears a mark of secrecy is not kept, nor what was kept before it.

    Why no entry: it is nobody's act but typing, seen by its writer alone and written at every pause; the entry is left
    by the save that makes it a task. What nobody came back to for 30 days goes, and so does all but the latest ten.
    Raises: NotAllowed when the task could not be saved either.
    """
    _must_be_open(program, task, actor)
    UnsavedTask.objects.filter(saved_at__lt=clock.machine_now() - timedelta(days=KEPT_DAYS)).delete()
    says_nothing = task is None and not any(word.strip() for name in _WORDED for word in typed.get(name, ()))
    if says_nothing or any(mark_in(word) for words in typed.values() for word in words):
        drop_unsaved_task(actor, mark=mark)
        return None
    facts = {"program": program, "task": task, "typed": dict(typed), "saved_at": clock.machine_now()}
    kept, is_new = UnsavedTask.objects.update_or_create(member=actor, mark=mark, defaults=facts)
    if is_new:
        latest = UnsavedTask.objects.filter(member=actor).values("pk")[:MOST_KEPT]
        UnsavedTask.objects.filter(member=actor).exclude(pk__in=[row["pk"] for row in latest]).delete()
    return kept


def drop_unsaved_task(member: Membership, *, mark: str) -> None:
    """Let go what a member has typed and not saved; only the writer's own row is touched.

    Why no entry: see `keep_unsaved_task`.
    """
    UnsavedTask.objects.filter(member=member, mark=mark).delete()


def _must_be_open(program: Program, task: Task | None, actor: Membership) -> None:
    """Asked without locking anything: typing must never make those wait who save."""
    if not Program.objects.visible_to(actor).filter(pk=program.pk).exists():
        raise NotAllowed(unseen())
    require(can_edit_task(actor, task) if task else can_create_task(actor, program))
