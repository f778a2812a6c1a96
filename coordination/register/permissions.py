"""Who may do what in the register of numbers, and with what all have signed."""

from django.utils.translation import gettext as _

from agencies.access.decisions import YES, no, unseen
from agencies.access.enums import Role
from agencies.access.scopes import works_on_content
from agencies.models import Agency, Membership
from coordination.programs.models import Program
from coordination.programs.permissions import can_take_step
from records.errors import Decision


def can_issue(actor: Membership, program: Program) -> Decision:
    """The drafting secretary sends out what all have signed."""
    return can_take_step(actor, program)


def can_amend(actor: Membership, program: Program) -> Decision:
    """The drafting secretary begins the draft that amends what is in force."""
    return can_take_step(actor, program)


def can_keep_register(actor: Membership, agency: Agency) -> Decision:
    """A secretary acting for an agency keeps its series: opens them, takes numbers, voids and explains them.

    Rule: another unit's agency may not be known of; which series of the own unit are seen, the scope says.
    """
    mine = works_on_content(actor) and actor.acts_for(agency.pk)
    if not works_on_content(actor) or not (mine or agency.unit_id in actor.unit_ids()):
        return unseen()
    if mine and actor.role == Role.SECRETARY:
        return YES
    words = _("Only a secretary of %(agency)s, which keeps this register, may do this.")
    return no(words % {"agency": agency.current_short_name})


def can_open_register(actor: Membership) -> Decision:
    """Secretaries open series, each for the agencies they act for."""
    return YES if actor.role == Role.SECRETARY else no(_("Only a secretary opens a series of numbers."))
