"""The pages of task lists."""

from coordination.lists.views.acting import act, bin_and_changes, change_detail, restore, undo
from coordination.lists.views.keeping import view_delete, view_edit, view_list, view_save
from coordination.lists.views.reading import export, listed

__all__ = [
    "act",
    "bin_and_changes",
    "change_detail",
    "export",
    "listed",
    "restore",
    "undo",
    "view_delete",
    "view_edit",
    "view_list",
    "view_save",
]
