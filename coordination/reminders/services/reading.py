"""What people do with what they were told: mark it as read, say how they want to be told."""

from django.db import transaction

from agencies.access.decisions import require
from agencies.models import Membership
from coordination.reminders.enums import Rhythm
from coordination.reminders.models import Notice, ReminderSettings
from coordination.reminders.permissions import can_be_reminded
from coordination.reminders.queries import rhythm_of
from records import clock
from records.audit.enums import AuditAction
from records.audit.services import record


@transaction.atomic
def mark_as_read(*, actor: Membership, up_to: int) -> int:
    """Mark the actor's notices up to a number as read; how many were not yet. What came later stays unread.

    Raises: NotAllowed.
    """
    require(can_be_reminded(actor))
    unread = Notice.objects.visible_to(actor).unread().filter(pk__lte=up_to)
    told = Notice.objects.filter(pk__in=list(unread.values_list("pk", flat=True))).update(read_at=clock.now())
    if told:
        record(AuditAction.CHANGED, actor=actor, after={"notices": told})
    return told


@transaction.atomic
def choose_rhythm(rhythm: Rhythm, *, actor: Membership) -> ReminderSettings:
    """Choose how often the actor's account gets letters.

    Raises: NotAllowed.
    """
    require(can_be_reminded(actor))
    before = rhythm_of(actor.user)
    row, _is_new = ReminderSettings.objects.update_or_create(
        account_id=actor.user_id, defaults={"rhythm": rhythm, "changed_at": clock.now()}
    )
    record(AuditAction.CHANGED, actor=actor, about=row, before={"rhythm": before}, after={"rhythm": rhythm})
    return row
