"""The form by which an issued paper is taken back, for `hostile_doors`."""

from django.urls import reverse

from reports.issuing.services import issue_program
from tests.integration.hostile_stage import Door, Stage


def _issued(stage: Stage) -> str:
    document = issue_program(stage.enforced, actor=stage.story.cast.secretary)
    return reverse("reports:document-withdraw", kwargs={"pk": document.pk})


VERIFICATION = {
    "paper withdrawn": Door(
        "thu-ky", _issued, ("withdrawn_on", "by_paper"), {"withdrawn_on": "30/3/2022", "reason": "Ban hành nhầm"}
    ),
}
