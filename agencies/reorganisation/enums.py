"""The life of a reorganisation and the kinds of its steps, with the words, tone and icon every page shows them in."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ReorganisationState(models.TextChoices):
    """Where an act of reorganisation stands."""

    PREPARED = "prepared", pgettext_lazy("reorganisation", "Prepared")
    APPLIED = "applied", pgettext_lazy("reorganisation", "Applied")
    UNDONE = "undone", pgettext_lazy("reorganisation", "Undone")

    @property
    def tone(self) -> str:
        return {"prepared": "wait", "applied": "ok", "undone": "idle"}[self.value]

    @property
    def icon(self) -> str:
        return {"prepared": "hourglass-split", "applied": "check-circle-fill", "undone": "slash-circle"}[self.value]


class Subject(models.TextChoices):
    """What a step is about."""

    UNIT = "unit", _("Administrative unit")
    AGENCY = "agency", _("Agency")


class StepKind(models.TextChoices):
    """What a decision does to bodies."""

    RENAME = "rename", pgettext_lazy("reorganisation", "Rename")
    MERGE = "merge", pgettext_lazy("reorganisation", "Merge")
    SPLIT = "split", pgettext_lazy("reorganisation", "Split")
    CLOSE = "close", pgettext_lazy("reorganisation", "Close")
    MOVE = "move", pgettext_lazy("reorganisation", "Move under another body")


# Steps after which the bodies they start from may exist no more.
ENDING_KINDS = (StepKind.MERGE, StepKind.SPLIT, StepKind.CLOSE)
