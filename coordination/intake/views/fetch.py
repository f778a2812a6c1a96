from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from coordination.intake.models import TaskTable


def table_or_404(request: HttpRequest, pk: int) -> TaskTable:
    """A table the actor sent; someone else's is as unknown as one that was never sent."""
    tables = TaskTable.objects.visible_to(request.actor).select_related(
        "file", "section", "program__unit", "program__drafting_agency"
    )
    return get_object_or_404(tables, pk=pk)


def sheet_of(asked: str, count: int) -> int | None:
    """The place of the sheet that was asked for, where there is one."""
    is_number = asked.isascii() and asked.isdigit()
    return int(asked) if is_number and int(asked[:4]) < count and len(asked) < 4 else None
