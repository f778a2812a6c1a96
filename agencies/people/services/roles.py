"""Giving roles, ending them, moving people from one agency to another."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from agencies.access.decisions import require
from agencies.access.enums import Role
from agencies.directory.lineage import said_ended
from agencies.directory.models import Agency
from agencies.people.models import Membership, User
from agencies.people.permissions import can_end_role, can_give_role
from agencies.people.services.last_administrator import no_unit_left_without
from agencies.people.services.lives import must_begin_in_unit
from records import clock, wording
from records.audit.enums import AuditAction
from records.audit.services import record
from records.errors import Conflict, RuleBroken


@transaction.atomic
def grant_membership(
    user: User,
    agency: Agency,
    *,
    role: Role | str,
    title: str,
    since: date,
    until: date | None = None,
    actor: Membership | None = None,
) -> Membership:
    """Let an account act in an agency in a role from a day on; where the agency ends on a known day, until then.

    Rule: R-KEEP-2. Only while account and agency live; never one's own; the system's only by one who has it.
    Raises: NotAllowed; RuleBroken naming the field.
    """
    user = User.objects.select_for_update().get(pk=user.pk)
    agency = Agency.objects.select_for_update().get(pk=agency.pk)
    if actor is not None:
        require(can_give_role(actor, user, agency, role))
    return begin_role(user, agency, role=role, title=title, since=since, until=until, actor=actor)


def begin_role(
    user: User,
    agency: Agency,
    *,
    role: Role | str,
    title: str,
    since: date,
    until: date | None,
    actor: Membership | None,
) -> Membership:
    """Begin a role the actor may give; whoever calls it has asked and holds the rows of the account and the agency.

    Raises: RuleBroken naming the field.
    """
    until = until if until is not None or agency.valid_to is None else agency.valid_to
    _check(user, agency, role, title, since, until)
    membership = Membership.objects.create(
        user=user, agency=agency, role=role, title=title, valid_from=since, valid_to=until
    )
    record(AuditAction.CREATED, actor=actor, about=membership, after=_told(membership))
    return membership


@transaction.atomic
def end_membership(membership: Membership, *, last_day: date | None, actor: Membership | None = None) -> Membership:
    """A role holds until a day; without one it is taken back at once.

    Why a mark of its own: a role begun today cannot have ended yesterday, yet must not hold for the rest of today.
    Rule: R-KEEP-3.
    Raises: NotAllowed; Conflict when it has ended; RuleBroken for a last day before the first.
    """
    membership = _locked(membership)
    if actor is not None:
        require(can_end_role(actor, membership))
    _must_not_be_over(membership)
    with no_unit_left_without([membership], actor=actor):
        _end(membership, last_day)
    record(AuditAction.ENDED, actor=actor, about=membership, after=_told(membership))
    return membership


@transaction.atomic
def move_member(
    membership: Membership,
    agency: Agency,
    *,
    role: Role | str,
    title: str,
    since: date,
    actor: Membership | None = None,
) -> Membership:
    """End a role the day before and begin one in another agency on a day, in one act.

    Raises: NotAllowed on either side; Conflict when the old role has ended; RuleBroken naming the field.
    """
    membership = _locked(membership)
    if actor is not None:
        require(can_end_role(actor, membership))
        require(can_give_role(actor, membership.user, agency, role))
    _must_not_be_over(membership)
    if agency.pk == membership.agency_id and role == membership.role:
        raise RuleBroken(_("Choose another agency or another role"), "agency")
    begun_today = since == membership.valid_from >= clock.today()
    if since <= membership.valid_from and not begun_today:
        told = {"day": wording.day(membership.valid_from)}
        raise RuleBroken(_("The present role began on %(day)s; the new one begins later.") % told, "since")
    day_before = since - timedelta(days=1)
    with no_unit_left_without([membership], actor=actor):
        if membership.valid_to is None or membership.valid_to > day_before:
            _end(membership, None if begun_today else day_before)
        begun = grant_membership(membership.user, agency, role=role, title=title, since=since, actor=actor)
    record(AuditAction.MOVED, actor=actor, about=membership, before=_told(membership), after=_told(begun))
    return begun


def _locked(membership: Membership) -> Membership:
    """The role as it stands now; whoever changes a role of an account holds the account's row first."""
    User.objects.select_for_update().get(pk=membership.user_id)
    return Membership.objects.select_related("user", "agency").get(pk=membership.pk)


def _must_not_be_over(membership: Membership) -> None:
    over = membership.valid_to is not None and membership.valid_to < clock.today()
    if over or membership.revoked_at is not None:
        raise Conflict(_("This role has ended already. Look at the account first."))


def _end(membership: Membership, last_day: date | None) -> None:
    """Set the last day; at once means yesterday, or a mark where the role has not held for a whole day yet."""
    yesterday = clock.today() - timedelta(days=1)
    if last_day is not None and last_day < membership.valid_from:
        told = {"day": wording.day(membership.valid_from)}
        raise RuleBroken(_("The last day must not be before the first day (%(day)s)") % told, "last_day")
    known, agency = membership.valid_to, membership.agency
    if last_day is not None and known is not None and last_day > known:
        told = {"day": wording.day(known)}
        raise RuleBroken(_("It ends on %(day)s already. Choose an earlier day.") % told, "last_day")
    if last_day is not None and agency.valid_to is not None and last_day > agency.valid_to:
        raise RuleBroken(said_ended(agency), "last_day")
    if last_day is None and membership.valid_from > yesterday:
        membership.revoked_at = clock.now()
    membership.valid_to = last_day or max(yesterday, membership.valid_from)
    membership.save(update_fields=["valid_to", "revoked_at"])


def _check(user: User, agency: Agency, role: str, title: str, since: date, until: date | None) -> None:
    if role not in Role.values:
        raise RuleBroken(_("Choose one of the listed values"), "role")
    if not title.strip():
        raise RuleBroken(_("Enter the title"), "title")
    if not user.is_active:
        raise RuleBroken(_("The account is suspended. Restore it first."))
    if until is not None and until < since:
        if until == agency.valid_to:
            raise RuleBroken(said_ended(agency), "agency")
        told = {"day": wording.day(since)}
        raise RuleBroken(_("The last day must not be before the first day (%(day)s)") % told, "until")
    if since < agency.valid_from:
        told = {"day": wording.day(agency.valid_from)}
        raise RuleBroken(_("The agency exists from %(day)s on") % told, "since")
    must_begin_in_unit(agency, since, "agency")
    if agency.valid_to is not None and until > agency.valid_to:
        raise RuleBroken(said_ended(agency), "until")
    begun = Q() if until is None else Q(valid_from__lte=until)
    held = user.memberships.filter(begun, Q(valid_to=None) | Q(valid_to__gte=since), agency=agency, role=role).first()
    if held is not None:
        told = {"since": wording.day(held.valid_from)}
        raise RuleBroken(_("The account has had this role there since %(since)s.") % told, "role")


def _told(membership: Membership) -> dict:
    told = {
        "account": membership.user.username,
        "role": str(membership.role),
        "agency": membership.agency.code,
        "title": membership.title,
        "since": membership.valid_from,
        "until": membership.valid_to,
    }
    return told | ({"revoked_at": membership.revoked_at} if membership.revoked_at else {})
