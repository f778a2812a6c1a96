"""What must hold between an agency's days, its unit, its names and its parent, whoever records them."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from agencies.directory.models import Agency, AgencyName
from agencies.units.models import AdminUnit
from records import wording
from records.errors import RuleBroken


def must_lie_in(unit: AdminUnit, first_day: date, last_day: date | None) -> None:
    """An agency exists on days on which its unit does; after the unit's last day it ends of itself or passes on.

    Raises: RuleBroken naming the day.
    """
    if last_day is not None and last_day < first_day:
        raise RuleBroken(_("The last day must not be before the first day"), "valid_to")
    if first_day < unit.valid_from:
        words = {"unit": unit.current_name, "day": wording.day(unit.valid_from)}
        raise RuleBroken(_("%(unit)s exists from %(day)s on; enter that day or a later one") % words, "valid_from")
    if unit.valid_to is not None and first_day > unit.valid_to:
        words = {"unit": unit.current_name, "day": wording.day(unit.valid_to)}
        raise RuleBroken(_("%(unit)s existed until %(day)s; enter that day or an earlier one") % words, "valid_from")


def must_follow(agency: Agency, since: date) -> None:
    """A new naming begins while the agency exists and after the latest one began.

    Raises: RuleBroken naming the day.
    """
    if since < agency.valid_from or (agency.valid_to is not None and since > agency.valid_to):
        raise RuleBroken(_("The agency does not exist on that day"), "since")
    latest = agency.names.order_by("-valid_from").first()
    if latest is not None and since <= latest.valid_from:
        words = {"day": wording.day(latest.valid_from)}
        raise RuleBroken(_("The day must be after %(day)s, when the present record begins") % words, "since")


def must_not_outlive(agency: Agency, last_day: date) -> None:
    """An agency ends on a day on which all its namings have begun.

    Raises: RuleBroken naming the last day.
    """
    if last_day < agency.valid_from:
        raise RuleBroken(_("The last day must not be before the first day"), "valid_to")
    for rows in (agency.names, agency.services, agency.service_of):
        if rows.filter(valid_from__gt=last_day).exists():
            raise RuleBroken(_("A name or a service is recorded from a later day"), "valid_to")


def must_be_a_parent(parent: Agency, agency: Agency | None, since: date, until: date | None) -> None:
    """An agency stands under another that exists then, and never, over however many steps, under itself.

    Raises: RuleBroken naming the parent.
    """
    name = {"agency": parent.current_name}
    if parent.valid_from > since or (parent.valid_to is not None and parent.valid_to < since):
        raise RuleBroken(_("%(agency)s does not exist on that day; choose another agency above") % name, "parent")
    if parent.valid_to is not None and (until is None or until > parent.valid_to):
        words = name | {"day": wording.day(parent.valid_to)}
        raise RuleBroken(_("%(agency)s ends on %(day)s; choose another agency above") % words, "parent")
    if agency is not None and _closes_a_circle(agency, parent, since):
        raise RuleBroken(_("An agency cannot stand under itself or under an agency below it"), "parent")


def _closes_a_circle(agency: Agency, parent: Agency, since: date) -> bool:
    """Whether the way up from the parent leads to the agency on some day from `since` on."""
    ways = list(_ways_up(parent, since))
    days = {since, *(way.valid_from for way in ways if way.valid_from > since)}
    return parent == agency or any(agency.pk in _above(parent.pk, day, ways) for day in days)


def _ways_up(start: Agency, since: date) -> Iterator[AgencyName]:
    """Every naming with a parent, from `since` on, of an agency and of those it leads up to. One query a step."""
    lasting = AgencyName.objects.filter(Q(valid_to=None) | Q(valid_to__gte=since)).exclude(parent=None)
    known, here = set(), {start.pk}
    while here:
        known |= here
        found = list(lasting.filter(agency__in=here))
        yield from found
        here = {way.parent_id for way in found} - known


def _above(start: int, day: date, ways: Iterable[AgencyName]) -> set[int]:
    above = {way.agency_id: way.parent_id for way in ways if way.holds_on(day)}
    passed, here = set(), start
    while here in above and here not in passed:
        passed.add(here)
        here = above[here]
    return passed | {here}
