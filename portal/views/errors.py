"""Pages for what goes wrong: they keep the frame, say what happened and what to do, and never show a trace."""

import logging
import sys
from dataclasses import replace

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from portal import navigation, refusals
from portal.views.unavailable import why_unavailable
from portal.whom_to_ask import whom_to_ask
from records import clock, text
from records.errors import Conflict, NotAllowed

log = logging.getLogger(__name__)

_SECONDS_TO_TRY_AGAIN = 30
_NOT_TYPED = {"csrfmiddlewaretoken", "revision"}


def refused(request: HttpRequest, exception: NotAllowed) -> HttpResponse:
    """The actor may not do this, why, and whom to ask."""
    helpers = whom_to_ask(getattr(request, "actor", None))
    return _error(request, 403, _("You do not have access to this page"), str(exception), helpers=helpers)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """A refusal that did not come from a service."""
    refusals.note(request, _("You do not have access to this page"))
    return _error(request, 403, _("You do not have access to this page"))


def forgery_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form is too old, or was not ours."""
    refusals.note(request, _("The form was too old or not the portal's own"))
    return _error(
        request,
        403,
        _("The session has ended"),
        _("Go back to the form: what you typed is still there. Reload it in another tab, sign in, then send it again."),
    )


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """A request the portal cannot read, or one too large to accept."""
    refusals.note(request, _("The request could not be read"))
    if isinstance(exception, RequestDataTooBig):
        return _error(request, 413, _("Too much was sent at once"), _("Shorten the text or send fewer files."))
    return _error(request, 400, _("The request could not be read"), _("Go back, reload the page and try again."))


def missing(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """No such page, or one whose existence the visitor may not learn of."""
    return render(request, "errors/missing.html", status=404)


def conflict(request: HttpRequest, exception: Conflict) -> HttpResponse:
    """Someone else was faster; what was typed is shown so that it can be carried over."""
    typed = [
        text.without_forbidden(value)
        for key, values in request.POST.lists()
        if key not in _NOT_TYPED
        for value in values
        if value.strip()
    ]
    return render(request, "errors/conflict.html", {"reason": str(exception), "typed": typed}, status=409)


def failed(request: HttpRequest) -> HttpResponse:
    """Something broke; the page needs no database and its number leads to the log.

    Rule: R-FAULT-1. What passes or is mended on the server answers 503, says what it is, and when to try again.
    """
    incident = f"{clock.local_day(clock.now()):%Y%m%d}-{getattr(request, 'id', '')[:8]}"
    log.error("Incident %s at %s, request %s", incident, request.path, getattr(request, "id", ""))
    reason = why_unavailable(sys.exc_info()[1])
    frame = replace(navigation.frame_without_database(request), signed_in=False)
    code = 503 if reason else 500
    page = {"shell": frame, "incident": incident, "again": request.path, "reason": reason, "code": code}
    headers = {"Retry-After": _SECONDS_TO_TRY_AGAIN} if reason else {}
    return HttpResponse(render_to_string("errors/failed.html", page), status=code, headers=headers)


def _error(request: HttpRequest, code: int, title: str, words: str = "", **more) -> HttpResponse:
    return render(request, "errors/error.html", {"code": code, "title": title, "words": words, **more}, status=code)
