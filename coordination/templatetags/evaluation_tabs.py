"""The tabs of an evaluation, the same on every page of it."""

from django import template

from coordination.evaluations.models import EvaluationRound
from coordination.evaluations.permissions import sees_differences, standing_of

register = template.Library()


@register.inclusion_tag("coordination/evaluations/_tabs.html", takes_context=True)
def evaluation_tabs(context, round: EvaluationRound, tab: str) -> dict:
    """The parts of an evaluation that the reader may open; `tab` is the one they are on."""
    shown = sees_differences(round, standing_of(context["request"].actor, round))
    return {"round": round, "tab": tab, "sees_differences": shown}
