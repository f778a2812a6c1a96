"""An issued paper is taken back; from then on everybody who asks is told so."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.access.decisions import require
from agencies.models import Membership
from records import clock
from records.audit.enums import AuditAction
from records.audit.services import record
from records.errors import Conflict, RuleBroken
from reports.issuing.models import IssuedDocument
from reports.verification.models import Withdrawal
from reports.verification.permissions import can_withdraw

LONGEST_REASON, LONGEST_PAPER = 1000, 200


@transaction.atomic
def withdraw(
    document: IssuedDocument, *, actor: Membership, withdrawn_on: date, reason: str, by_paper: str = ""
) -> Withdrawal:
    """Take an issued paper back from a day on, with the reason everybody reads who checks it.

    Rule: R-VERIFY-3. The paper and its bytes stay; taking back is final, what is right again is issued anew.
    Raises: NotAllowed; Conflict when it was taken back already; RuleBroken naming the field.
    """
    document = IssuedDocument.objects.select_for_update(of=("self",)).get(pk=document.pk)
    require(can_withdraw(actor, document))
    if Withdrawal.objects.filter(document=document).exists():
        raise Conflict(_("The paper has been withdrawn already."))
    if not reason.strip():
        raise RuleBroken(_("Give the reason"), "reason")
    if len(reason) > LONGEST_REASON:
        raise RuleBroken(_("At most 1,000 characters"), "reason")
    if len(by_paper) > LONGEST_PAPER:
        raise RuleBroken(_("At most 200 characters"), "by_paper")
    if withdrawn_on > clock.today():
        raise RuleBroken(_("The day must not be in the future"), "withdrawn_on")
    if withdrawn_on < clock.local_day(document.issued_at):
        raise RuleBroken(_("The day must not be before the paper was issued"), "withdrawn_on")
    withdrawal = Withdrawal.objects.create(
        document=document,
        withdrawn_on=withdrawn_on,
        reason=reason.strip(),
        by_paper=by_paper,
        recorded_at=clock.now(),
        recorded_by=actor,
    )
    told = {"withdrawn_on": withdrawn_on, "reason": withdrawal.reason, "by_paper": by_paper, "code": document.code}
    record(AuditAction.ENDED, actor=actor, about=document, after=told)
    return withdrawal
