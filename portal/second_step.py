"""Between the right password and the code: who may take the second step, for ten minutes, in a session of nobody.

Rule: R-ACCESS-5. The session is not signed in before the code: no page but the second step knows the account.
"""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from agencies.accounts.enums import SECOND_STEP_WITHIN
from portal import kept
from portal.forms import CodeForm
from records import clock, text

PAGE = "portal/second_step.html"
_KEY = "second_step"


@dataclass(frozen=True)
class SecondStep:
    """Whose password was right, and where they were going."""

    account: AbstractBaseUser
    going_to: str


def remember(request: HttpRequest, account: AbstractBaseUser, *, going_to: str) -> None:
    """The password was right: the next step may be taken in this session, under a new id."""
    request.session.cycle_key()
    request.session[_KEY] = {
        "account": account.pk,
        "since": clock.machine_now().isoformat(),
        "password": account.get_session_auth_hash(),
        "going_to": going_to,
    }


def awaited(request: HttpRequest) -> SecondStep | None:
    """The second step this session may take: not too late, the password still the same, the account not suspended."""
    held = request.session.get(_KEY)
    if held is None:
        return None
    since = datetime.fromisoformat(held["since"])
    account = get_user_model()._default_manager.filter(pk=held["account"], is_active=True).first()
    in_time = since <= clock.machine_now() <= since + SECOND_STEP_WITHIN
    if account is None or not in_time or held["password"] != account.get_session_auth_hash():
        forget(request)
        return None
    return SecondStep(account, held["going_to"])


def forget(request: HttpRequest) -> None:
    """The second step is over, taken or not."""
    request.session.pop(_KEY, None)


def page(request: HttpRequest) -> HttpResponse:
    """Where the code is typed; a form that was interrupted is carried along, otherwise it has its own address."""
    carried = kept.carried(request)
    if not carried:
        return redirect("sign-in-code")
    return render(request, PAGE, {"form": CodeForm(), "kept": carried})


def name_typed(request: HttpRequest) -> str:
    """The account a sign-in is tried on, in its one spelling."""
    return text.nfc(request.POST.get("username", "")).strip().lower()[:150]
