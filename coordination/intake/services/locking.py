"""The table an act is about, held until the transaction ends."""

from agencies.access.decisions import require, unseen
from agencies.models import Membership
from coordination.intake.models import TaskTable


def held(table: TaskTable, actor: Membership) -> TaskTable:
    """The table's row as it stands now.

    Raises: NotAllowed for a table the actor does not see.
    """
    rows = TaskTable.objects.visible_to(actor).select_for_update(of=("self",))
    found = rows.select_related("file", "section", "program", "by").filter(pk=table.pk).first()
    if found is None:
        require(unseen())
    return found
