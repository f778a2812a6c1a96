"""What a level is told of the units below it: counts of signed programs, and nothing that lies in them."""

from django.db.models import QuerySet

from agencies.models import AdminUnit, Membership
from coordination.figures.permissions import can_count_below
from coordination.programs.enums import SIGNED_STATES
from coordination.programs.models import Program


def programs_counted_for(actor: Membership) -> QuerySet[Program]:
    """The programs whose tasks are counted for a level: those all parties have signed, of its own unit and below.

    Rule: R-LEVEL-2. The same for every leader and secretary of the unit, so that two of them quote one total; for
    everyone else none. What is in the programs is seen by `visible_to` alone.
    """
    if not can_count_below(actor):
        return Program.objects.none()
    units = AdminUnit.objects.visible_to(actor).values("pk")
    return Program.objects.filter(unit__in=units, state__in=SIGNED_STATES)
