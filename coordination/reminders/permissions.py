"""Who is told of what, who sets the rules of it, and who opens and ends the addresses of calendars."""

from django.utils.translation import gettext as _

from agencies.access.decisions import YES, no, unseen
from agencies.access.enums import Role
from agencies.access.scopes import works_on_content
from agencies.models import AdminUnit, Membership
from coordination.conferences.models import Conference
from coordination.conferences.permissions import can_run_conference
from coordination.programs.models import Program
from coordination.programs.permissions import can_take_step
from coordination.reminders.enums import FeedKind
from coordination.reminders.models import CalendarFeed
from records.errors import Decision

_SPEAKERS = (Role.LEADER, Role.SECRETARY)


def can_be_reminded(actor: Membership | None) -> Decision:
    """Whoever works on content is told of it; administrators are told of nothing."""
    if not works_on_content(actor):
        return no(_("Notices are for those who work on programs and tasks. Act in such a role to see yours."))
    return YES


def can_set_reminder_rules(actor: Membership | None, unit: AdminUnit) -> Decision:
    """Secretaries set the rules of reminding of their own unit; everyone there who is told by them reads them.

    Rule: R-REMIND-4.
    """
    if actor is None or actor.unit_id != unit.pk:
        return unseen()
    if not (told := can_be_reminded(actor)):
        return told
    if actor.role != Role.SECRETARY:
        return no(_("Secretaries set when tasks are called to mind. Ask the secretary of your agency."))
    return YES


def can_ask_to_sign(actor: Membership, program: Program) -> Decision:
    """The drafting secretary reminds the parties whose signature is awaited."""
    return can_take_step(actor, program)


def can_ask_to_answer(actor: Membership, conference: Conference) -> Decision:
    """Whoever runs a conference reminds the agencies that have not answered its invitation. Rule: R-REMIND-7."""
    return can_run_conference(actor, conference)


def can_open_feed(actor: Membership | None, kind: FeedKind) -> Decision:
    """Whoever works on content opens an address for their own calendar; leaders and secretaries one for the agency."""
    if not (told := can_be_reminded(actor)):
        return told
    if kind == FeedKind.AGENCY and actor.role not in _SPEAKERS:
        return no(_("Leaders and secretaries open the calendar of the agency. Ask one of them for its address."))
    return YES


def can_revoke_feed(actor: Membership | None, feed: CalendarFeed) -> Decision:
    """One takes back one's own address; leaders and secretaries also any address of their agency's calendar."""
    if not works_on_content(actor):
        return unseen()
    if feed.member.user_id == actor.user_id:
        return YES
    speaks = actor.role in _SPEAKERS and feed.member.agency_id == actor.agency_id
    return YES if speaks and feed.kind == FeedKind.AGENCY else unseen()
