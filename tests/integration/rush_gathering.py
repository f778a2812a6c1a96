"""What a door leaves behind at which eight people tick at once: different seats, and one seat in two ways."""

from collections.abc import Callable

from agencies.models import Agency, Membership
from coordination.conferences.enums import HalfDay
from records import clock


def ticked_at_once(organiser: Agency, secretary: Membership, rush: Callable, windows: list) -> dict:
    """Eight seats ticked by eight windows; then one more seat ticked present by four and with leave by four."""
    from coordination.conferences import services as conferences
    from tests.factories.conferences import make_conference

    today = clock.today()
    conference = make_conference(organiser=organiser, actor=secretary, held_on=today, half_day=HalfDay.MORNING)
    for number in range(len(windows) + 1):
        guest = conferences.Guest(f"Khách {number}")
        conferences.invite(conference, actor=secretary, group="Khách", guest=guest)
    address = f"/hoi-nghi/{conference.slug}/diem-danh/"
    out = {}
    out["eight seats ticked at once"] = rush(
        [(one, f"{address}{n}/", {"presence": "present", "was": ""}) for n, one in enumerate(windows, start=1)]
    )
    group = conference.attendance.get(group="Khách")
    out["their count"] = (group.invited, group.present)
    marks = ["present", "excused"] * (len(windows) // 2)
    last = len(windows) + 1
    out["one seat ticked two ways"] = sorted(
        rush(
            [
                (one, f"{address}{last}/", {"presence": mark, "was": ""})
                for one, mark in zip(windows, marks, strict=True)
            ]
        )
    )
    group.refresh_from_db()
    out["it counts once"] = group.present + group.excused == last
    return out
