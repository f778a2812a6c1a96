"""A view of the list everyone keeps, shared with the agency, and an act on several tasks by each drafting secretary."""

from coordination.lists import services as lists
from coordination.lists.permissions import can_remind_lead
from coordination.programs.models import Program
from coordination.tasks.models import Task
from tests.integration.rights.cast import Cast


def keep_lists(cast: Cast, program: Program) -> None:
    """The drafting secretary shares a view and reminds the lead agencies of the program's running tasks."""
    secretary = cast.secretary
    lists.save_view(actor=secretary, name="Việc đang chạy", query="status=in_progress", is_shared=True)
    running = [task for task in Task.objects.filter(program=program) if can_remind_lead(secretary, task)]
    lists.remind_leads(running[:1], actor=secretary)
