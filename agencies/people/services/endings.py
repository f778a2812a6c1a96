"""What ends for people when their agency does."""

from datetime import date

from django.db import transaction
from django.db.models import Q

from agencies.directory.models import Agency
from agencies.people.models import Membership, OfficeHolding
from records.audit.enums import AuditAction
from records.audit.services import record


@transaction.atomic
def end_with_agency(agency: Agency, *, last_day: date, actor: Membership | None = None) -> int:
    """Whoever holds a post or acts in an agency does so until its last day; how many rows ended.

    Why no permission here: whoever may end the agency has been asked already. Rows that would have begun later are
    left, they hold on no day of the agency's life.
    """
    later = Q(valid_to=None) | Q(valid_to__gt=last_day)
    holdings = OfficeHolding.objects.filter(later, office__agency=agency, valid_from__lte=last_day)
    memberships = Membership.objects.filter(later, agency=agency, valid_from__lte=last_day)
    told = {
        "last_day": last_day,
        "holdings": list(holdings.order_by("pk").values_list("pk", flat=True)),
        "memberships": list(memberships.order_by("pk").values_list("pk", flat=True)),
    }
    ended = holdings.update(valid_to=last_day) + memberships.update(valid_to=last_day)
    record(AuditAction.ENDED, actor=actor, about=agency, after=told)
    return ended
