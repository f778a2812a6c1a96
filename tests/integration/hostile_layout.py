"""The forms about the layout of papers, for `hostile_doors`."""

from tests.integration.hostile_stage import Door, at

LAYOUT = {
    "layout chosen": Door(
        "thu-ky",
        at("coordination:program-paper-rules", program=lambda stage: stage.draft.slug),
        ("rules",),
        {"rules": "neutral"},
    ),
}
