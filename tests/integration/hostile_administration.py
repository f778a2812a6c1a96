"""The forms of posts, people, accounts and roles, as `hostile_doors` walks them."""

from collections.abc import Callable

from django.urls import reverse

from agencies.models import User
from agencies.people.services import set_up_office, suspend
from tests.integration.hostile_stage import Door, Stage, at

SECRETARY, OF_FARMERS, KEEPER = "thu-ky", "chuyen-vien-hnd", "quan-tri-don-vi"
KEEPERS = (KEEPER, "quan-tri")
SECRETARIES = ("thu-ky-tuyen-giao",)  # further ones of the same unit


def _posts(route: str, agency: str, **parts: Callable[[Stage], object]) -> Callable[[Stage], str]:
    return at(f"agencies:{route}", unit=lambda stage: "dh", agency=lambda stage: agency, **parts)


def _head_of(agency: str) -> Callable[[Stage], int]:
    return lambda stage: stage.story.cast.agencies[agency].offices.get(is_head=True).pk


def _held_by(person: str) -> Callable[[Stage], int]:
    return lambda stage: stage.story.cast.people[person].holdings.get(office__is_head=True).pk


def _spare_post(stage: Stage) -> int:
    """A post of the Committee that nobody holds."""
    committee = stage.story.cast.agencies["ubnd"]
    spare = committee.offices.filter(is_head=False).first()
    return (spare or set_up_office(committee, title="Ủy viên UBND huyện", printed_title="ỦY VIÊN")).pk


def _account(route: str, username: str, *, of_role: bool = False) -> Callable[[Stage], str]:
    """A page about an account, or about its first role."""

    def page(stage: Stage) -> str:
        member = stage.story.cast.members[username]
        parts = {"pk": member.user_id} | ({"role": member.pk} if of_role else {})
        return reverse(f"agencies:user-{route}", kwargs=parts)

    return page


def _suspended(stage: Stage) -> str:
    """Where an account that has been suspended is restored."""
    user = User.objects.get(username="chuyen-vien-ccb")
    if user.is_active:
        suspend(user, reason="Nghỉ việc")
    return reverse("agencies:user-restore", kwargs={"pk": user.pk})


ADMINISTRATION = {
    "post added": Door(
        SECRETARY,
        _posts("office-add", "ubnd"),
        ("printed_title", "seats"),
        {"title": "Phó Chủ tịch UBND huyện", "printed_title": "PHÓ CHỦ TỊCH"},
        also=KEEPERS,
    ),
    "post edited": Door(
        SECRETARY,
        _posts("office-edit", "ubnd", office=_spare_post),
        ("printed_title", "since"),
        {"title": "Ủy viên Thường trực", "since": "01/3/2022"},
        like="post added",
        also=KEEPERS,
    ),
    "post closed": Door(
        SECRETARY,
        _posts("office-close", "ubnd", office=_spare_post),
        ("last_day",),
        {"last_day": "30/3/2022"},
        also=KEEPERS,
    ),
    "holder recorded": Door(
        SECRETARY,
        _posts("office-appoint", "vp", office=_head_of("vp")),
        ("full_name", "since"),
        {"full_name": "Người Thử Nghiệm", "since": "01/3/2022"},
        also=KEEPERS,
    ),
    "holding ended": Door(
        SECRETARY,
        _posts("holding-end", "ubnd", holding=_held_by("dung")),
        ("last_day", "ended_by"),
        also=KEEPERS,
    ),
    "holding corrected": Door(
        SECRETARY,
        _posts("holding-correct", "ubnd", holding=_held_by("dung")),
        ("since", "reason"),
        {"reason": "Gõ nhầm ngày"},
        also=KEEPERS,
    ),
    "name corrected": Door(
        SECRETARY,
        at("agencies:person-rename", pk=lambda stage: stage.story.cast.people["dung"].pk),
        ("full_name",),
        also=KEEPERS,
    ),
    "person invited": Door(
        KEEPER,
        at("agencies:user-invite"),
        ("full_name", "username"),
        {"full_name": "Người Thử Nghiệm", "username": "nguoi-thu", "agency": 1, "title": "Chuyên viên"},
        also=KEEPERS,
    ),
    "role given": Door(
        KEEPER,
        _account("role", OF_FARMERS),
        ("agency", "until"),
        {"agency": 1, "role": 1, "title": "Lãnh đạo"},
        like="person invited",
        also=KEEPERS,
    ),
    "role ended": Door(KEEPER, _account("role-end", OF_FARMERS, of_role=True), ("last_day", "at_once"), also=KEEPERS),
    "person moved": Door(
        KEEPER,
        _account("move", OF_FARMERS, of_role=True),
        ("agency", "since"),
        {"agency": 1, "role": 1},
        like="person invited",
        also=KEEPERS,
    ),
    "account suspended": Door(
        KEEPER, _account("suspend", OF_FARMERS), ("reason",), {"reason": "Nghỉ việc"}, also=KEEPERS
    ),
    "account restored": Door(KEEPER, _suspended, ("reason",), {"reason": "Đi làm lại"}, also=KEEPERS),
    "agency added": Door(
        OF_FARMERS,
        at("agencies:agency-create"),
        ("kind_label", "valid_from"),
        {"name": "Báo Bình Minh", "kind_label": "Báo", "abbreviation": "BBM"},
        also=(SECRETARY, *KEEPERS),
    ),
    "agency changed": Door(
        SECRETARY,
        _posts("agency-edit", "hnd"),
        ("kind_label", "since"),
        {"name": "Hội Nông dân Việt Nam huyện", "since": "01/3/2022"},
        like="agency added",
        also=(*SECRETARIES, *KEEPERS),
    ),
    "agency corrected": Door(
        SECRETARY,
        _posts("agency-correct", "hnd"),
        ("kind_label", "reason"),
        {"name": "Hội Nông dân Việt Nam huyện", "reason": "Gõ thiếu"},
        like="agency added",
        also=(*SECRETARIES, *KEEPERS),
    ),
    "agency's contact": Door(
        SECRETARY,
        _posts("agency-contact", "hnd"),
        ("phone", "address"),
        {"phone": "0203 3880 001"},
        also=(*SECRETARIES, *KEEPERS),
    ),
    "unit added": Door(
        "quan-tri",
        at("agencies:unit-create"),
        ("bare_name", "code"),
        {"bare_name": "Tân Mới", "code": "TM", "parent": "quang ninh", "valid_from": "01/01/2020"},
    ),
    "unit's name corrected": Door(
        "quan-tri",
        at(
            "agencies:unit-name",
            unit=lambda stage: "dh",
            name=lambda stage: stage.story.cast.units["DH"].names.get().pk,
        ),
        ("bare_name", "reason"),
        {"reason": "Gõ nhầm"},
        also=(KEEPER,),
    ),
}
