"""Reminding by hand: the parties whose signature is awaited now, the agencies that have not answered an invitation."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from agencies.access.decisions import require
from agencies.models import Membership
from agencies.people.queries import audience_on
from coordination.conferences.models import Conference
from coordination.conferences.queries import agencies_awaited
from coordination.conferences.services.locking import locked as locked_conference
from coordination.programs.enums import ProgramState
from coordination.programs.models import Program
from coordination.programs.permissions import signing_agency_id
from coordination.programs.queries import signing_stand
from coordination.programs.services.doors import locked, must_be_in
from coordination.reminders.enums import Occasion
from coordination.reminders.models import Notice
from coordination.reminders.permissions import can_ask_to_answer, can_ask_to_sign
from records import clock
from records.audit.enums import AuditAction
from records.audit.services import record
from records.errors import RuleBroken


@transaction.atomic
def ask_to_sign(program: Program, *, actor: Membership) -> list[str]:
    """Tell the leaders and secretaries of every party whose turn it is that its signature is awaited; which parties.

    Rule: R-REMIND-6. Once a day at most, and never one whose turn has not come.
    Raises: NotAllowed; Conflict; RuleBroken where nobody is left to remind today.
    """
    program = locked(program, actor=actor)
    require(can_ask_to_sign(actor, program))
    must_be_in(program, (ProgramState.SIGNING,))
    on_turn = [(signing_agency_id(slot), slot.agency_name) for slot in signing_stand(program).on_turn]
    asked = _remind(on_turn, Occasion.SIGN_ASKED, program=program)
    if not asked:
        raise RuleBroken(_("Every party whose turn it is was reminded today already, or has nobody to remind."))
    record(AuditAction.CHANGED, actor=actor, about=program, after={"asked_to_sign": asked})
    return asked


@transaction.atomic
def ask_to_answer(conference: Conference, *, actor: Membership) -> list[str]:
    """Tell everyone in the agencies that have not answered an invitation that the answer is awaited; which agencies.

    Rule: R-REMIND-7. Once a day at most, while the conference is prepared.
    Raises: NotAllowed; RuleBroken where it has begun, or nobody is left to remind today.
    """
    conference = locked_conference(conference)
    require(can_ask_to_answer(actor, conference))
    if not conference.is_planned:
        raise RuleBroken(_("The conference has begun; who comes is now marked at the door."))
    awaited = [(one.pk, one.current_short_name) for one in agencies_awaited(conference, clock.today())]
    if not awaited:
        raise RuleBroken(_("No agency in the portal owes an answer."))
    asked = _remind(awaited, Occasion.ANSWER_ASKED, conference=conference)
    if not asked:
        raise RuleBroken(_("Every agency that owes an answer was reminded today already, or has nobody to remind."))
    record(AuditAction.CHANGED, actor=actor, about=conference, after={"asked_to_answer": asked})
    return asked


def _remind(agencies: Iterable[tuple[int, str]], occasion: Occasion, **about: Model) -> list[str]:
    """Write a notice for whoever there is told on such an occasion and was not today; the names of these agencies."""
    today, audience = clock.today(), audience_on(clock.today())
    known = Notice.objects.filter(occasion=occasion, about_on=today, **about)
    told = set(known.values_list("member_id", flat=True))
    notices: dict[int, Notice] = {}
    asked = []
    for agency_id, name in agencies:
        fresh = [one for one in audience.of(agency_id, occasion.roles) if one not in told]
        asked += [name] if fresh else []
        for member_id in fresh:
            notices[member_id] = Notice(
                member_id=member_id, occasion=occasion, about_on=today, made_at=clock.now(), **about
            )
    Notice.objects.bulk_create(notices.values())
    return asked
