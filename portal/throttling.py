"""Limits on wrong tries to sign in, kept by django-axes and counted in three ways.

Rule: R-ACCESS-3. Within a quarter of an hour: 5 on one account from one address, 30 on all accounts from one address,
10 on one account from everywhere. The last one does not shut out an address the account knows, so that nobody locks
others out from afar.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

from axes.attempts import get_cool_off_threshold
from axes.handlers.database import AxesDatabaseHandler
from axes.helpers import get_client_username
from axes.models import AccessAttempt
from django.db import connection, transaction
from django.db.models import Q, Sum
from django.http import HttpRequest

from agencies.accounts.enums import TRIES, Limit
from agencies.accounts.queries import knows_address
from agencies.accounts.services import sign_ins

_ACCOUNTS, _ADDRESSES = 1, 2  # kinds of advisory locks on PostgreSQL


class ThreeLimits(AxesDatabaseHandler):
    """Counts wrong tries as django-axes does, and compares them with three limits instead of one."""

    def get_failures(self, request: HttpRequest, credentials: dict | None = None) -> int:
        """A number to compare with `AXES_FAILURE_LIMIT`, the limit of the pair: a limit that is reached counts as that.

        Why: django-axes asks for one number and has one limit.
        """
        tries = self._tries(request, credentials)
        return TRIES[Limit.PAIR] if self._reached(request, credentials, tries) else 0

    def user_login_failed(self, sender, credentials: dict, request: HttpRequest | None = None, **kwargs) -> None:
        """Count the try, and tell of each limit it reached. One address counts at a time, so each is told of once."""
        if request is None or request.axes_locked_out:
            super().user_login_failed(sender, credentials, request, **kwargs)
            return
        with transaction.atomic():
            wait_for_turn(_ADDRESSES, request.axes_ip_address or "")
            super().user_login_failed(sender, credentials, request, **kwargs)
            for limit, tries in self._tries(request, credentials).items():
                if tries == TRIES[limit]:
                    username = get_client_username(request, credentials) or ""
                    sign_ins.note_lockout(limit, username=username, address=request.axes_ip_address or "")

    def _reached(self, request: HttpRequest, credentials: dict | None, tries: dict[Limit, int]) -> bool:
        if any(tries[limit] >= TRIES[limit] for limit in (Limit.PAIR, Limit.ADDRESS)):
            return True
        if tries[Limit.ACCOUNT] < TRIES[Limit.ACCOUNT]:
            return False
        return not knows_address(get_client_username(request, credentials) or "", request.axes_ip_address or "")

    def _tries(self, request: HttpRequest, credentials: dict | None) -> dict[Limit, int]:
        """The wrong tries of the last quarter of an hour: on this account, from this address, and of both together."""
        account = Q(username=get_client_username(request, credentials))
        address = Q(ip_address=request.axes_ip_address)
        recent = AccessAttempt.objects.filter(account | address, attempt_time__gte=get_cool_off_threshold(request))
        found = recent.aggregate(
            pair=Sum("failures_since_start", filter=account & address),
            account=Sum("failures_since_start", filter=account),
            address=Sum("failures_since_start", filter=address),
        )
        return {limit: found[limit.value] or 0 for limit in Limit}


@contextmanager
def one_try_at_a_time(username: str) -> Iterator[None]:
    """Tries on one account wait for each other, so that no crowd of them is past the count before the first is counted.

    The whole try, with what it writes, is one transaction; SQLite lets only one of those at a time write anyway.
    """
    with transaction.atomic():
        wait_for_turn(_ACCOUNTS, username)
        yield


def wait_for_turn(kind: int, name: str) -> None:
    """Hold a name until the transaction ends; on SQLite whoever writes holds everything already."""
    if connection.vendor == "postgresql":
        number = int.from_bytes(hashlib.sha256(name.encode("utf-8", "replace")).digest()[:4], signed=True)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [kind, number])
