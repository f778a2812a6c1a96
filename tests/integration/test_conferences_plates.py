"""What is printed for the people of a conference: invitations of single seats, the sign-in sheet, name plates."""

import re

import pytest
from django.urls import reverse

from agencies.access.enums import Role
from coordination.conferences import services as conferences
from coordination.conferences.enums import Rank, Reply
from coordination.conferences.models import Conference, Invitation
from records import clock
from records.audit.enums import AuditAction
from records.audit.models import AuditEntry
from records.errors import NotAllowed, RuleBroken
from reports.documents.enums import PaperKind
from reports.documents.kinds import kind_of
from reports.documents.sign_in_sheet import SPARE_LINES
from reports.exports.services import export_invitations
from reports.issuing.rendering import rendered
from tests.checkers.pdf import taken_apart
from tests.factories.gatherings import GROUP, Gathering, make_gathering

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def built(ground) -> Gathering:
    """The party and the commune invited; the party sends a delegate."""
    gathering = make_gathering()
    gathering.invite(gathering.party, gathering.commune)
    gathering.send()
    delegate = conferences.Delegate("Phó Chủ tịch", Rank.DEPUTY, "Đỗ Văn Giáp")
    seat = Invitation.objects.get(agency=gathering.party)
    conferences.answer_invitation(seat, actor=gathering.keeper, reply=Reply.DELEGATE, delegate=delegate)
    return gathering


@pytest.fixture
def gathering(built) -> Gathering:
    """The gathering of the module with its conference as it is now."""
    return Gathering(built.organiser, built.party, built.commune, built.keeper, Conference.objects.get())


def paper(kind: PaperKind, subject, gathering: Gathering):
    return kind_of(kind).build(subject, actor=gathering.keeper, day=clock.today())


def test_an_invitation_is_addressed_to_the_post_and_its_holder(gathering):
    of_party = Invitation.objects.select_related("conference").get(agency=gathering.party)
    of_commune = Invitation.objects.select_related("conference").get(agency=gathering.commune)
    named = paper(PaperKind.PERSONAL_INVITATION, of_party, gathering)
    assert named.addressed == ["Đồng chí Lê Thị Cúc, Chủ tịch, Ủy ban MTTQ huyện"]
    assert paper(PaperKind.PERSONAL_INVITATION, of_commune, gathering).addressed == ["Chủ tịch UBND xã Tân Bình"]
    assert "cử cấp phó dự thay" in named.closing_text


def test_an_agency_finds_its_own_invitation_and_no_other(gathering):
    kind = kind_of(PaperKind.PERSONAL_INVITATION)
    mine, other = (Invitation.objects.get(agency=one) for one in (gathering.party, gathering.commune))
    official = gathering.member(gathering.party)
    assert kind.find(official, kind.key_of(mine)) == mine
    assert kind.find(official, kind.key_of(other)) is None


def test_the_sign_in_sheet_follows_the_seats(gathering):
    (table,) = paper(PaperKind.SIGN_IN_SHEET, gathering.conference, gathering).tables()
    assert table.rows[0].cells == (GROUP,)
    assert [row.cells for row in table.rows[1:3]] == [
        ("1", "Đỗ Văn Giáp", "Phó Chủ tịch, Ủy ban MTTQ huyện", "", "Đi thay"),
        ("2", "", "Chủ tịch UBND xã Tân Bình", "", ""),
    ]
    assert len(table.rows) == 1 + 2 + 1 + SPARE_LINES
    conferences.move_seat(Invitation.objects.get(number=2), actor=gathering.keeper, up=True)
    fresh = Conference.objects.get()
    (moved,) = paper(PaperKind.SIGN_IN_SHEET, fresh, gathering).tables()
    assert moved.rows[1].cells[2] == "Chủ tịch UBND xã Tân Bình"


def test_every_seat_has_a_plate_but_for_the_excused(gathering):
    plates = paper(PaperKind.NAME_PLATES, gathering.conference, gathering)
    told = [(plate.large, plate.small) for plate in plates.blocks]
    assert told == [
        ("Đỗ Văn Giáp", "Phó Chủ tịch, Ủy ban MTTQ huyện"),
        ("Chủ tịch UBND xã Tân Bình", ""),
    ]
    conferences.answer_invitation(
        Invitation.objects.get(number=2), actor=gathering.keeper, reply=Reply.EXCUSED, reason="Bận"
    )
    left = paper(PaperKind.NAME_PLATES, Conference.objects.get(), gathering)
    assert len(left.blocks) == 1


def test_a_plate_is_a_whole_sheet_read_from_both_sides(gathering):
    made = taken_apart(rendered(paper(PaperKind.NAME_PLATES, gathering.conference, gathering)).content)
    assert [(round(width), round(height)) for width, height in made.sizes] == [(297, 210)] * 2
    assert "Đỗ Văn Giáp" in made.text


def test_no_plate_without_a_list(gathering):
    Invitation.objects.all().delete()
    with pytest.raises(RuleBroken):
        paper(PaperKind.NAME_PLATES, gathering.conference, gathering)


def test_all_invitations_leave_in_one_file_each_with_its_own_pages_and_code(gathering):
    """In seat order, without what was withdrawn; the second letter begins on a page without a number."""
    guest = conferences.Guest("Trưởng Công an huyện")
    (police,) = conferences.invite(gathering.conference, actor=gathering.keeper, group="Khách", guest=guest)
    gathering.send()
    made = taken_apart(export_invitations(gathering.conference, actor=gathering.keeper).content)
    text = " ".join(made.text.split())
    places = [text.index(f"Kính gửi: {to}") for to in ("Đồng chí Lê Thị Cúc", "Chủ tịch UBND xã", "Trưởng Công an")]
    assert places == sorted(places)
    assert len(set(re.findall(r"Mã xác minh: (\S+)", text))) == 3
    assert AuditEntry.objects.filter(action=AuditAction.EXPORTED, after__invitations=3).count() == 1
    conferences.withdraw_invitation(police, actor=gathering.keeper, reason="Mời nhầm")
    left = taken_apart(export_invitations(gathering.conference, actor=gathering.keeper).content)
    assert "Trưởng Công an" not in left.text
    with pytest.raises(NotAllowed):
        export_invitations(gathering.conference, actor=gathering.member(gathering.party, Role.SECRETARY))


def test_there_is_no_file_of_invitations_where_none_stands(gathering, sign_in):
    for seat in Invitation.objects.select_related("conference"):
        conferences.withdraw_invitation(seat, actor=gathering.keeper, reason="Hoãn hội nghị")
    with pytest.raises(RuleBroken):
        export_invitations(gathering.conference, actor=gathering.keeper)
    address = reverse("reports:invitations-pdf", args=[gathering.conference.slug])
    assert sign_in(gathering.keeper).get(address).status_code == 422
    assert sign_in(gathering.member(gathering.party)).get(address).status_code == 404
