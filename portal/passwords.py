"""Asking for the password once more; a wrong answer counts like a wrong sign-in."""

from django.contrib.auth import authenticate
from django.http import HttpRequest

from portal.throttling import one_try_at_a_time


def knows_password(request: HttpRequest, password: str) -> bool:
    """Whether whoever is signed in knows the account's password. Rule: R-ACCESS-3: tries here are limited as well."""
    username = request.user.get_username()
    with one_try_at_a_time(username):
        return authenticate(request, username=username, password=password) is not None
