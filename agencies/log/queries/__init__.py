"""Named reads of the log: for administrators the system log, for everyone who sees an agency its history."""

from agencies.log.queries.agency_history import history_of
from agencies.log.queries.rows import LogRow, row_of
from agencies.log.queries.searching import MOST_COUNTED, LogFilters, counted, entries_found, log_seen_by

__all__ = ["MOST_COUNTED", "LogFilters", "LogRow", "counted", "entries_found", "history_of", "log_seen_by", "row_of"]
