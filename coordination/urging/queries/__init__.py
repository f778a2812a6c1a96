"""Named reads about urging letters: who could be urged, which letters were written and received."""

from coordination.urging.queries.letters import (
    Received,
    Urged,
    letters_about,
    letters_of,
    paper_of,
    urgings_of,
    waiting_letters,
)
from coordination.urging.queries.overdue import (
    ANSWER_DAYS,
    MOST_TASKS,
    Overdue,
    overdue_by_lead,
    overdue_tasks,
    tasks_of_lead,
    usual_answer_day,
)

__all__ = [
    "ANSWER_DAYS",
    "MOST_TASKS",
    "Overdue",
    "Received",
    "Urged",
    "letters_about",
    "letters_of",
    "overdue_by_lead",
    "overdue_tasks",
    "paper_of",
    "tasks_of_lead",
    "urgings_of",
    "usual_answer_day",
    "waiting_letters",
]
