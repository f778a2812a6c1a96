from django.db import models
from django.utils.translation import gettext_lazy as _

from reports.documents.papers import PaperState


class Stand(models.TextChoices):
    """How far a paper has come, as pages show it."""

    DRAFT = PaperState.DRAFT.value, _("Draft paper")
    FOR_SIGNING = PaperState.FOR_SIGNING.value, _("Laid before the signers")
    ISSUED = PaperState.ISSUED.value, _("Ready to be issued")

    @property
    def tone(self) -> str:
        return {"draft": "idle", "for_signing": "wait", "issued": "ok"}[self.value]

    @property
    def icon(self) -> str:
        return {"draft": "pencil", "for_signing": "hourglass-split", "issued": "check-circle-fill"}[self.value]
