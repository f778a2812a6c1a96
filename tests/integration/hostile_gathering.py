"""The forms of the people of a conference, from its planning to its door, as doors of `hostile_doors`."""

from collections.abc import Callable

from coordination.conferences import services as conferences
from tests.integration.hostile_stage import Door, Stage, at

_SECRETARY = "thu-ky"


def _at(route: str, which: str, **parts: Callable[[Stage], object]) -> Callable[[Stage], str]:
    return at(f"coordination:conference-{route}", conference=lambda stage: getattr(stage, which).slug, **parts)


def _first(stage: Stage) -> int:
    return 1


def _with_a_draft(stage: Stage) -> str:
    """The page that sends, with a seat that has not gone out."""
    guest = conferences.Guest("Bí thư chi bộ")
    conferences.invite(stage.planned, actor=stage.story.cast.secretary, group="Khách", guest=guest)
    return _at("send", "planned")(stage)


GATHERING = {
    "conference changed": Door(_SECRETARY, _at("edit", "planned"), ("held_on", "revision"), like="conference planned"),
    "seats invited": Door(
        _SECRETARY,
        _at("invite", "planned"),
        ("agencies", "rank_asked"),
        {"group": "Khách", "guest_title": "Bí thư chi bộ", "rank_asked": 1},
    ),
    "invitations sent": Door(_SECRETARY, _with_a_draft, ("reply_by",), {"reply_by": "01/4/2022"}),
    "invitation corrected": Door(
        _SECRETARY, _at("invitation", "planned", number=_first), ("title", "rank_asked"), {"title": "Già làng"}
    ),
    "invitation withdrawn": Door(
        _SECRETARY, _at("withdraw", "planned", number=_first), ("reason",), {"reason": "Mời nhầm"}
    ),
    "invitation answered": Door(
        _SECRETARY, _at("answer", "planned", number=_first), ("reply",), {"reply": 2, "reason": "Đi vắng"}
    ),
    "guest seated at the door": Door(
        _SECRETARY, _at("roll-call", "running"), ("group", "title"), {"group": 1, "title": "Trưởng bản"}
    ),
}
