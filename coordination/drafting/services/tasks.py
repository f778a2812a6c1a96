"""Moving a task to another section of its program."""

from dataclasses import replace

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.access.decisions import require
from agencies.models import Membership
from coordination.programs.models import Section
from coordination.programs.services.doors import locked, must_be_editable
from coordination.tasks import services as tasks
from coordination.tasks.models import Task
from coordination.tasks.permissions import can_edit_task
from records.errors import RuleBroken


@transaction.atomic
def move_task(task: Task, *, actor: Membership, revision: int, section: Section | None) -> Task:
    """Put a task into another section while the text is open, by whoever may edit the task.

    Why no entry: `edit_task` leaves it.
    Raises: NotAllowed; Conflict when the task or the program has moved on; RuleBroken at `section`.
    """
    program = locked(task.program, actor=actor)
    require(can_edit_task(actor, task))
    must_be_editable(program)
    if section is not None and section.program_id != program.pk:
        raise RuleBroken(_("Choose one of the listed values"), "section")
    draft = replace(tasks.draft_of(task), section=section)
    return tasks.edit_task(task, actor=actor, revision=revision, draft=draft)
