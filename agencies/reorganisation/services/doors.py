"""The doors every act on a reorganisation goes through: its locked row, the state it must be in, its revision."""

from django.utils.translation import gettext as _

from agencies.access.decisions import require
from agencies.people.models import Membership
from agencies.reorganisation.enums import ReorganisationState
from agencies.reorganisation.models import Reorganisation
from agencies.reorganisation.permissions import can_keep_reorganisation
from records.errors import Conflict


def locked(act: Reorganisation, *, actor: Membership) -> Reorganisation:
    """The act's row, locked until the transaction ends.

    Raises: NotAllowed, without telling whether the act exists, when the actor does not keep it.
    """
    require(can_keep_reorganisation(actor, act))
    rows = Reorganisation.objects.select_for_update(of=("self",)).select_related("scope")
    found = rows.filter(pk=act.pk).first()
    if found is None:
        raise Conflict(_("This reorganisation was discarded meanwhile."))
    return found


def must_be_in(act: Reorganisation, state: ReorganisationState) -> None:
    """Raises: Conflict when the act has moved on since the actor opened it."""
    if act.state != state:
        told = {"state": act.status.label}
        raise Conflict(_("The reorganisation has meanwhile moved on; it is now: %(state)s.") % told)


def must_be_revision(act: Reorganisation, revision: int) -> None:
    """Raises: Conflict when someone else changed the act since the actor opened it."""
    if act.revision != revision:
        raise Conflict(
            _("Someone else has just changed this reorganisation. Look at it again, then repeat your change.")
        )
