"""Who keeps the policy of sign-ins, and who helps other people's accounts in."""

from typing import Protocol

from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.utils.translation import gettext as _

from agencies.access.decisions import YES, no, unseen
from agencies.access.enums import Role
from agencies.access.scopes import Viewer
from agencies.units.reach import units_kept_by
from records import clock
from records.errors import Decision

ADMINISTRATORS = (Role.UNIT_ADMIN, Role.SYSTEM_ADMIN)


class Keeper(Viewer, Protocol):
    """Whoever acts here: a membership, with the account it belongs to."""

    pk: int
    user_id: int


def can_set_policy(actor: Keeper | None) -> Decision:
    """System administrators set what every sign-in follows."""
    if actor is None or actor.role != Role.SYSTEM_ADMIN:
        return no(_("Only a system administrator sets how people sign in. Ask the administrator of the portal."))
    return YES


def can_see_server(actor: Keeper | None) -> Decision:
    """System administrators see how the server stands: disks, queue, mail, backups, certificates, settings."""
    if actor is None or actor.role != Role.SYSTEM_ADMIN:
        return no(_("Only a system administrator sees how the server stands. Ask the administrator of the portal."))
    return YES


def can_run_server(actor: Keeper | None) -> Decision:
    """System administrators have scheduled jobs done at once and send letters again that were given up."""
    return can_see_server(actor)


def can_help_sign_in(actor: Keeper | None, account: AbstractBaseUser) -> Decision:
    """Administrators issue links, reset second factors and end sign-ins of the accounts they keep.

    Rule: R-ACCESS-9. Every membership that has not ended lies in a unit the administrator keeps, none is of a higher
    administrator, and the account is not their own: whoever holds a link holds the account and all its rights.
    """
    if actor is None or actor.role not in ADMINISTRATORS:
        return no(_("Only administrators help other people sign in. Ask the administrator of your office."))
    if not get_user_model()._default_manager.visible_to(actor).filter(pk=account.pk).exists():
        return unseen()
    if account.pk == actor.user_id:
        return no(_("For your own account, use “My account”."))
    if actor.role == Role.SYSTEM_ADMIN:
        return YES
    held = account.memberships.exclude(valid_to__lt=clock.today()).values_list("role", "agency__unit_id")
    kept = set(units_kept_by(actor).values_list("pk", flat=True))
    if any(role == Role.SYSTEM_ADMIN or unit not in kept for role, unit in held):
        return no(
            _("This account also works outside the units you administer. Ask the administrator of the whole portal.")
        )
    return YES
