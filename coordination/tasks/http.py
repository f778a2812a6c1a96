"""A form sent twice does its work once."""

import secrets
from collections.abc import Callable

from django.contrib.sessions.models import Session
from django.db import transaction
from django.http import HttpRequest

TOKEN_FIELD = "form_token"
_KEY = "answered_forms"
_REMEMBERED = 20


def new_token() -> str:
    """A mark for one showing of a form."""
    return secrets.token_urlsafe(16)


@transaction.atomic
def once(request: HttpRequest, act: Callable[[], str]) -> str:
    """Do what a form asks for and keep its answer; the same form sent again gets that answer and does nothing.

    Why: the session's row is held while the act runs, so two clicks that arrive together wait for each other.
    """
    token = request.POST.get(TOKEN_FIELD, "")[:60]
    if not token:
        return act()
    answers = _answers(request)
    if token not in answers:
        answers[token] = act()
    request.session[_KEY] = dict(list(answers.items())[-_REMEMBERED:])
    request.session.save()
    # Kept with the act; written a second time behind it, it would cost every form another wait for the disk.
    request.session.modified = False
    return answers[token]


@transaction.atomic
def answer_given(request: HttpRequest) -> str:
    """Where a form that has done its work already led; nothing for one that comes for the first time."""
    return _answers(request).get(request.POST.get(TOKEN_FIELD, "")[:60], "")


@transaction.atomic
def unless_answered(request: HttpRequest, act: Callable[[], object]) -> object | None:
    """Do what belongs to a form only until the form has done its work; None afterwards.

    Why: what a page sends by itself can arrive behind the click that saved it.
    """
    token = request.POST.get(TOKEN_FIELD, "")[:60]
    return None if token and token in _answers(request) else act()


def _answers(request: HttpRequest) -> dict[str, str]:
    held = Session.objects.select_for_update().filter(pk=request.session.session_key).first()
    return dict(held.get_decoded().get(_KEY, {})) if held else {}
