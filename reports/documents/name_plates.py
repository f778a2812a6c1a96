"""The name plates of a conference: a sheet for every seat, folded to stand on the table and read from both sides."""

from django.db.models import Q
from django.utils.translation import gettext as _

from coordination.conferences.enums import Presence, Reply
from coordination.conferences.models import Conference, Invitation
from records.errors import RuleBroken
from reports.documents.blocks import Plate
from reports.documents.comment_table import TablePaper
from reports.documents.meeting import named, organiser_name
from reports.documents.wording import hyphenated

# Units: letters. Longer lines are printed smaller, so that each stands on at most three lines of a plate.
LONG_LINE, VERY_LONG_LINE = 26, 52


class NamePlates(TablePaper):
    """A paper that is plates only, one a page, without a heading of its own."""

    is_headed = False


def name_plates(conference: Conference) -> NamePlates:
    """A plate for everyone invited by name, in seat order; nobody who is excused has one.

    Rule: R-PEOPLE-6. The delegate's plate stands where a delegate was announced. A seat whose holder is not known
    carries the post alone.
    Raises: RuleBroken where nobody is invited by name.
    """
    away = Q(reply=Reply.EXCUSED, presence=Presence.UNMARKED) | Q(presence=Presence.EXCUSED)
    seats = conference.invitations.standing().exclude(away).in_seat_order()
    plates = tuple(_plate(seat) for seat in seats)
    if not plates:
        raise RuleBroken(_("Nobody is invited by name yet; there is no plate to print."))
    return NamePlates(
        title="BIỂN TÊN ĐẠI BIỂU",
        subtitle=named(conference),
        lines=(),
        blocks=plates,
        author=organiser_name(conference),
        is_illustrative=False,
    )


def _plate(seat: Invitation) -> Plate:
    """Name above post; where the name is not known the post is what is read from afar."""
    name, title = hyphenated(seat.seat_name), hyphenated(seat.seat_full_title)
    large, small = (name, title) if name else (title, "")
    return Plate(large=large, small=small, size=_size(large), small_size=_size(small))


def _size(text: str) -> str:
    if len(text) > VERY_LONG_LINE:
        return "smallest"
    return "smaller" if len(text) > LONG_LINE else "full"
