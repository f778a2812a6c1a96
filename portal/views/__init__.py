"""The front door's pages, by subject; urls, settings and middleware name them through here."""

from portal.views.access import SignIn, home, locked_out, sign_out
from portal.views.account import account, act_as, change_password
from portal.views.errors import bad_request, conflict, failed, forbidden, forgery_refused, missing, refused
from portal.views.pages import health, help_page, more, search

__all__ = [
    "SignIn",
    "account",
    "act_as",
    "bad_request",
    "change_password",
    "conflict",
    "failed",
    "forbidden",
    "forgery_refused",
    "health",
    "help_page",
    "home",
    "locked_out",
    "missing",
    "more",
    "refused",
    "search",
    "sign_out",
]
