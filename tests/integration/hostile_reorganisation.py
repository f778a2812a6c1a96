"""The forms of reorganisations, as `hostile_doors` walks them."""

from collections.abc import Callable
from urllib.parse import urlencode

from django.urls import reverse

from tests.integration.hostile_stage import Door, Stage, at

KEEPER, SYSTEM = "quan-tri-don-vi", "quan-tri"


def _act(stage: Stage) -> int:
    return stage.story.reform.pk


def _step_of(kind: str, agency: str) -> Callable[[Stage], str]:
    """The page that describes a step on one agency of the district."""

    def page(stage: Stage) -> str:
        address = reverse("coordination:reorganisation-step-add", args=[_act(stage), kind])
        return f"{address}?{urlencode({'body': stage.story.cast.agencies[agency].pk})}"

    return page


REORGANISATION = {
    "decision entered": Door(
        SYSTEM,
        at("coordination:reorganisation-create"),
        ("number", "effective_on"),
        {"title": "Đổi tên Hội Nông dân", "scope": "DH", "decided_on": "01/3/2022", "effective_on": "30/3/2022"},
        also=(KEEPER,),
    ),
    "decision changed": Door(
        SYSTEM,
        at("coordination:reorganisation-decision", act=_act),
        ("number", "effective_on"),
        like="decision entered",
    ),
    "step: an agency renamed": Door(
        SYSTEM, _step_of("co-quan-doi-ten", "hnd"), ("short_name",), {"name": "Hội Nông dân Việt Nam huyện"}
    ),
    "step: an agency moved": Door(SYSTEM, _step_of("co-quan-chuyen", "hnd"), ("parent",), {"parent": "DH/mttq"}),
    "step: an agency closed": Door(SYSTEM, _step_of("co-quan-giai-the", "pn"), ("heir_0",), {"heir_0": "DH/mttq"}),
    "step changed": Door(
        SYSTEM,
        at("coordination:reorganisation-step-edit", act=_act, position=lambda stage: 1),
        ("heir_0_code", "heir_0_parent"),
    ),
}
