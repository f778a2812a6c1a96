"""By which official letters a task was urged on; the room of tasks names the tag and knows no more."""

from django import template

from coordination.tasks.models import Task
from coordination.urging.models import UrgingLetter
from coordination.urging.queries import paper_of, urgings_of

register = template.Library()


@register.inclusion_tag("coordination/urging/_urgings.html", takes_context=True)
def urgings(context, task: Task) -> dict:
    """The letters that urged a task on, as far as the reader sees them, with what each was issued as."""
    return {"urgings": urgings_of(context["request"].actor, task)}


@register.inclusion_tag("coordination/urging/_paper.html")
def letter_paper(letter: UrgingLetter) -> dict:
    """Number, day and address of the paper a letter was issued as; nothing before."""
    return {"issued": paper_of(letter)}
