from django.db import models
from django.utils.translation import pgettext_lazy


class PartyReportState(models.TextChoices):
    """Where a party's report stands."""

    DRAFT = "draft", pgettext_lazy("party report", "Being written")
    SUBMITTED = "submitted", pgettext_lazy("party report", "Sent")
    RETURNED = "returned", pgettext_lazy("party report", "Returned")

    @property
    def tone(self) -> str:
        return {"draft": "run", "submitted": "ok", "returned": "bad"}[self.value]

    @property
    def icon(self) -> str:
        return {"draft": "pencil", "submitted": "check-circle-fill", "returned": "arrow-left"}[self.value]
