"""What happens to every request before a view and after a refusal."""

import time
import uuid
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.utils import translation

from agencies.models import Membership
from agencies.people.queries import going_on_from, usable_memberships
from portal import logs, refusals
from records import clock, text
from records.audit.origin import Origin, origin
from records.errors import Conflict, NotAllowed

ACTING_KEY = "acting_membership"
_LONGEST_NUMBER = 20
_PAPERS_OF_ANYBODY = ("reports:verify-file", "reports:signing-tool-upload")
Handler = Callable[[HttpRequest], HttpResponse]


def request_id(get_response: Handler) -> Handler:
    """Give every request an id that its answer, its log lines and its audit entries share."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.id = str(uuid.uuid4())
        token = origin.set(Origin(address=request.META.get("REMOTE_ADDR", ""), request_id=request.id))
        began = time.monotonic()
        try:
            response = get_response(request)
            logs.request_answered(request, response, time.monotonic() - began)
        finally:
            origin.reset(token)
        response["X-Request-ID"] = request.id
        return response

    return middleware


def plain_text_only(get_response: Handler) -> Handler:
    """Let in addresses and cookies of characters that can be typed, and no others.

    Filters and searches are read in NFC. Why before the session: its key goes into the database as it came.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        from portal import views

        if text.has_forbidden(request.path_info):
            return views.missing(request)
        request.COOKIES = {name: text.without_forbidden(value) for name, value in request.COOKIES.items()}
        if request.GET:
            query = request.GET.copy()
            for key, values in list(query.lists()):
                query.setlist(key, [text.nfc(text.without_forbidden(value)) for value in values])
            query._mutable = False
            request.GET = query
        return get_response(request)

    return middleware


def acting_member(get_response: Handler) -> Handler:
    """Find in which membership the visitor acts; asked anew at every request, so a moved person's rights follow."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.memberships = _usable(request)
        request.actor = _acting(request)
        if request.actor is not None and request.method in ("GET", "HEAD"):
            request.actor.remember_answers()
        language = request.user.language if request.user.is_authenticated else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            return get_response(request)

    return middleware


def bounded_body(get_response: Handler) -> Handler:
    """Refuse a body larger than any form of the portal before one byte of it is read; a stranger's sooner.

    Rule: R-FILE-4.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        told = request.META.get("CONTENT_LENGTH") or "0"
        limit = settings.REQUEST_MAX_BYTES if request.user.is_authenticated else _of_stranger(request)
        if told.isdecimal() and int(told[:_LONGEST_NUMBER]) > limit:
            raise RequestDataTooBig(f"{told[:_LONGEST_NUMBER]} bytes")
        return get_response(request)

    return middleware


def _of_stranger(request: HttpRequest) -> int:
    """What somebody not signed in may send: a form, and one paper where papers are handed in."""
    try:
        takes_papers = resolve(request.path_info).view_name in _PAPERS_OF_ANYBODY
    except Resolver404:
        takes_papers = False
    return settings.EVIDENCE_MAX_BYTES if takes_papers else settings.DATA_UPLOAD_MAX_MEMORY_SIZE


def translate_refusals(get_response: Handler):
    """Turn what services refuse into pages: 403 with the reason, 404 for what must stay unseen, 409 for a conflict."""
    return _RefusalPages(get_response)


class _RefusalPages:
    def __init__(self, get_response: Handler):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        refusals.write_down(request, response)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        from portal import views

        if isinstance(exception, NotAllowed):
            refusals.note(request, exception)
            return views.missing(request) if exception.decision.hidden else views.refused(request, exception)
        if isinstance(exception, Conflict):
            return views.conflict(request, exception)
        return None


def _usable(request: HttpRequest) -> list[Membership]:
    if not request.user.is_authenticated:
        return []
    return usable_memberships(request.user.pk, clock.today())


def _acting(request: HttpRequest) -> Membership | None:
    """The chosen role; when that has ended, the one that goes on from it; otherwise the first."""
    usable, chosen = request.memberships, request.session.get(ACTING_KEY)
    if acting := next((membership for membership in usable if membership.pk == chosen), None):
        return acting
    return going_on_from(chosen, usable) or (usable[0] if usable else None)
