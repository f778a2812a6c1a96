"""Which dashboard an address asks for: the same query string as the page, read the same way."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils import translation

from agencies.access.decisions import require
from agencies.models import Membership
from coordination.programs.http import year_of
from records import clock
from reports.dashboard.asked import asked_from
from reports.dashboard.permissions import can_view_dashboard
from reports.dashboard.queries import Dashboard, dashboard_of


@dataclass(frozen=True)
class Asked:
    """A dashboard, who asked for it, and what of the address was left out, in Vietnamese as papers are."""

    dashboard: Dashboard
    actor: Membership
    remarks: tuple[str, ...] = ()


def asked_by(request: HttpRequest) -> Asked:
    """The dashboard of an address, as far as it makes sense and the actor may see it.

    Rule: R-DASH-2. A paper has the figures the page has, and says in the same words what was left out.
    Raises: NotAllowed.
    """
    actor = request.actor
    require(can_view_dashboard(actor))
    year = year_of(request)
    with translation.override("vi"):
        asked = asked_from(request.GET, actor, year=year, today=clock.today())
    return Asked(dashboard_of(actor, year, asked.narrowing, as_of=asked.as_of), actor, asked.remarks)
