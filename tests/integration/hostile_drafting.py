"""The forms of the drafting room: pasted text, places, orders, what goes away."""

from collections.abc import Callable

from coordination.drafting import services as drafting
from tests.integration.hostile_stage import Door, Stage, at

SECRETARY = "thu-ky"


def _draft(stage: Stage) -> str:
    return stage.draft.slug


def _at(route: str) -> Callable[[Stage], str]:
    return at(f"coordination:program-{route}", program=_draft)


def _of_a_section(route: str) -> Callable[[Stage], str]:
    return at(f"coordination:program-section-{route}", program=_draft, section=lambda stage: stage.section.pk)


def _preview(stage: Stage) -> str:
    """The outline of a text that was pasted before."""
    drafting.keep_paste(stage.draft, actor=stage.story.cast.members[SECRETARY], text="III. NỘI DUNG\n1. Một")
    return _at("paste-preview")(stage)


DRAFTING = {
    "text pasted": Door(SECRETARY, _at("paste"), ("text", "parent"), {"text": "III. NỘI DUNG\n1. Một"}),
    "pasted text confirmed": Door(SECRETARY, _preview, ("digest",)),
    "section put elsewhere": Door(SECRETARY, _of_a_section("edit"), ("parent", "revision"), {"parent": 0}),
    "section deleted": Door(SECRETARY, _of_a_section("delete"), ("revision",)),
    "legal basis added": Door(SECRETARY, _at("bases"), ("text", "revision"), {"text": "Luật Mặt trận Tổ quốc"}),
}
