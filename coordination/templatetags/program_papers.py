"""What a program's page shows of its number, its issue and its amendments; the page names the tag and knows no more."""

from django import template

from coordination.programs.models import Program
from coordination.programs.queries import ProgramsAround
from coordination.programs.workflow import NUMBERED_STATES
from coordination.register.permissions import can_amend, can_issue
from coordination.register.queries import papers_beside
from coordination.register.services.amending import AMENDED_STATES
from coordination.register.services.papers import ISSUING_STATES

register = template.Library()


@register.inclusion_tag("coordination/register/_paper_panel.html", takes_context=True)
def program_papers(context, program: Program, around: ProgramsAround) -> dict:
    """Number, issue and amendments as the reader sees them, with what the drafting secretary may do next."""
    actor = context["request"].actor
    may = bool(can_issue(actor, program))
    return {
        "program": program,
        "beside": papers_beside(around),
        "takes_number": may and program.state in NUMBERED_STATES and program.document_number is None,
        "may_issue": may and program.state in ISSUING_STATES and program.issued_on is None,
        "may_amend": bool(can_amend(actor, program)) and program.state in AMENDED_STATES,
    }
