"""Where a program or task comes from, where it goes on, what can be begun from it: only what the reader sees."""

from django import template

from coordination.carryover.permissions import can_start_from
from coordination.carryover.queries import lineage_of
from coordination.intake.permissions import can_import_tasks
from coordination.programs.models import Program
from coordination.programs.queries import ProgramsAround
from coordination.tasks.models import Task

register = template.Library()


@register.inclusion_tag("coordination/carryover/_beginnings.html", takes_context=True)
def beginnings(context, program: Program, around: ProgramsAround) -> dict:
    """The programs that continue this one, and whether the reader may start the next or import tasks."""
    actor = context["request"].actor
    return {
        "program": program,
        "following": around.following,
        "may_start": can_start_from(actor, program),
        "may_import": can_import_tasks(actor, program),
    }


@register.inclusion_tag("coordination/carryover/_lineage.html", takes_context=True)
def lineage_of_task(context, task: Task) -> dict:
    """What a task continues, carries out or remedies, and the tasks that continue it."""
    return {"lineage": lineage_of(context["request"].actor, task)}


@register.inclusion_tag("coordination/carryover/_frames.html", takes_context=True)
def earlier_programs(context, year: int) -> dict:
    """The signed programs of the year before that the reader may continue."""
    actor = context["request"].actor
    before = Program.objects.visible_to(actor).covering(year - 1).order_by("ordinal")
    return {"year": year, "before": [program for program in before if can_start_from(actor, program)]}
