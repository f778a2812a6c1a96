"""Clocks that stand still while a page is put together; settings in portal/settings/standing.py."""

import os
from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from records import clock


def still(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Every request finds the portal's clock where it was started and the machine's where STANDING_AT says."""
    day, machine = (datetime.fromisoformat(said) for said in (settings.PORTAL_CLOCK, os.environ["STANDING_AT"]))

    def stand(request: HttpRequest) -> HttpResponseBase:
        with clock.standing_at(day), clock.machine_standing_at(machine):
            return get_response(request)

    return stand
