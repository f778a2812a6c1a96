"""Who writes urging letters, about which tasks, and who reads them. Deny by default."""

from django.utils.translation import gettext as _

from agencies.access.decisions import YES, no, unseen
from agencies.access.enums import Role
from agencies.access.scopes import works_on_content
from agencies.models import Agency, Membership
from coordination.urging.models import UrgingLetter
from records.errors import Decision


def can_view_letters(actor: Membership) -> Decision:
    """Whoever works on content reads the letters their agencies wrote and got."""
    if works_on_content(actor):
        return YES
    return no(_("Letters are for the people who work on the programs; administrators keep accounts and units."))


def can_write_letters(actor: Membership) -> Decision:
    """Secretaries write letters; whose, `can_urge` says."""
    if not works_on_content(actor):
        return unseen()
    return YES if actor.role == Role.SECRETARY else no(_("Only a secretary writes letters."))


def can_urge(actor: Membership, issuer: Agency) -> Decision:
    """A secretary writes letters for the agencies they act for."""
    if not works_on_content(actor) or issuer.unit_id not in actor.unit_ids():
        return unseen()
    if actor.role == Role.SECRETARY and actor.acts_for(issuer.pk):
        return YES
    return no(_("Only a secretary of %(agency)s writes its letters.") % {"agency": issuer.current_short_name})


def can_view_letter(actor: Membership, letter: UrgingLetter) -> Decision:
    """For one row what `UrgingLetterQuerySet.visible_to` is for many. Rule: R-SEE-14."""
    return YES if UrgingLetter.objects.visible_to(actor).filter(pk=letter.pk).exists() else unseen()


def can_change_letter(actor: Membership, letter: UrgingLetter) -> Decision:
    """A secretary of the agency that writes the letter changes and drops it until it was sent."""
    if not (seen := can_view_letter(actor, letter)):
        return seen
    if not (may := can_urge(actor, letter.issuer)):
        return may
    if letter.dropped_on:
        return no(_("This letter was dropped."))
    if letter.sent_on:
        return no(_("This letter was sent; it can no longer be changed."))
    return YES
