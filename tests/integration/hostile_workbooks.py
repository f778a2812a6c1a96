"""The forms of workbooks for `hostile_doors`: one sent back, a table's columns told, an import taken back."""

from django.urls import reverse

from coordination.intake import services as intake
from tests.factories.intake import HEAD, make_workbook, send
from tests.factories.workbooks import seen
from tests.integration.hostile_stage import Door, Stage, at

_SECRETARY = "thu-ky"


def _rows(stage: Stage) -> list[tuple[str, ...]]:
    area = stage.draft.unit.areas.first().name
    lead = stage.draft.parties.get(is_lead=True).agency.current_name
    return [HEAD, ("1", area, "Rà soát hộ nghèo trên địa bàn", lead, "", "Quý III", "Danh sách", "100%")]


def _columns(stage: Stage) -> str:
    """A table whose columns can be told."""
    table = send(stage.draft, stage.story.cast.secretary, make_workbook(_rows(stage)))
    return reverse("coordination:intake-columns", kwargs={"table": table.pk})


def _undo(stage: Stage) -> str:
    """A table that was taken in a moment ago."""
    actor = stage.story.cast.secretary
    table = send(stage.draft, actor, make_workbook(_rows(stage)))
    intake.take_in(table, actor=actor, digest=seen(table, actor).digest, sheet=0)
    return reverse("coordination:intake-undo", kwargs={"table": table.pk})


WORKBOOKS = {
    "table pasted": Door(
        _SECRETARY,
        at("coordination:program-intake", program=lambda stage: stage.draft.slug),
        ("pasted", "section"),
        {"pasted": "TT\tNội dung nhiệm vụ\tCơ quan chủ trì\tThời gian thực hiện\n1\tRà soát\tUBND huyện\tQuý III\n"},
        also=("thu-ky-tuyen-giao",),
    ),
    "columns told": Door(_SECRETARY, _columns, ("column_2", "row", "sheet")),
    "import undone": Door(_SECRETARY, _undo, ("form_token",)),
}
