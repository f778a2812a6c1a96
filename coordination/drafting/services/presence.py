"""Saying that one is here."""

from datetime import timedelta

from django.db import transaction

from agencies.access.decisions import require
from agencies.models import Membership
from coordination.drafting.models import SectionPresence
from coordination.drafting.queries.presence import GONE_AFTER
from coordination.programs.models import Program, Section
from coordination.programs.permissions import can_edit_program
from records import clock

_SWEPT_AFTER = timedelta(minutes=5)


@transaction.atomic
def be_present(program: Program, *, actor: Membership, section: Section | None = None) -> None:
    """Note that the actor has a section open, or the drafting page without one: one row, renewed.

    Why no entry: nothing of the program changes, and the row is worthless after 30 seconds. Rows long gone are swept.
    Raises: NotAllowed.
    """
    require(can_edit_program(actor, program))
    now = clock.machine_now()
    SectionPresence.objects.filter(program=program, seen_at__lt=now - max(GONE_AFTER, _SWEPT_AFTER)).delete()
    SectionPresence.objects.update_or_create(member=actor, program=program, section=section, defaults={"seen_at": now})
