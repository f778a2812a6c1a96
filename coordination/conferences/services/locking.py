"""What every act at a conference does first: hold its row, and find the next free place in one of its lists."""

from django.db.models import Manager, Max
from django.utils.translation import gettext as _

from coordination.conferences.models import Conference, Invitation
from records.errors import RuleBroken
from records.prepared import Prepared

_CONFERENCE = Prepared(
    lambda conference: (
        Conference.objects.select_for_update(of=("self",)).select_related("organiser").filter(pk=conference)
    )
)


def locked(conference: Conference) -> Conference:
    """The conference held for this transaction, so that two clerks never take the same place in a list."""
    return _CONFERENCE.model(conference=conference.pk)


def held(invitation: Invitation) -> Invitation:
    """An invitation as it is now, for an act on it; the conference is held, so nobody changes it meanwhile.

    Raises: RuleBroken when it was withdrawn.
    """
    rows = Invitation.objects.select_for_update(of=("self",)).select_related("group", "conference", "marked_by__agency")
    invitation = rows.get(pk=invitation.pk)
    if invitation.withdrawn_at is not None:
        raise RuleBroken(_("The invitation was withdrawn."))
    return invitation


def next_position(rows: Manager) -> int:
    """The place after the last row."""
    return (rows.aggregate(last=Max("position"))["last"] or 0) + 1
