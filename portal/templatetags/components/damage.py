"""What a record's page says at its top when the last proof found it damaged."""

from django import template
from django.db.models import Model

from portal.whom_to_ask import keepers_of_the_portal
from records import verified

register = template.Library()


@register.inclusion_tag("components/damage.html")
def damage(record: Model) -> dict:
    """What is damaged and whom to tell; nothing of a record that is whole, which costs no query. Rule: R-PROOF-2."""
    found = verified.last()
    marks = found.marks_on(record) if found else []
    if not marks:
        return {}
    return {"marks": marks, "found_at": found.moment, "offices": keepers_of_the_portal()}
