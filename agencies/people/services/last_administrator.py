"""Nobody is left without an administrator: the portal never, a unit only when a system administrator wants it so."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from agencies.access.enums import Role
from agencies.people.models import Membership
from records import clock
from records.errors import RuleBroken

_ROLES = (Role.SYSTEM_ADMIN, Role.UNIT_ADMIN)


@contextmanager
def no_unit_left_without(losing: Iterable[Membership], *, actor: Membership | None) -> Iterator[None]:
    """Run an act that takes roles away, and refuse it when it leaves the portal or a unit without administrator.

    Rule: R-KEEP-3. An administrator who counts can sign in and has the role without a last day. All administrators'
    rows are held meanwhile, so that two of them cannot take the role from each other at once.
    Raises: RuleBroken.
    """
    losing = list(losing)
    roles = {membership.role for membership in losing}
    if not roles & set(_ROLES):
        yield
        return
    list(Membership.objects.select_for_update(of=("self",)).filter(role__in=_ROLES).order_by("pk"))
    counted = {membership.pk for membership in _counting()}
    lost = [membership for membership in losing if membership.pk in counted]
    yield
    left = {(membership.role, membership.unit_id) for membership in _counting()}
    if any(one.role == Role.SYSTEM_ADMIN for one in lost) and not any(
        role == Role.SYSTEM_ADMIN for role, _unit in left
    ):
        raise RuleBroken(_("This is the last system administrator. Make another one first."))
    is_system = actor is None or actor.role == Role.SYSTEM_ADMIN
    if not is_system and any(
        one.role == Role.UNIT_ADMIN and (Role.UNIT_ADMIN, one.unit_id) not in left for one in lost
    ):
        raise RuleBroken(
            _("This is the last administrator of the unit. Make another one first, or ask the system administrator.")
        )


def _counting() -> QuerySet[Membership]:
    usable = Membership.objects.usable_on(clock.today()).filter(role__in=_ROLES, valid_to=None)
    return usable.exclude(user__password__startswith=UNUSABLE_PASSWORD_PREFIX).select_related("agency")
