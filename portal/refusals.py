"""What was refused to a signed-in person is written into the audit: once for each request, whatever refused it.

Rule: R-AUDIT-1. A page that answers 404 is written down alike whether its object is hidden or does not exist.
"""

import logging

from django.db import Error, transaction
from django.http import HttpRequest, HttpResponse

from records.audit.enums import AuditAction
from records.audit.services import record

log = logging.getLogger(__name__)

_LONGEST_PATH = 400
_SAYING_NO = (400, 403, 413)


def note(request: HttpRequest, reason: object) -> None:
    """Remember why a request is refused, until its answer leaves the portal."""
    request.refused_because = str(reason)


def write_down(request: HttpRequest, response: HttpResponse) -> None:
    """Record a refusal after everything the request tried was taken back.

    Why no error leaves: whoever was refused is answered even while the log cannot be written; the server's log tells.
    """
    try:
        if request.user.is_authenticated and _is_refused(request, response):
            with transaction.atomic():
                record(AuditAction.REFUSED, actor=request.actor, account=request.user, after=_told(request, response))
    except Error:
        log.exception("A refusal could not be recorded: request %s", getattr(request, "id", ""))


def _is_refused(request: HttpRequest, response: HttpResponse) -> bool:
    said_no = hasattr(request, "refused_because") or response.status_code in _SAYING_NO
    return said_no or _hides_object(request, response)


def _hides_object(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether the address names an object the visitor may not know of, or that there is none of."""
    return response.status_code == 404 and bool(request.resolver_match and request.resolver_match.kwargs)


def _told(request: HttpRequest, response: HttpResponse) -> dict:
    told = {"path": request.path[:_LONGEST_PATH], "method": request.method, "status": response.status_code}
    reason = getattr(request, "refused_because", "")
    return {**told, "reason": reason} if reason else told
