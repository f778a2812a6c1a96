"""Which tasks are settled and where each of them is counted, as the database's own triggers say it.

Rule: R-FIG-19. Said once more in SQL because triggers know no querysets; `queries.settled.differences` proves that it
says the same as `coordination.tasks.judging`.
"""

from records.counting import KeepCounts

_DEADLINE = "COALESCE(told.legal_due_on, told.due_on)"


def _year(column: str) -> dict[str, str]:
    return {
        "postgresql": f"CAST(EXTRACT(YEAR FROM told.{column}) AS SMALLINT)",
        "sqlite": f"CAST(SUBSTR(told.{column}, 1, 4) AS INTEGER)",
    }


SETTLED = KeepCounts(
    table="coordination_task",
    sums="coordination_settledcount",
    places={
        "program_id": "told.program_id",
        "bucket": f"CASE WHEN {_DEADLINE} IS NULL THEN 'no_deadline' "
        f"WHEN told.state = 'completed' AND {_DEADLINE} < told.completed_on THEN 'done_late' "
        "WHEN told.state = 'completed' THEN 'done_on_time' "
        f"WHEN told.state = 'awaiting' AND {_DEADLINE} >= told.completed_on THEN 'in_time' ELSE 'overdue' END",
        "starts": _year("start_on"),
        "ends": _year("due_on"),
    },
    condition="told.binned_at IS NULL AND (told.state IN ('awaiting', 'completed', 'not_completed') "
    f"OR (told.state IN ('not_started', 'in_progress') AND {_DEADLINE} IS NULL))",
)
