"""What leaves a mark on an agency, so that what was kept of the programs it sees is known to hold no longer.

Rule: R-SEE-18. All that says which programs an agency sees (R-SEE-1) and which years they cover: parties and drafting
agencies, parts in tasks outside the bin, and a program's state and period.
"""

from collections.abc import Collection

from records.marking import KeepMarks, sum_of_marks

_OF_A_ROW = "SELECT told.agency_id AS one WHERE told.agency_id IS NOT NULL"
_OF_A_TASK = (
    "SELECT r.agency_id AS one FROM coordination_taskrole r WHERE r.task_id = told.id AND r.agency_id IS NOT NULL"
)
_OF_A_PROGRAM = (
    "SELECT told.drafting_agency_id AS one WHERE told.drafting_agency_id IS NOT NULL "
    "UNION SELECT p.agency_id FROM coordination_programparty p WHERE p.program_id = told.id "
    "UNION SELECT r.agency_id FROM coordination_taskrole r JOIN coordination_task t ON t.id = r.task_id "
    "WHERE t.program_id = told.id AND r.agency_id IS NOT NULL"
)

SIGHT_MARKS = KeepMarks(
    marks="coordination_sightmark",
    owner="agency_id",
    sources={
        "coordination_programparty": _OF_A_ROW,
        "coordination_program": _OF_A_PROGRAM,
        "coordination_task": _OF_A_TASK,
        "coordination_taskrole": _OF_A_ROW,
    },
    only={
        "coordination_programparty": ("program_id", "agency_id"),
        "coordination_program": ("year", "period_start", "period_end", "state", "drafting_agency_id"),
        "coordination_task": ("program_id", "binned_at"),
        "coordination_taskrole": ("task_id", "agency_id"),
    },
    everyone="SELECT id AS one FROM agencies_agency",
)
# Of so many programs and more the marks of all there are tell: each of them named would take the longer time.
_MANY = 1_000


def mark_of_agencies(agencies: Collection[int]) -> str:
    """The statement of the sum of the marks of some agencies, as text. Rule: R-SEE-18."""
    return sum_of_marks("coordination_sightmark", "agency_id", agencies)


def mark_of_programs(programs: Collection[int]) -> str:
    """The statement of the sum of the marks of some programs, as text; where they are many, of all programs.

    Rule: R-FIG-23. Shape: the programs are those a reader was just found to see.
    """
    return sum_of_marks("coordination_programmark", "program_id", programs if len(programs) < _MANY else None)
