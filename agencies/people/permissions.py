"""Who keeps posts and their holders, and who keeps accounts and roles."""

from django.db.models import Q
from django.utils.translation import gettext as _

from agencies.access.decisions import YES, no, unseen
from agencies.access.enums import Role
from agencies.accounts.permissions import ADMINISTRATORS, can_help_sign_in
from agencies.directory.models import Agency
from agencies.directory.permissions import can_view_agency
from agencies.people.models import Membership, Person, User
from agencies.units.reach import units_kept_by
from records import clock
from records.errors import Decision


def can_view_person(actor: Membership, person: Person) -> Decision:
    """Whoever holds or held an office in the reader's directory, and whoever works in their unit. Rule: R-SEE-7.

    For one row what `PersonQuerySet.visible_to` is for many.
    """
    return YES if Person.objects.visible_to(actor).filter(pk=person.pk).exists() else unseen()


def can_view_account(actor: Membership, user: User) -> Decision:
    """Administrators see the accounts of the units they keep, everyone else their own. Rule: R-SEE-8.

    For one row what `UserQuerySet.visible_to` is for many.
    """
    return YES if User.objects.visible_to(actor).filter(pk=user.pk).exists() else unseen()


def can_keep_offices(actor: Membership, agency: Agency) -> Decision:
    """Secretaries acting for an agency, and administrators of its unit, keep its posts and who holds them."""
    if actor.role == Role.SECRETARY and actor.acts_for(agency.pk):
        return YES
    if _keeps_unit_of(actor, agency):
        return YES
    if not (seen := can_view_agency(actor, agency)):
        return seen
    return no(
        _("Only a secretary of %(agency)s or an administrator of its unit may do this.")
        % {"agency": agency.current_short_name}
    )


def can_correct_name(actor: Membership, person: Person) -> Decision:
    """Whoever keeps a post the person holds or held, or the person's account, corrects the person's name."""
    held_in = Agency.objects.filter(offices__holdings__person=person).distinct()
    account = User.objects.filter(person=person).first()
    if any(can_keep_offices(actor, agency) for agency in held_in):
        return YES
    if account is not None and can_keep_account(actor, account):
        return YES
    if not (seen := can_view_person(actor, person)):
        return seen
    return no(_("Only whoever keeps a post or the account of this person may do this."))


def can_keep_accounts(actor: Membership) -> Decision:
    """Administrators keep accounts and roles; nobody else does."""
    if actor.role in ADMINISTRATORS:
        return YES
    return no(_("Only administrators keep accounts and roles. Ask the administrator of your unit."))


def can_keep_account(actor: Membership, user: User) -> Decision:
    """An administrator suspends and restores an account that acts in the units they keep and nowhere else.

    Rule: R-KEEP-2. Nobody keeps their own account; only a system administrator keeps another system administrator's.
    """
    if actor.user_id == user.pk:
        return no(_("Nobody changes their own account or roles here. Ask another administrator."))
    return can_help_sign_in(actor, user)


def can_change_roles(actor: Membership, user: User) -> Decision:
    """An administrator gives, ends and moves roles of the accounts they see, never their own. Rule: R-KEEP-2.

    Only a system administrator changes those of another one.
    """
    if not (allowed := can_keep_accounts(actor)):
        return allowed
    if actor.user_id == user.pk:
        return no(_("Nobody changes their own account or roles here. Ask another administrator."))
    if actor.role == Role.SYSTEM_ADMIN:
        return YES
    if not User.objects.visible_to(actor).filter(pk=user.pk).exists():
        return unseen()
    if is_system_administrator(user):
        return no(_("Only a system administrator changes the account of a system administrator."))
    return YES


def can_give_role(actor: Membership, user: User | None, agency: Agency, role: Role | str) -> Decision:
    """An administrator gives roles in agencies of the units they keep; the system's only a system administrator.

    `user` is None while the account is being opened. Rule: R-KEEP-2.
    """
    allowed = can_keep_accounts(actor) if user is None else can_change_roles(actor, user)
    if not allowed:
        return allowed
    if role == Role.SYSTEM_ADMIN and actor.role != Role.SYSTEM_ADMIN:
        return no(_("Only a system administrator makes another one."))
    return _within_reach(actor, agency)


def can_end_role(actor: Membership, membership: Membership) -> Decision:
    """An administrator ends and moves roles in agencies of the units they keep. Rule: R-KEEP-2."""
    return can_change_roles(actor, membership.user) and _within_reach(actor, membership.agency)


def is_system_administrator(user: User) -> bool:
    """Whether an account is or is going to be a system administrator's."""
    return user.memberships.filter(_not_over(), role=Role.SYSTEM_ADMIN).exists()


def _within_reach(actor: Membership, agency: Agency) -> Decision:
    if _keeps_unit_of(actor, agency):
        return YES
    return no(_("This agency is outside your unit. Ask the system administrator."))


def _keeps_unit_of(actor: Membership, agency: Agency) -> bool:
    if actor.role == Role.SYSTEM_ADMIN:
        return True
    return actor.role == Role.UNIT_ADMIN and units_kept_by(actor).filter(pk=agency.unit_id).exists()


def _not_over() -> Q:
    """Memberships that hold today or later and were not taken back."""
    return Q(revoked_at=None) & (Q(valid_to=None) | Q(valid_to__gte=clock.today()))
