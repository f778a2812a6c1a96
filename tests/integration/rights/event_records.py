"""What stays of a conference, for the table of rights: photos, press, reports heard, commendations."""

from collections.abc import Callable
from io import BytesIO

from agencies.models import Membership
from coordination.conferences import permissions
from coordination.conferences import services as conferences
from coordination.conferences.enums import CommendationForm, Commended
from coordination.conferences.models import Commendation, Conference
from coordination.tasks.services import Upload
from records import clock
from tests.factories.pictures import make_picture
from tests.integration.rights.cast import Cast

_PROPOSAL = conferences.Proposal(Commended.COLLECTIVE, "Tập thể", CommendationForm.LETTER, "Làm tốt")
_OTHER = conferences.Proposal(Commended.COLLECTIVE, "Tập thể khác", CommendationForm.LETTER, "Làm tốt")
_SECOND = conferences.Proposal(Commended.OFFICE, "Trưởng phòng", CommendationForm.LETTER, "Làm tốt")


def prepare(conference: Conference, cast: Cast) -> None:
    """Two photos, a press account, a report heard; a proposal of the lead party that is open and one granted."""
    actor, content = cast.secretary, make_picture()
    for caption in ("Ảnh thứ nhất", "Ảnh thứ hai"):
        upload = Upload("anh.jpg", BytesIO(content), len(content))
        conferences.add_photo(conference, actor=actor, caption=caption, upload=upload)
    conferences.record_press(conference, actor=actor, title="Tin")
    conferences.hear_report(conference, actor=actor, heard=conferences.Heard("Báo cáo"))
    given = {"actor": actor, "proposed_by": conference.organiser}
    conferences.propose_commendation(conference, proposal=_PROPOSAL, **given)
    granted = conferences.propose_commendation(conference, proposal=_SECOND, **given)
    conferences.grant_commendation(granted, actor=actor, decision_number="1/QĐ", decided_on=clock.today())


def acts(conference: Conference | None) -> dict[str, Callable[[Membership], object]]:
    """Every predicate and every service about them, asked of the conference."""
    photo = conference and conference.photos.order_by("position").first()
    account = conference and conference.press_accounts.first()
    heard = conference and conference.heard_reports.first()
    row, granted = conference.commendations.order_by("position") if conference else (None, None)
    return _keeping(photo, account, conference, heard) | _commending(conference, row, granted)


def _keeping(photo, account, conference, heard) -> dict[str, Callable[[Membership], object]]:
    facts = {"title": "Tin đã sửa", "author": "", "source": "", "address": "", "published_on": None}
    facts |= {"damaged_passage": "", "doubt": ""}
    return {
        "change_photo": lambda actor: conferences.change_photo(photo, actor=actor, caption="Ảnh đã sửa", revision=1),
        "move_photo": lambda actor: conferences.move_photo(photo, actor=actor, up=False),
        "remove_photo": lambda actor: conferences.remove_photo(photo, actor=actor),
        "hand_over_photo": lambda actor: conferences.hand_over_photo(photo, actor=actor).close(),
        "show_photo": lambda actor: conferences.show_photo(photo, actor=actor).close(),
        "change_press": lambda actor: conferences.change_press(account, actor=actor, revision=1, **facts),
        "remove_press": lambda actor: conferences.remove_press(account, actor=actor),
        "hear_report": lambda actor: conferences.hear_report(conference, actor=actor, heard=conferences.Heard("Khác")),
        "change_heard": lambda actor: conferences.change_heard(
            heard, actor=actor, heard=conferences.Heard("Đã sửa"), revision=1
        ),
        "remove_heard": lambda actor: conferences.remove_heard(heard, actor=actor),
    }


def _commending(
    conference: Conference | None, row: Commendation | None, granted: Commendation | None
) -> dict[str, Callable[[Membership], object]]:
    decided = {"decision_number": "2/QĐ", "decided_on": clock.today()}
    return {
        "can_propose_commendation": lambda actor: permissions.can_propose_commendation(actor, conference, actor.agency),
        "propose_commendation": lambda actor: conferences.propose_commendation(
            conference, actor=actor, proposed_by=actor.agency, proposal=_OTHER
        ),
        "can_view_commendation": lambda actor: permissions.can_view_commendation(actor, row),
        "can_view_commendation:granted": lambda actor: permissions.can_view_commendation(actor, granted),
        "can_change_commendation": lambda actor: permissions.can_change_commendation(actor, row),
        "can_decide_commendation": lambda actor: permissions.can_decide_commendation(actor, row),
        "change_commendation": lambda actor: conferences.change_commendation(
            row, actor=actor, proposal=_OTHER, revision=1
        ),
        "withdraw_commendation": lambda actor: conferences.withdraw_commendation(row, actor=actor, reason="Trùng"),
        "grant_commendation": lambda actor: conferences.grant_commendation(row, actor=actor, **decided),
        "refuse_commendation": lambda actor: conferences.refuse_commendation(row, actor=actor, reason="Chưa đủ"),
    }
