"""What heads the groups of a list."""

from django.utils.translation import gettext as _

from coordination.lists.filters import TaskFilters


def group_words(filters: TaskFilters, *, lead: str, area: str, section: str | None, code: str) -> str:
    """What heads the group of a task; where the sections of several programs mix, the code of its own comes first."""
    if filters.group == "agency":
        return lead or _("No lead agency")
    if filters.group == "section":
        words = section or _("In no section")
        return words if len(filters.programs) == 1 else f"{code}, {words}"
    return area if filters.group == "area" else ""
