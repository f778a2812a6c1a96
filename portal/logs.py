"""Lines of the log: one JSON object each or words, both with the number of the request, neither with what is secret.

Rule: R-LOG-3. An account is told by its number. Mail addresses, passwords in addresses, tokens of links and values of
rows that a database names in its refusals are covered, also in traces.
"""

import json
import logging
import re
from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse

from records.audit.origin import origin

requests = logging.getLogger("portal.requests")

_COVERED = (
    (re.compile(r"(\w://)[^/\s@'\"]+@"), r"\1…@"),
    (re.compile(r"[\w.+-]+@(?=[\w-]+\.\w)"), "…@"),
    (re.compile(r"/(lien-ket|cong-cu-ky|lich)/[^/\s'\"?]+"), r"/\1/…"),
    (re.compile(r"(Key \([^\n]*?\)=)\([^\n]*\)"), r"\1(…)"),
    (re.compile(r"(Failing row contains )\([^\n]*\)"), r"\1(…)"),
)
_TOLD = ("method", "route", "status", "milliseconds", "account")


def covered(words: str) -> str:
    """The same words without what is nobody's business."""
    for pattern, instead in _COVERED:
        words = pattern.sub(instead, words)
    return words


class Words(logging.Formatter):
    """For eyes: moment, level, where from, the request's number where there is one, what."""

    def __init__(self):
        super().__init__("{asctime} {levelname} {name}{number} {message}", style="{")

    def format(self, record: logging.LogRecord) -> str:
        number = _number_of_request()
        record.number = f" [{number}]" if number else ""
        return covered(super().format(record))


class Objects(logging.Formatter):
    """For machines: one JSON object a line; what happened in a request carries its number."""

    def format(self, record: logging.LogRecord) -> str:
        told = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "process": record.process,
            "message": covered(record.getMessage()),
        }
        if number := _number_of_request():
            told["request"] = number
        told |= {name: getattr(record, name) for name in _TOLD if hasattr(record, name)}
        if record.exc_info:
            told["trace"] = covered(self.formatException(record.exc_info))
        return json.dumps(told, ensure_ascii=False, default=str)


def request_answered(request: HttpRequest, response: HttpResponse, seconds: float) -> None:
    """A line for each request, where the service wants them: which page by its name, never its address or contents."""
    if not requests.isEnabledFor(logging.INFO):
        return
    match, user = request.resolver_match, getattr(request, "user", None)
    told = {
        "method": request.method,
        "route": match.view_name if match else "",
        "status": response.status_code,
        "milliseconds": round(seconds * 1000),
        "account": user.pk if user is not None else None,
    }
    requests.info("%(method)s %(route)s %(status)s %(milliseconds)s ms", told, extra=told)


def _number_of_request() -> str:
    return origin.get().request_id
