"""Removing notices nobody needs any more."""

from datetime import date

from django.db import transaction

from coordination.reminders.models import Notice
from coordination.reminders.queries import old_notices
from records.audit.enums import AuditAction
from records.audit.services import record

# So many at once: other people's work is never held up for long.
_PIECE = 500


def clear_old_notices(day: date) -> int:
    """Remove notices that were read and are older than a year; how many went.

    Rule: R-REMIND-5. The letters that told them stay. One entry of the audit for each piece removed.
    """
    cleared = 0
    while numbers := list(old_notices(day).order_by("pk").values_list("pk", flat=True)[:_PIECE]):
        with transaction.atomic():
            removed, _by_kind = Notice.objects.filter(pk__in=numbers).delete()
            record(AuditAction.CHANGED, after={"notices_removed": removed, "told_on": day})
        cleared += removed
    return cleared
