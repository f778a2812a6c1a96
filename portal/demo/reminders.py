"""What everyone has been told by the evening of the conference, as the portal tells it by itself."""

from datetime import date

from coordination.reminders.services import tell_whom_it_concerns
from records import clock

# Letters go out once the portal runs.
DAY = date(2022, 3, 30)


def remind() -> int:
    """Tell everyone what concerns them on the day of the conference; how many notices there are."""
    with clock.standing_at(clock.at(DAY, 17, 15)):
        return tell_whom_it_concerns(DAY)
