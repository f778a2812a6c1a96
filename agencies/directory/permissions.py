"""Who keeps the record of agencies."""

from django.utils.translation import gettext as _

from agencies.access.decisions import YES, no, unseen
from agencies.access.enums import Role
from agencies.access.scopes import Viewer, works_on_content
from agencies.directory.models import Agency
from agencies.units.models import AdminUnit
from agencies.units.permissions import can_view_unit
from agencies.units.reach import units_kept_by
from records.errors import Decision


def can_view_agency(actor: Viewer, agency: Agency) -> Decision:
    """The directory of one's own unit and of what lies or lay below it is open to whoever belongs to the unit.

    Rule: R-SEE-10, for one row what `AgencyQuerySet.visible_to` is for many.
    """
    return YES if Agency.objects.visible_to(actor).filter(pk=agency.pk).exists() else unseen()


def can_add_agency(actor: Viewer, unit: AdminUnit) -> Decision:
    """Whoever works on content adds an agency to their own unit; an administrator to the units they keep.

    Why so open: an agency nobody planned for must take part at once, and what is wrong can be corrected.
    """
    if (works_on_content(actor) and actor.unit_id == unit.pk) or _keeps(actor, unit.pk):
        return YES
    if not (seen := can_view_unit(actor, unit)):
        return seen
    return no(
        _("Agencies are added by those who work in %(unit)s and by its administrators.")
        % {"unit": unit.current_name or unit.code}
    )


def can_change_agency(actor: Viewer, agency: Agency) -> Decision:
    """Secretaries of the unit and its administrators say what an agency is called and how it is printed.

    Rule: R-KEEP-1.
    """
    if (actor.role == Role.SECRETARY and actor.unit_id == agency.unit_id) or _keeps(actor, agency.unit_id):
        return YES
    if not (seen := can_view_agency(actor, agency)):
        return seen
    return no(
        _("Only a secretary or an administrator of %(unit)s may change the facts of this agency.")
        % {"unit": agency.unit.current_name or agency.unit.code}
    )


can_correct_agency = can_set_contact = can_change_agency


def _keeps(actor: Viewer, unit_id: int) -> bool:
    return units_kept_by(actor).filter(pk=unit_id).exists()
