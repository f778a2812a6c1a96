"""What whoever looks after the server does about what goes on behind the pages."""

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.access.decisions import require
from agencies.accounts.permissions import can_run_server
from agencies.models import Membership
from records.audit.enums import AuditAction
from records.audit.services import record
from records.errors import RuleBroken
from records.jobs.schedule import services as schedule
from records.jobs.schedule.declared import Planned
from records.mail import services as mail
from records.models import OutgoingMail, ScheduledJob


@transaction.atomic
def have_done_now(planned: Planned, *, actor: Membership) -> ScheduledJob:
    """Have a scheduled job done at once by the worker, whatever its time.

    Rule: R-JOB-9.
    Raises: NotAllowed; Conflict while it is being done; RuleBroken where it is switched off.
    """
    require(can_run_server(actor))
    if why := planned.why_off():
        raise RuleBroken(_("It is not done here: %(why)s.") % {"why": why})
    row = schedule.call_soon(planned)
    record(AuditAction.CHANGED, actor=actor, about=row, after={"scheduled_job": planned.name})
    return row


@transaction.atomic
def send_letter_again(pk: int, *, actor: Membership) -> OutgoingMail:
    """Put a letter that was given up back into the outbox.

    Rule: R-MAIL-5.
    Raises: NotAllowed; Conflict where it is not given up any more, or its words are gone.
    """
    require(can_run_server(actor))
    return mail.send_again(pk, actor=actor)
