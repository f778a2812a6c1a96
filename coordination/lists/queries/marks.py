"""The marks of programs as the statements of lists ask for them. Rule: R-LIST-8."""

from collections.abc import Iterable

from coordination.programs.models import Program
from records.marking import sum_of_marks


def mark_of(programs: Iterable[int]) -> str:
    """The statement of the sum of the marks of some programs, as text.

    Shape: the programs are those a reader was just found to see.
    """
    table = Program._meta.get_field("marks").related_model._meta.db_table
    return sum_of_marks(table, "program_id", programs)
