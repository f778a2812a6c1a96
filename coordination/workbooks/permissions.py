"""Who takes workbooks of tasks away: whoever may send them back."""

from agencies.models import Membership
from coordination.intake.permissions import can_import_tasks, can_send_workbook
from coordination.programs.models import Program
from records.errors import Decision


def can_take_program_workbook(actor: Membership, program: Program) -> Decision:
    """Officials and secretaries of a party take the workbook of a program, until it is evaluated or has ended."""
    return can_import_tasks(actor, program)


def can_take_agency_workbook(actor: Membership) -> Decision:
    """Officials and secretaries take the workbook of the tasks their agencies lead."""
    return can_send_workbook(actor)
