"""Reports that are written block by block, on the page of all papers: the page's own room lies below theirs."""

from django import template
from django.db.models import Model

from reports.composer.permissions import WRITERS
from reports.composer.queries import writing_address, written_in

register = template.Library()


@register.inclusion_tag("reports/composer/_written.html", takes_context=True)
def written_reports(context, year: int) -> dict:
    """The reports of a year that are being written, and what the reader may begin one on."""
    actor = context["request"].actor
    return {
        "year": year,
        "written": written_in(actor, year),
        "may_begin": actor.role in WRITERS,
    }


@register.inclusion_tag("reports/composer/_write_link.html", takes_context=True)
def write_link(context, subject: Model) -> dict:
    """From a paper to the report its words are written in, for those who see it or may begin it."""
    return {"url": writing_address(context["request"].actor, subject)}
