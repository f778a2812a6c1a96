"""Whether the session a request comes with may still be used, and what must be done before anything else.

Rule: R-ACCESS-4 and R-ACCESS-6. Asked anew at every request. Device, account and policy come in one query, in place of
Django's own for the account.
"""

from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from agencies.accounts.enums import SignInEnd
from agencies.accounts.queries import Policy, live_sign_in
from agencies.accounts.services import sign_ins
from portal import kept
from records import clock

TOUCHED_EVERY = timedelta(minutes=1)
# What someone who must set up a second factor may open before it is done.
BEFORE_THE_SECOND_FACTOR = (
    "second-factor",
    "second-factor-start",
    "second-factor-confirm",
    "sign-out",
    "health",
    "help",
)
Handler = Callable[[HttpRequest], HttpResponse]


def live_sessions(get_response: Handler) -> Handler:
    """End a session that was idle or open for too long, was ended elsewhere, or whose account was suspended.

    A form that arrives after that is not lost: it goes on with whoever signs in again.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        request.sign_in, request.policy = None, None
        request.account_before = request.session.get(SESSION_KEY)
        if request.account_before is not None:
            request.sign_in, request.policy = live_sign_in(request.session.session_key)
            _recognise(request)
            _look_at(request)
        response = get_response(request)
        return kept.ask_to_sign_in(request) if _was_turned_away(request, response) else response

    return middleware


def _was_turned_away(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether a form of the portal's own, as its token proves, was answered with the way to the sign-in page."""
    if request.method != "POST" or settings.CSRF_COOKIE_NAME not in request.COOKIES:
        return False
    leads_to = response.headers.get("Location", "")
    return response.status_code == 302 and leads_to.startswith(f"{reverse(settings.LOGIN_URL)}?")


def second_factor_first(get_response: Handler) -> Handler:
    """Lead whoever must have a second factor and has none to where it is set up."""
    return _SecondFactorFirst(get_response)


class _SecondFactorFirst:
    def __init__(self, get_response: Handler):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable, args: tuple, kwargs: dict) -> HttpResponse | None:
        if lacks_second_factor(request) and request.resolver_match.url_name not in BEFORE_THE_SECOND_FACTOR:
            return redirect("second-factor")
        return None


def lacks_second_factor(request: HttpRequest) -> bool:
    """Whether the visitor must set up a second factor before anything else."""
    sign_in, rules = getattr(request, "sign_in", None), getattr(request, "policy", None)
    if sign_in is None or sign_in.has_second_factor or not isinstance(rules, Policy):
        return False
    return rules.asks_second_factor_of([membership.role for membership in request.memberships])


def renew(request: HttpRequest, *, second_factor: bool | None = None) -> None:
    """Go on under a new session id, because what the session may do has changed."""
    if second_factor is not None:
        request.session.cycle_key()
    request.sign_in = sign_ins.go_on_under(request.sign_in, request.session.session_key, second_factor=second_factor)


def _recognise(request: HttpRequest) -> None:
    """Spare Django its query for the account; where anything about the session is odd, Django looks itself."""
    session, account = request.session, request.sign_in.account if request.sign_in else None
    if (
        account is not None
        and account.is_active
        and session[SESSION_KEY] == str(account.pk)
        and session.get(BACKEND_SESSION_KEY) in settings.AUTHENTICATION_BACKENDS
        and constant_time_compare(session.get(HASH_SESSION_KEY, ""), account.get_session_auth_hash())
    ):
        request._cached_user = account


def _look_at(request: HttpRequest) -> None:
    """End the session where it may not go on; otherwise note, once a minute, that it was used."""
    sign_in, session_key = request.sign_in, request.session.session_key
    if sign_in is None:
        _end(request, None)
    elif not request.user.is_authenticated:
        _end(request, SignInEnd.PASSWORD if sign_in.account.is_active else SignInEnd.SUSPENDED)
    elif (fault := request.policy.fault_of(sign_in)) is not None:
        _end(request, fault)
    elif request.session.session_key != session_key:
        renew(request)  # it was under a former secret key, and recognising it gave it another id
    elif clock.machine_now() - sign_in.last_seen_at >= TOUCHED_EVERY:
        sign_ins.see_again(sign_in)


def _end(request: HttpRequest, because: SignInEnd | None) -> None:
    if because is not None:
        sign_ins.end(request.sign_in, because)
    request.session.flush()
    request.user, request.sign_in = AnonymousUser(), None
    if request.method == "GET":
        messages.warning(request, _("The session has ended. Sign in again."))
