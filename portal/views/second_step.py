"""The second step of a sign-in: the phone's code, or a recovery code."""

from collections.abc import Callable

from axes.handlers.proxy import AxesProxyHandler
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.signals import user_login_failed
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from agencies.accounts.services import second_factor
from portal import kept, second_step
from portal.forms import CodeForm, RecoveryCodeForm
from portal.throttling import one_try_at_a_time
from portal.views.access import went_in
from records.errors import RuleBroken
from records.forms import PortalForm, posted

Take = Callable[[AbstractBaseUser, str], int | None]
_BACKEND = "django.contrib.auth.backends.ModelBackend"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_code(request: HttpRequest) -> HttpResponse:
    """Take the code of the phone."""
    return _step(request, CodeForm(posted(request)), second_factor.check)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_recovery(request: HttpRequest) -> HttpResponse:
    """Take a recovery code, for whoever has not the phone at hand."""
    return _step(request, RecoveryCodeForm(posted(request)), second_factor.use_recovery_code, by_recovery=True)


def _step(request: HttpRequest, form: PortalForm, take: Take, *, by_recovery: bool = False) -> HttpResponse:
    step = second_step.awaited(request)
    if step is None:
        return redirect("sign-in")
    if form.is_bound and form.is_valid():
        with one_try_at_a_time(step.account.username):
            if _is_right(request, step.account, form, take):
                return _let_in(request, step)
    page = {"form": form, "by_recovery": by_recovery, "kept": kept.carried(request)}
    return render(request, second_step.PAGE, page, status=422 if form.is_bound else 200)


def _is_right(request: HttpRequest, account: AbstractBaseUser, form: PortalForm, take: Take) -> bool:
    """A wrong code counts like a wrong password; while the account is locked no code is looked at."""
    credentials = {"username": account.username, "step": "second factor"}
    if not AxesProxyHandler.is_allowed(request, credentials):
        request.axes_locked_out = True
        return False
    try:
        left = take(account, form.cleaned_data["code"])
    except second_factor.TooSoon as refusal:
        form.add_refusal(refusal)
        return False
    except RuleBroken as refusal:
        form.add_refusal(refusal)
        user_login_failed.send(sender=__name__, credentials=credentials, request=request)
        return False
    if left is not None:
        _say_how_many_are_left(request, left)
    return True


def _let_in(request: HttpRequest, step: second_step.SecondStep) -> HttpResponse:
    second_step.forget(request)
    request.second_factor_taken = True
    login(request, step.account, backend=_BACKEND)
    return went_in(request, going_to=step.going_to or resolve_url(settings.LOGIN_REDIRECT_URL))


def _say_how_many_are_left(request: HttpRequest, left: int) -> None:
    words = ngettext(
        "You used a recovery code; %(left)s is left. Make new ones in “My account”.",
        "You used a recovery code; %(left)s are left. Make new ones in “My account” when few are left.",
        left,
    )
    messages.warning(request, words % {"left": left})
