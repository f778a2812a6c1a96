"""Which dashboard an address asks for: the same query string as the page, whatever is made of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _

from agencies.access.decisions import require
from agencies.models import Membership
from coordination.programs.http import year_of
from records import clock
from records.errors import RuleBroken
from records.fields import DayField
from reports.dashboard.narrowing import narrowing_from
from reports.dashboard.permissions import can_view_dashboard
from reports.dashboard.queries import Dashboard, dashboard_of


@dataclass(frozen=True)
class Asked:
    """A dashboard and who asked for it."""

    dashboard: Dashboard
    actor: Membership


def asked_by(request: HttpRequest) -> Asked:
    """The dashboard of an address, as far as the actor may see it.

    Raises: NotAllowed; Http404 for codes that name nothing the actor sees; RuleBroken for a day that is none.
    """
    require(can_view_dashboard(request.actor))
    narrowing = narrowing_from(request.GET, request.actor)
    day = day_of(request.GET)
    return Asked(dashboard_of(request.actor, year_of(request), narrowing, as_of=day), request.actor)


def day_of(query: Mapping[str, str]) -> date:
    """The day the figures are judged on: the one asked for, otherwise today.

    Raises: RuleBroken for what is no day, and for a day to come.
    """
    try:
        day = DayField(required=False).clean(query.get("day", "").strip())
    except ValidationError:
        raise RuleBroken(_("The day the figures are asked for is no day. Write it as 30/3/2022.")) from None
    if day is None:
        return clock.today()
    if day > clock.today():
        raise RuleBroken(_("There are no figures of a day to come. Choose today or an earlier day."))
    return day
