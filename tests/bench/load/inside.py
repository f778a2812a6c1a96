"""What is measured beside the load, inside one process: queries a page, and the same aggregate in raw SQL."""

import statistics
import time

from django.db import connection
from django.test.utils import CaptureQueriesContext

from agencies.models import User
from tests.bench.browsing import opened, signed_in
from tests.bench.data.scales import DAY, LAST_YEAR
from tests.bench.load.subjects import Subjects

_TIMES = 5
# The four buckets of a year by program, leading agency, area and month, as one pass over the tasks: what the figures
# of a dashboard are at least made from.
RAW = f"""
SELECT t.program_id, r.agency_id, t.area_id,
       CASE WHEN t.deadline IS NULL THEN 'no_deadline'
            WHEN t.state = 'completed' AND t.completed_on > t.deadline THEN 'done_late'
            WHEN t.state = 'completed' THEN 'done_on_time'
            WHEN t.state = 'not_completed' OR t.deadline < '{DAY}' AND t.state <> 'awaiting'
              OR t.state = 'awaiting' AND t.completed_on > t.deadline THEN 'overdue'
            ELSE 'in_time' END AS bucket,
       substr(CAST(t.deadline AS varchar(10)), 1, 7) AS month, count(*)
  FROM coordination_task t
  JOIN coordination_program p ON p.id = t.program_id
  JOIN coordination_taskrole r ON r.task_id = t.id AND r.kind = 'lead' AND r.position = 1
 WHERE t.binned_at IS NULL AND t.state NOT IN ('suspended', 'cancelled')
   AND p.period_start <= '{LAST_YEAR}-12-31' AND p.period_end >= '{LAST_YEAR}-01-01'
   AND (t.due_on IS NULL OR t.due_on >= '{LAST_YEAR}-01-01')
   AND (t.start_on IS NULL OR t.start_on <= '{LAST_YEAR}-12-31')
 GROUP BY 1, 2, 3, 4, 5"""


def raw_sql_ms() -> float:
    """The wall time of the raw aggregate with its rows fetched, once the database has it in memory."""
    took = []
    with connection.cursor() as cursor:
        for _time in range(_TIMES + 1):
            started = time.perf_counter()
            cursor.execute(RAW)
            cursor.fetchall()
            took.append((time.perf_counter() - started) * 1000)
    return statistics.median(took[1:])


def queries_of_pages(subjects: Subjects) -> dict[str, int]:
    """Queries of each page beyond those every page takes: session, rights and frame, as a page without content has."""
    pages = {
        "list25": (subjects.reader, f"/nhiem-vu/?year={LAST_YEAR}"),
        "list50_filters": (subjects.reader, f"/nhiem-vu/?year={LAST_YEAR}&size=50&{subjects.narrowed}"),
        "task": (subjects.reader, f"/nhiem-vu/{subjects.tasks[0]}/"),
        "dashboard": (subjects.leader, f"/tong-quan/?year={LAST_YEAR}"),
    }
    frame = {who: _queries(who, "/them/") for who in {who for who, _path in pages.values()}}
    return {name: _queries(who, path) - frame[who] for name, (who, path) in pages.items()}


def _queries(username: str, path: str) -> int:
    client = signed_in(User.objects.get(username=username).memberships.get())
    opened(client, path)
    with CaptureQueriesContext(connection) as asked:
        opened(client, path)
    return len(asked)
