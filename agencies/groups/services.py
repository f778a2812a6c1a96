"""What happens to groups: agencies are put together, join and leave from a day on, and a group is no longer used."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.access.decisions import require, unseen
from agencies.directory.lineage import existing_on
from agencies.directory.models import Agency
from agencies.groups.models import AgencyGroup, GroupMembership
from agencies.groups.permissions import can_add_group, can_change_group
from agencies.people.models import Membership
from agencies.units.models import AdminUnit
from records import clock, wording
from records.audit.enums import AuditAction
from records.audit.services import named, record
from records.errors import Conflict, NotAllowed, RuleBroken
from records.text import fold

FEWEST_MEMBERS = 2


@transaction.atomic
def add_group(unit: AdminUnit, *, actor: Membership, name: str, agencies: Sequence[Agency], since: date) -> AgencyGroup:
    """Put agencies of the actor's directory together under one name, from a day on.

    Rule: R-GROUP-1. Raises: NotAllowed; RuleBroken naming the field.
    """
    require(can_add_group(actor, unit))
    # The unit's row is held, so that two who add a group of one name take turns.
    AdminUnit.objects.select_for_update(of=("self",)).get(pk=unit.pk)
    _check_name(unit, name)
    _check_day(since)
    _check_members(agencies, actor, since)
    group = AgencyGroup.objects.create(unit=unit, name=name, valid_from=since)
    _join(group, agencies, since)
    record(AuditAction.CREATED, actor=actor, about=group, after=_told(name, agencies) | {"since": since})
    return group


@transaction.atomic
def change_group(
    group: AgencyGroup, *, actor: Membership, revision: int, name: str, agencies: Sequence[Agency], since: date
) -> AgencyGroup:
    """Call a group otherwise, and let agencies join and leave it from a day on; before that day all stays as it was.

    Rule: R-GROUP-1. Tasks that were given to the group keep the members they have.
    Raises: NotAllowed; Conflict when the group was changed meanwhile; RuleBroken naming the field.
    """
    group = _locked(group, actor)
    require(can_change_group(actor, group))
    if group.revision != revision:
        raise Conflict(_("Someone else has just changed this. Compare both texts, then save again."))
    _check_open(group)
    _check_name(group.unit, name, but=group)
    _check_day(since)
    _check_not_before_the_last_change(group, since)
    present = {one.agency_id: one for one in group.memberships.filter(valid_to=None).select_related("agency")}
    _check_members(agencies, actor, since, kept=present)
    before = _told(group.name, [one.agency for one in present.values()])
    wanted = {agency.pk for agency in agencies}
    _leave([one for pk, one in present.items() if pk not in wanted], since)
    _join(group, [agency for agency in agencies if agency.pk not in present], since)
    group.name, group.revision = name, group.revision + 1
    group.save()
    after = _told(name, agencies) | {"since": since}
    record(AuditAction.CHANGED, actor=actor, about=group, before=before, after=after)
    return group


@transaction.atomic
def end_group(group: AgencyGroup, *, actor: Membership) -> AgencyGroup:
    """Offer a group for no further task from tomorrow on; tasks that were given to it keep it.

    Raises: NotAllowed; RuleBroken when it has ended already.
    """
    group = _locked(group, actor)
    require(can_change_group(actor, group))
    _check_open(group)
    group.valid_to, group.revision = clock.today(), group.revision + 1
    group.save(update_fields=["valid_to", "revision"])
    record(AuditAction.ENDED, actor=actor, about=group, after={"last_day": group.valid_to})
    return group


def _locked(group: AgencyGroup, actor: Membership) -> AgencyGroup:
    rows = AgencyGroup.objects.visible_to(actor).select_for_update(of=("self",)).select_related("unit")
    found = rows.filter(pk=group.pk).first()
    if found is None:
        raise NotAllowed(unseen())
    return found


def _join(group: AgencyGroup, agencies: Iterable[Agency], since: date) -> None:
    GroupMembership.objects.bulk_create(
        GroupMembership(group=group, agency=agency, valid_from=since) for agency in agencies
    )


def _leave(memberships: list[GroupMembership], since: date) -> None:
    """Who leaves belonged to the group until the day before; who joined that same day never did."""
    for one in memberships:
        if one.valid_from >= since:
            one.delete()
        else:
            one.valid_to = since - timedelta(days=1)
            one.save(update_fields=["valid_to"])


def _check_open(group: AgencyGroup) -> None:
    if group.valid_to is not None:
        raise RuleBroken(_("The group is no longer used"))


def _check_name(unit: AdminUnit, name: str, but: AgencyGroup | None = None) -> None:
    if not name.strip():
        raise RuleBroken(_("Enter the name of the group"), "name")
    others = unit.groups.exclude(pk=but.pk if but else None)
    if others.filter(name_folded=fold(name)).exists():
        raise RuleBroken(_("The unit has a group of this name already"), "name")


def _check_day(since: date) -> None:
    if since > clock.today():
        raise RuleBroken(_("The day must not be in the future"), "since")


def _check_not_before_the_last_change(group: AgencyGroup, since: date) -> None:
    days = [day for pair in group.memberships.values_list("valid_from", "valid_to") for day in pair if day]
    if since < max(days, default=since):
        told = {"day": wording.day(max(days))}
        raise RuleBroken(_("The group last changed on %(day)s; enter that day or a later one") % told, "since")


def _check_members(agencies: Sequence[Agency], actor: Membership, since: date, kept: Iterable[int] = ()) -> None:
    """At least two agencies of the actor's directory that exist on the day; those that belong already may stay."""
    wanted = {agency.pk for agency in agencies}
    if len(wanted) < FEWEST_MEMBERS:
        raise RuleBroken(_("A group has at least two agencies"), "agencies")
    known = existing_on(Agency.objects.visible_to(actor), since).filter(pk__in=wanted).values_list("pk", flat=True)
    if missing := [agency for agency in agencies if agency.pk not in {*known, *kept}]:
        told = {"agency": missing[0].current_name, "day": wording.day(since)}
        raise RuleBroken(_("%(agency)s is not there on %(day)s") % told, "agencies")


def _told(name: str, agencies: Iterable[Agency]) -> dict:
    return {"name": name, "members": [named(agency) for agency in agencies]}
