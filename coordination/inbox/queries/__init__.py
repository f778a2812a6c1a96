"""What one member has to do, and what is new around it."""

from coordination.inbox.queries.awaited import ToEvaluate
from coordination.inbox.queries.recent import Happening
from coordination.inbox.queries.week import WeekDay
from coordination.inbox.queries.work import MyWork, ToSign, my_work, overdue_count, overdue_tasks

__all__ = ["Happening", "MyWork", "ToEvaluate", "ToSign", "WeekDay", "my_work", "overdue_count", "overdue_tasks"]
