"""Who may start a program from an earlier one: a secretary who may read the earlier one, once all have signed it."""

from django.utils.translation import gettext as _

from agencies.access.decisions import YES, no
from agencies.models import Membership
from coordination.programs.enums import SIGNED_STATES
from coordination.programs.models import Program
from coordination.programs.permissions import can_create_program, can_view_program
from records.errors import Decision


def can_start_from(actor: Membership, program: Program) -> Decision:
    """Secretaries start the next program from one they see that was signed: in force, under evaluation or ended."""
    if not (seen := can_view_program(actor, program)):
        return seen
    if not (may := can_create_program(actor)):
        return may
    if program.state not in SIGNED_STATES:
        return no(_("A program can be continued once all parties have signed it."))
    return YES
