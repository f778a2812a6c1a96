"""What a year's figures are made from: programs that are kept whole, and the rest counted task by task."""

from dataclasses import replace
from datetime import date

from coordination.figures.queries.counts import Counted
from coordination.figures.queries.groups import rows_of
from coordination.figures.queries.kept import sums_of
from coordination.figures.queries.sums import Sums
from coordination.figures.scope import Scope
from coordination.programs.sight import ProgramsSeen
from coordination.tasks.queries import past


def counted(scope: Scope, year: int, programs: ProgramsSeen, *, as_of: date) -> Counted:
    """The scope's tasks of a year, judged on a day, out of the programs its actor sees.

    Rule: R-FIG-23. Two queries where nothing changed, three at most beside the names.
    """
    if past.is_past(as_of) or scope.own_only or scope.is_narrowed or scope.roles_on or not programs.made:
        return Sums(rows_of(scope, year, programs, as_of=as_of)).counted()
    sums = sums_of(scope.actor, year, programs.made, as_of=as_of)
    if programs.others:
        others = replace(programs, made=frozenset())
        sums = Sums([*rows_of(scope, year, others, as_of=as_of), *sums.rows()])
    return sums.counted()
