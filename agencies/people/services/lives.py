"""An agency lives no longer than its unit, even where nobody has ended it yet."""

from datetime import date

from django.utils.translation import gettext as _

from agencies.directory.models import Agency
from records import wording
from records.errors import RuleBroken


def must_begin_in_unit(agency: Agency, since: date, field: str) -> None:
    """Nothing begins in an agency after its unit has ended.

    Raises: RuleBroken.
    """
    ended = agency.unit.valid_to
    if ended is not None and since > ended:
        raise RuleBroken(_("The unit of this agency ended on %(day)s.") % {"day": wording.day(ended)}, field)
