"""Rows that stand in the program already, or twice in the same table."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from coordination.intake.enums import Column
from coordination.intake.queries.frame import RowRead
from coordination.programs.models import Program
from coordination.tasks.enums import RoleKind
from coordination.tasks.models import TaskRole
from coordination.tasks.services.days import span_of
from records.errors import RuleBroken
from records.text import fold


@dataclass
class Twins:
    """The tasks of a program by their folded names: code, leads and days; and the rows looked at so far."""

    tasks: dict[str, list[tuple[str, frozenset[int], object]]]
    rows: dict[tuple, int] = field(default_factory=dict)

    def look_at(self, row: RowRead) -> bool:
        """Whether the row's task is in the program already; one that only shares its name is told, one that stands
        twice in the table is refused."""
        name, leads = fold(row.draft.title), frozenset(lead.agency.pk for lead in row.draft.leads)
        days = _days(row)
        if not name:
            return False
        self._refuse_second(row, (name, leads, days))
        same = self.tasks.get(name, [])
        if any((its_leads, its_days) == (leads, days) for _code, its_leads, its_days in same):
            return True
        for code, *_rest in same[:1]:
            what = _("Task %(code)s of this program has the same name") % {"code": code}
            row.fault(Column.CONTENT, what, is_warning=True)
        return False

    def _refuse_second(self, row: RowRead, key: tuple) -> None:
        first = self.rows.setdefault(key, row.line.number)
        if first != row.line.number:
            what = _("The same task, with the same lead and time, stands in row %(row)s") % {"row": first}
            row.fault(Column.CONTENT, what, _("Delete one of the two rows"))


def twins_of(program: Program) -> Twins:
    """The tasks a program has. Two queries."""
    leads: dict[int, set[int]] = {}
    roles = TaskRole.objects.filter(task__program=program, kind=RoleKind.LEAD).values_list("task_id", "agency_id")
    for task, agency in roles:
        leads.setdefault(task, set()).add(agency)
    tasks: dict[str, list] = {}
    for pk, code, title, *days in program.tasks.values_list("pk", "code", "title", "start_on", "due_on"):
        tasks.setdefault(fold(title), []).append((code, frozenset(leads.get(pk, ())), tuple(days)))
    return Twins(tasks)


def _days(row: RowRead) -> tuple:
    try:
        span = span_of(row.draft, row.frame.program)
    except RuleBroken:
        return ()
    return (span.start_on, span.due_on)
