"""What leaves a mark on a program, so that counts of its tasks that were kept are known to hold no longer.

Rule: R-FIG-23. All that a year is counted by, but for names: tasks, the parts of agencies in them and what these
report, and targets.
"""

from records.marking import KeepMarks

_OF_A_TASK = "SELECT t.program_id AS one FROM coordination_task t WHERE t.id = told.task_id"
_OF_A_PART = (
    "SELECT t.program_id AS one FROM coordination_taskrole r JOIN coordination_task t ON t.id = r.task_id "
    "WHERE r.id = told.role_id"
)

MARKS = KeepMarks(
    marks="coordination_programmark",
    owner="program_id",
    sources={
        "coordination_task": "SELECT told.program_id AS one",
        "coordination_taskrole": _OF_A_TASK,
        "coordination_target": _OF_A_TASK,
        "coordination_partreport": _OF_A_PART,
    },
)
