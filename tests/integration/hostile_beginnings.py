"""The forms of beginnings for `hostile_doors`: a task table looked at, the next program started from the last."""

from django.urls import reverse

from tests.factories.intake import HEAD, make_workbook, send
from tests.integration.hostile_stage import Door, Stage, at

_SECRETARY = "thu-ky"


def _table(stage: Stage) -> str:
    """A good table that waits to be taken in."""
    area = stage.draft.unit.areas.first().name
    lead = stage.draft.parties.get(is_lead=True).agency.current_name
    row = ("1", area, "Rà soát hộ nghèo trên địa bàn", lead, "", "Quý III", "Danh sách", "100%")
    table = send(stage.draft, stage.story.cast.secretary, make_workbook([HEAD, row]))
    return reverse("coordination:intake-check", kwargs={"table": table.pk})


BEGINNINGS = {
    "task table taken in": Door(_SECRETARY, _table, ("digest", "sheet")),
    "next program chosen": Door(
        _SECRETARY,
        at("coordination:program-carry-over", program=lambda stage: stage.overdue_program.slug),
        ("short_title", "parties"),
        {"area": 1},
        taken=200,
    ),
}
