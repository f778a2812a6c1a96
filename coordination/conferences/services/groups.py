"""The protocol groups of those who attend: their order, and counts where nobody is kept by name."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Count, Model, Q
from django.utils.translation import gettext as _

from agencies.access.decisions import require
from agencies.directory.lineage import must_exist_on
from agencies.models import Agency, Membership
from coordination.conferences.enums import Presence
from coordination.conferences.models import Attendance, Conference
from coordination.conferences.permissions import can_keep_record
from coordination.conferences.services.locking import locked, next_position
from records.audit.enums import AuditAction
from records.audit.services import record
from records.errors import RuleBroken

COUNTS = ("invited", "present", "substitutes", "excused")


@transaction.atomic
def record_attendance(
    conference: Conference,
    *,
    actor: Membership,
    group: str,
    agency: Agency | None = None,
    is_party: bool = False,
    invited: int | None = None,
    present: int | None = None,
    substitutes: int = 0,
    excused: int = 0,
) -> Attendance:
    """Record how many of a group came; the same group again corrects its row.

    Rule: R-PEOPLE-1. No more can be present, or absent with leave, than were invited; an unknown count stays empty; a
    group kept by name is counted by its invitations.
    Raises: NotAllowed; RuleBroken at the count that does not fit.
    """
    conference = locked(conference)
    require(can_keep_record(actor, conference))
    _check_counts(group, invited, present, substitutes, excused)
    if agency is not None:
        must_exist_on([agency], conference.held_on, "agency")
    counts = {"invited": invited, "present": present, "substitutes": substitutes, "excused": excused}
    row = conference.attendance.filter(group=group).first()
    if row is not None and row.is_by_name:
        raise RuleBroken(_("The people of this group are kept by name; its numbers follow from them."), "group")
    before = {key: getattr(row, key) for key in counts} if row else {}
    row = row or Attendance(conference=conference, group=group, position=next_position(conference.attendance))
    row.agency, row.is_party = agency, is_party
    for key, value in counts.items():
        setattr(row, key, value)
    row.save()
    action = AuditAction.CHANGED if before else AuditAction.CREATED
    record(action, actor=actor, about=row, before=before, after=counts)
    return row


def group_called(conference: Conference, name: str, *, actor: Membership) -> Attendance:
    """The group of a name, put at the end where there is none yet; from now on it is kept by name.

    Rule: R-PEOPLE-1. The conference is held by the caller.
    Raises: RuleBroken where numbers were typed for it: they would be lost.
    """
    row = conference.attendance.filter(group=name).first()
    if row is None:
        place = next_position(conference.attendance)
        row = Attendance.objects.create(conference=conference, group=name, position=place, is_by_name=True, invited=0)
        record(AuditAction.CREATED, actor=actor, about=row)
        return row
    if not row.is_by_name:
        if any(getattr(row, name) for name in COUNTS):
            raise RuleBroken(
                _("The numbers of this group were typed; empty them first or choose another group."), "group"
            )
        row.is_by_name = True
        row.save(update_fields=["is_by_name"])
    return row


def recount(group: Attendance) -> Attendance:
    """Write the counts of a group kept by name anew from its invitations; of nobody marked the presence is unknown.

    Rule: R-PEOPLE-1. The conference is held by the caller, so that two ticks never count past each other.
    """
    there = Q(presence__in=(Presence.PRESENT, Presence.SUBSTITUTE))
    counted = group.invitations.standing().aggregate(
        invited=Count("pk"),
        marked=Count("pk", filter=~Q(presence=Presence.UNMARKED)),
        present=Count("pk", filter=there),
        substitutes=Count("pk", filter=Q(presence=Presence.SUBSTITUTE)),
        excused=Count("pk", filter=Q(presence=Presence.EXCUSED)),
    )
    group.present = counted["present"] if counted["marked"] else None
    for name in ("invited", "substitutes", "excused"):
        setattr(group, name, counted[name])
    group.save(update_fields=list(COUNTS))
    return group


@transaction.atomic
def move_group(group: Attendance, *, actor: Membership, up: bool) -> bool:
    """Put a group one place up or down in protocol order; whether it moved.

    Raises: NotAllowed.
    """
    conference = locked(group.conference)
    require(can_keep_record(actor, conference))
    if not swap(list(conference.attendance.order_by("position")), group, up=up):
        return False
    told = {"place": [row.group for row in conference.attendance.order_by("position")].index(group.group) + 1}
    record(AuditAction.CHANGED, actor=actor, about=group, after=told)
    return True


@transaction.atomic
def drop_group(group: Attendance, *, actor: Membership) -> None:
    """Take a group off the list that has no invitation, not even a withdrawn one.

    Raises: NotAllowed; RuleBroken while invitations stand in it.
    """
    conference = locked(group.conference)
    require(can_keep_record(actor, conference))
    if group.invitations.exists():
        raise RuleBroken(_("There are invitations in this group."))
    record(AuditAction.ENDED, actor=actor, about=group, before={name: getattr(group, name) for name in COUNTS})
    conference.attendance.filter(pk=group.pk).delete()


def swap(rows: Sequence[Model], row: Model, *, up: bool, free: int | None = None) -> bool:
    """Change the places of a row and its neighbour among rows in their order; whether there is one.

    Why by way of a free place: no two rows of a list ever stand on the same one. Where the rows are only some of their
    list the caller names one.
    """
    here = next(index for index, other in enumerate(rows) if other.pk == row.pk)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(rows):
        return False
    mine, other, model = rows[here], rows[there], type(row)
    free = free or max(one.position for one in rows) + 1
    for pk, position in ((mine.pk, free), (other.pk, mine.position), (mine.pk, other.position)):
        model.objects.filter(pk=pk).update(position=position)
    return True


def _check_counts(group: str, invited: int | None, present: int | None, substitutes: int, excused: int) -> None:
    if not group.strip():
        raise RuleBroken(_("Enter the group"), "group")
    if invited is not None and present is not None and present > invited:
        raise RuleBroken(_("No more people can be present than were invited (%(n)s).") % {"n": invited}, "present")
    if invited is not None and excused + (present or 0) > invited:
        raise RuleBroken(
            _("Present and absent with leave are more than were invited (%(n)s).") % {"n": invited}, "excused"
        )
    if present is not None and substitutes > present:
        raise RuleBroken(
            _("No more substitutes can have come than people present (%(n)s).") % {"n": present}, "substitutes"
        )
