"""Where administrators begin: what they may do, what needs a look. Codes and counts, no content."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from agencies.access.decisions import require
from agencies.access.enums import Role
from agencies.access.http import member_required
from agencies.accounts.queries import recent_lockouts
from agencies.people.permissions import can_keep_accounts
from agencies.people.queries import accounts_awaited
from agencies.reorganisation.enums import ReorganisationState
from agencies.reorganisation.models import Reorganisation
from portal.navigation import ADMINISTRATORS

LOCKOUTS_SHOWN, ACTS_SHOWN = 8, 8


@dataclass(frozen=True)
class Duty:
    """Something administrators keep, where it is kept, and who does."""

    name: str
    label: Promise
    says: Promise
    icon: str
    roles: tuple[Role, ...] = ADMINISTRATORS


DUTIES = (
    Duty(
        "agencies:user-list",
        _("Accounts and roles"),
        _("Invite people, give and end roles, move people, suspend accounts"),
        "people",
    ),
    Duty("agencies:unit-list", _("Administrative units"), _("Names, kinds and the units above, by date"), "grid"),
    Duty("agencies:agency-list", _("Agencies"), _("Names, letterheads, posts and who holds them"), "building"),
    Duty(
        "agencies:person-list",
        _("People in office"),
        _("Who holds which post today, in protocol order"),
        "person-circle",
    ),
    Duty(
        "coordination:reorganisation-list",
        _("Reorganisations"),
        _("Rename, merge, split, close and move units and agencies by decision"),
        "arrow-right-circle",
    ),
    Duty("agencies:log-list", _("System log"), _("Who did what, when and from where"), "clock-history"),
    Duty(
        "agencies:workday-list",
        _("Working days"),
        _("Days off, and Saturdays and Sundays worked instead"),
        "calendar-event",
        roles=(Role.SYSTEM_ADMIN,),
    ),
    Duty(
        "sign-in-policy",
        _("How people sign in"),
        _("Second factor, how long one stays signed in"),
        "gear",
        roles=(Role.SYSTEM_ADMIN,),
    ),
    Duty(
        "server-condition",
        _("How the server stands"),
        _("Disks, queue, mail, backups, certificates, settings; what needs doing"),
        "check-circle",
        roles=(Role.SYSTEM_ADMIN,),
    ),
    Duty(
        "background",
        _("Work behind the pages"),
        _("What is done by itself at night, the queue of jobs, letters that did not go"),
        "hourglass-split",
        roles=(Role.SYSTEM_ADMIN,),
    ),
)


@require_safe
@member_required
def administration(request: HttpRequest) -> HttpResponse:
    """What the administrator may do, and what needs a look: lockouts, prepared reorganisations, open invitations."""
    require(can_keep_accounts(request.actor))
    acts = Reorganisation.objects.visible_to(request.actor).filter(state=ReorganisationState.PREPARED)
    page = {
        "duties": [duty for duty in DUTIES if request.actor.role in duty.roles],
        "lockouts": recent_lockouts(request.actor)[:LOCKOUTS_SHOWN],
        "acts": acts.select_related("scope").order_by("effective_on", "pk")[:ACTS_SHOWN],
        "awaited": accounts_awaited(request.actor),
    }
    return render(request, "portal/administration.html", page)
