"""Reminding by hand: the parties whose signature is awaited now."""

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.access.decisions import require
from agencies.models import Membership
from agencies.people.queries import audience_on
from coordination.programs.enums import ProgramState
from coordination.programs.models import Program
from coordination.programs.permissions import signing_agency_id
from coordination.programs.queries import signing_stand
from coordination.programs.services.doors import locked, must_be_in
from coordination.reminders.enums import Occasion
from coordination.reminders.models import Notice
from coordination.reminders.permissions import can_ask_to_sign
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
    today, audience = clock.today(), audience_on(clock.today())
    told = set(
        Notice.objects.filter(program=program, occasion=Occasion.SIGN_ASKED, about_on=today).values_list(
            "member_id", flat=True
        )
    )
    notices: dict[int, Notice] = {}
    asked = []
    for slot in signing_stand(program).on_turn:
        fresh = [one for one in audience.of(signing_agency_id(slot), Occasion.SIGN_ASKED.roles) if one not in told]
        asked += [slot.agency_name] if fresh else []
        for member_id in fresh:
            notices[member_id] = Notice(
                member_id=member_id, occasion=Occasion.SIGN_ASKED, about_on=today, program=program, made_at=clock.now()
            )
    if not asked:
        raise RuleBroken(_("Every party whose turn it is was reminded today already, or has nobody to remind."))
    Notice.objects.bulk_create(notices.values())
    record(AuditAction.CHANGED, actor=actor, about=program, after={"asked_to_sign": asked})
    return asked
