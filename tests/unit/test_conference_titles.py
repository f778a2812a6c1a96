"""What posts are called on invitations and plates, and who stands below whom."""

import pytest

from agencies.models import AgencyName
from coordination.conferences.enums import Presence, Rank, Reply
from coordination.conferences.models import Invitation
from coordination.conferences.models.people import with_agency
from coordination.conferences.queries.seats import head_called


@pytest.mark.parametrize(
    ("head_title", "name", "called"),
    [
        ("CHỦ TỊCH", "UBND xã Tân Bình", "Chủ tịch UBND xã Tân Bình"),
        ("CHỦ TỊCH", "Thường trực HĐND huyện", "Chủ tịch HĐND huyện"),
        ("TRƯỞNG BAN", "Ban Tuyên giáo Huyện ủy", "Trưởng Ban Tuyên giáo Huyện ủy"),
        ("CHÁNH VĂN PHÒNG", "Văn phòng HĐND và UBND huyện", "Chánh Văn phòng HĐND và UBND huyện"),
        ("BÍ THƯ", "Đoàn TNCS Hồ Chí Minh huyện", "Bí thư Đoàn TNCS Hồ Chí Minh huyện"),
    ],
)
def test_a_head_without_a_recorded_post_is_called_by_title_and_agency(head_title, name, called):
    assert head_called(AgencyName(head_title=head_title, name=name)) == called


@pytest.mark.parametrize(
    ("title", "agency", "printed"),
    [
        ("Chủ tịch UBND huyện", "UBND huyện", "Chủ tịch UBND huyện"),
        ("Chủ tịch HĐND huyện", "Thường trực HĐND huyện", "Chủ tịch HĐND huyện"),
        ("Phó Chủ tịch", "Hội Nông dân huyện", "Phó Chủ tịch, Hội Nông dân huyện"),
        ("Già làng", "", "Già làng"),
    ],
)
def test_the_agency_stands_beside_a_title_that_does_not_name_it(title, agency, printed):
    assert with_agency(title, agency) == printed


@pytest.mark.parametrize(
    ("asked", "came", "is_wrong"),
    [
        (Rank.HEAD, Rank.DEPUTY, True),
        (Rank.DEPUTY, Rank.DEPUTY, False),
        (Rank.DEPUTY, Rank.OFFICIAL, True),
        (Rank.OFFICIAL, Rank.OFFICIAL, False),
        (Rank.DEPUTY, "", False),
    ],
)
def test_a_rank_below_the_one_asked_for_is_wrong(asked, came, is_wrong):
    seat = Invitation(title="Chủ tịch", rank_asked=asked, delegate_rank=came, delegate_title="Người thay")
    assert not seat.is_wrong_rank
    seat.reply = Reply.DELEGATE
    assert seat.is_wrong_rank is is_wrong
    seat.presence = Presence.PRESENT
    assert not seat.is_wrong_rank
    assert seat.seat_title == "Chủ tịch"
