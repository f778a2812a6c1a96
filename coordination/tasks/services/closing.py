"""Closing a program's year with its tasks."""

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.access.decisions import require
from agencies.models import Membership
from coordination.programs import services as programs
from coordination.programs.models import Program
from coordination.programs.permissions import can_close
from coordination.tasks.enums import TaskState
from coordination.tasks.models import Task
from coordination.tasks.services.states import move
from coordination.tasks.workflow import REPORTABLE_STATES, Act
from records.errors import RuleBroken


def missing_before_closing(program: Program) -> list[str]:
    """What must be settled before the year closes: no task may still await confirmation."""
    awaiting = program.tasks.filter(state=TaskState.AWAITING).order_by("ordinal").values_list("code", flat=True)
    return [_("Task %(code)s awaits confirmation.") % {"code": code} for code in awaiting]


@transaction.atomic
def close_program_year(program: Program, *, actor: Membership) -> Program:
    """Close a program; its tasks that are still running become not completed.

    Raises: NotAllowed; RuleBroken listing the tasks that await confirmation.
    """
    program = Program.objects.select_for_update(of=("self",), no_key=True).get(pk=program.pk)
    require(can_close(actor, program))
    if missing := missing_before_closing(program):
        raise RuleBroken(" ".join(missing))
    # Tasks are locked before the audit is, in the order in which progress reports lock them.
    running = Task.objects.select_for_update(of=("self",)).filter(program=program, state__in=REPORTABLE_STATES)
    still_running = list(running.order_by("ordinal"))
    program = programs.close(program, actor=actor)
    for task in still_running:
        move(task, Act.CLOSE, actor=actor, reason=_("The program's year is closed"))
    return program
