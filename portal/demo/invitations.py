"""Who was invited to the conference of 30/3/2022 by office held, what they answered, who came. All of it is invented.

The numbers are those of the sample year: 44 invited, 41 present. Nobody is named; the offices are.
"""

from datetime import date

from agencies.units.enums import UnitKind
from coordination.conferences import services as conferences
from coordination.conferences.enums import Presence, Rank, Reply
from coordination.models import Conference, Invitation
from portal.demo.directory import COMMUNES, Cast, tail_of
from records import clock

ORGANISATIONS = "Các tổ chức chính trị - xã hội huyện"
OFFICES = "Thủ trưởng các cơ quan, đơn vị liên quan"
OF_COMMUNES = "Lãnh đạo các xã, thị trấn"
# Group, party to a program, agency, invited: the groups in protocol order.
GROUPS = (
    ("Thường trực Huyện ủy", False, "tthu", 3),
    ("Thường trực HĐND huyện", True, "hdnd", 3),
    ("Lãnh đạo UBND huyện", True, "ubnd", 4),
    ("Ban Tuyên giáo Huyện ủy", True, "btg", 3),
    ("Ủy ban MTTQ Việt Nam huyện", True, "mttq", 3),
    (ORGANISATIONS, True, "", None),
    (OFFICES, False, "", None),
    (OF_COMMUNES, False, "", None),
)
HEADS = {ORGANISATIONS: "ldld hnd pn ccb dtn", OFFICES: "vp tnmt nnptnt ldtbxh ttvh"}
# Posts the directory does not keep: group, agency, title.
OTHERS = (
    (ORGANISATIONS, "ldld", "Phó Chủ tịch Liên đoàn Lao động huyện"),
    (ORGANISATIONS, "hnd", "Phó Chủ tịch Hội Nông dân huyện"),
    (ORGANISATIONS, "pn", "Phó Chủ tịch Hội Liên hiệp Phụ nữ huyện"),
    (ORGANISATIONS, "ccb", "Phó Chủ tịch Hội Cựu chiến binh huyện"),
    (ORGANISATIONS, "dtn", "Phó Bí thư Huyện đoàn"),
    (ORGANISATIONS, "hnd", "Ủy viên Ban Thường vụ Hội Nông dân huyện"),
    (ORGANISATIONS, "pn", "Ủy viên Ban Thường vụ Hội Liên hiệp Phụ nữ huyện"),
    (ORGANISATIONS, "dtn", "Ủy viên Ban Thường vụ Huyện đoàn"),
    (OFFICES, "", "Trưởng Công an huyện"),
)
# Whoever is not the one invited, by the title of the seat: office and rank of the delegate.
DELEGATES = {
    "Trưởng Phòng Tài nguyên và Môi trường huyện": ("Chuyên viên Phòng TN-MT", Rank.OFFICIAL),
    "Chủ tịch UBND xã Đại Bình": ("Phó Chủ tịch UBND xã Đại Bình", Rank.DEPUTY),
    "Chủ tịch UBND xã Tân Lập": ("Công chức Văn phòng - Thống kê UBND xã Tân Lập", Rank.OFFICIAL),
}
EXCUSES = {
    "Chủ tịch Hội Cựu chiến binh huyện": "Dự hội nghị cùng ngày của Hội cấp tỉnh.",
    "Ủy viên Ban Thường vụ Hội Liên hiệp Phụ nữ huyện": "Đang đi học tập trung.",
    "Trưởng Công an huyện": "Trực chỉ huy.",
}
# Groups with numbers only: how many of those invited came.
CAME = {"Thường trực Huyện ủy": 3, "Thường trực HĐND huyện": 3, "Lãnh đạo UBND huyện": 4}
CAME |= {"Ban Tuyên giáo Huyện ủy": 3, "Ủy ban MTTQ Việt Nam huyện": 3}
INVITED_ON, ANSWERED_ON, ANSWER_BY = date(2022, 3, 22), date(2022, 3, 24), date(2022, 3, 28)


def invite_people(cast: Cast, conference: Conference) -> None:
    """The list in protocol order, sent two days after the conference was planned and answered by its agencies."""
    with clock.standing_at(clock.at(INVITED_ON, 9)):
        for group, is_party, code, invited in GROUPS:
            conferences.record_attendance(
                conference, actor=cast.secretary, group=group, is_party=is_party, invited=invited,
                agency=cast.agencies.get(code),
            )  # fmt: skip
        _put_on_list(cast, conference)
        conferences.send_invitations(conference, actor=cast.secretary, reply_by=ANSWER_BY)
    with clock.standing_at(clock.at(ANSWERED_ON, 10)):
        for invitation in conference.invitations.in_seat_order().select_related("agency"):
            _answer(cast, invitation)


def _put_on_list(cast: Cast, conference: Conference) -> None:
    for group, codes in HEADS.items():
        heads = [cast.agencies[code] for code in codes.split()]
        conferences.invite(conference, actor=cast.secretary, group=group, agencies=heads)
    for group, code, title in OTHERS:
        guest = conferences.Guest(title, agency=cast.agencies.get(code))
        conferences.invite(conference, actor=cast.secretary, group=group, guest=guest)
    conferences.invite(conference, actor=cast.secretary, group=OF_COMMUNES, agencies=_communes(cast))


def _communes(cast: Cast) -> list:
    words = {UnitKind.TOWNSHIP: "thị trấn", UnitKind.COMMUNE: "xã"}
    return [cast.agencies[f"ubnd-{tail_of(words[kind], name)}"] for _code, kind, name in COMMUNES]


def _answer(cast: Cast, invitation: Invitation) -> None:
    """By the agency's own official where the demo has one, otherwise as the secretary was told by telephone."""
    code = next((code for code, agency in cast.agencies.items() if agency.pk == invitation.agency_id), "")
    own = [member for member in cast.members.values() if member.agency_id == invitation.agency_id]
    actor = cast.official_of(code) if own and code != "vp" else cast.secretary
    if reason := EXCUSES.get(invitation.title):
        conferences.answer_invitation(invitation, actor=actor, reply=Reply.EXCUSED, reason=reason)
    elif named := DELEGATES.get(invitation.title):
        delegate = conferences.Delegate(*named)
        conferences.answer_invitation(invitation, actor=actor, reply=Reply.DELEGATE, delegate=delegate)
    else:
        conferences.answer_invitation(invitation, actor=actor, reply=Reply.COMING)


def call_the_roll(cast: Cast, conference: Conference) -> None:
    """At the door: everyone came as announced."""
    for group, is_party, code, invited in GROUPS:
        if group in CAME:
            conferences.record_attendance(
                conference, actor=cast.secretary, group=group, is_party=is_party, invited=invited,
                agency=cast.agencies.get(code), present=CAME[group],
            )  # fmt: skip
    presences = {Reply.COMING: Presence.PRESENT, Reply.DELEGATE: Presence.SUBSTITUTE, Reply.EXCUSED: Presence.EXCUSED}
    for invitation in conference.invitations.in_seat_order():
        presence = presences[Reply(invitation.reply)]
        conferences.mark_presence(invitation, actor=cast.secretary, presence=presence)
