"""The notice of reorganisations to come; the floor of the agencies names the tag and knows no more."""

from django import template

from agencies.models import Reorganisation
from coordination.reorganisation.queries import prepared_for

register = template.Library()


@register.inclusion_tag("coordination/reorganisation/_prepared.html", takes_context=True)
def prepared_acts(context) -> dict:
    """The acts prepared and not yet applied that reach the reader's unit; administrators find the way to each."""
    actor = context["request"].actor
    acts = prepared_for(actor)
    kept = Reorganisation.objects.visible_to(actor).filter(pk__in=[act.pk for act in acts]) if acts else []
    return {"acts": acts, "kept": set(kept)}
