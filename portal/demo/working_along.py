"""What those who work along report of their parts, and one later deadline asked for. All of it is invented."""

from datetime import date
from decimal import Decimal

from coordination.models import Task
from coordination.tasks import services as tasks
from portal.demo.directory import Cast
from records import clock

LETTER = "B"
# The Front asks for land and working days for roads; two organisations have counted their share.
SHARED, PARTS = 1, (
    ("hnd", date(2022, 3, 25), 640, False, "Hội viên ở 6 thôn đã ký cam kết hiến 640 m² đất."),
    ("pn", date(2022, 3, 28), 310, True, "Vận động 310 m² đất và 120 ngày công, xong phần việc quý I."),
)  # fmt: skip
# The veterans are late with their meetings and ask for a month.
LATE, ASKED_ON, WANTED = 8, date(2022, 3, 28), date(2022, 4, 15)


def work_along(cast: Cast, letter: str, entered: list[Task]) -> None:
    """Two parts reported, and a later deadline that waits for its decision on the day of the conference."""
    if letter != LETTER:
        return
    for code, day, quantity, is_done, result in PARTS:
        role = entered[SHARED - 1].roles.get(agency=cast.agencies[code])
        with clock.standing_at(clock.at(day, 15, 20)):
            tasks.report_part(
                role, actor=cast.official_of(code), value=Decimal(quantity), result=result, is_done=is_done
            )
    with clock.standing_at(clock.at(ASKED_ON, 9, 30)):
        tasks.ask_extension(
            entered[LATE - 1],
            actor=cast.official_of("ccb"),
            wanted_due_on=WANTED,
            reason="Ba xã còn lại hoãn hội nghị tiếp xúc do dịch COVID-19; đã thống nhất lịch mới trước 15/4.",
        )
