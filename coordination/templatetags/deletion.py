"""The way from a task to its deletion, where the reader may delete it."""

from django import template

from coordination.lists.permissions import can_bin_task
from coordination.tasks.models import Task

register = template.Library()


@register.inclusion_tag("coordination/lists/_delete_link.html", takes_context=True)
def delete_link(context, task: Task) -> dict:
    """A link to the page that asks once more before the task goes into the bin."""
    return {"task": task, "may_delete": can_bin_task(context["request"].actor, task)}
