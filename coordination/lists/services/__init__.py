"""What happens with lists: keeping views, acting on many tasks, taking it back, taking a list out."""

from coordination.lists.services.bin import bin_task, restore_task
from coordination.lists.services.bulk import bin_tasks, change_area, confirm_tasks, extend_tasks
from coordination.lists.services.exporting import export_list
from coordination.lists.services.keeping import change_view, delete_view, save_view
from coordination.lists.services.reminding import remind_leads
from coordination.lists.services.undoing import undo_change

__all__ = [
    "bin_task",
    "bin_tasks",
    "change_area",
    "change_view",
    "confirm_tasks",
    "delete_view",
    "export_list",
    "extend_tasks",
    "remind_leads",
    "restore_task",
    "save_view",
    "undo_change",
]
