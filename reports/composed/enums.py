from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ReportKind(models.TextChoices):
    """What a composed report tells of."""

    CONFERENCE = "conference", _("Report of a conference")
    PROGRAM = "program", _("Report of a program's year")


class ReportState(models.TextChoices):
    """The life of a composed report until its paper is issued."""

    DRAFT = "draft", pgettext_lazy("report", "Being written")
    SUBMITTED = "submitted", pgettext_lazy("report", "Submitted for signature")
    RETURNED = "returned", pgettext_lazy("report", "Returned")
    APPROVED = "approved", pgettext_lazy("report", "Approved for signature")

    @property
    def tone(self) -> str:
        return {"draft": "idle", "submitted": "wait", "returned": "bad", "approved": "ok"}[self.value]

    @property
    def icon(self) -> str:
        return {
            "draft": "pencil",
            "submitted": "hourglass-split",
            "returned": "x-circle-fill",
            "approved": "check-circle-fill",
        }[self.value]

    @property
    def is_open(self) -> bool:
        """Whether the text can be changed."""
        return self in (ReportState.DRAFT, ReportState.RETURNED)


class BlockPart(models.TextChoices):
    """Where a block stands in the paper."""

    OPENING = "opening", pgettext_lazy("report", "Opening")
    SECTION = "section", pgettext_lazy("report", "Section")
    CLOSING = "closing", pgettext_lazy("report", "Closing")
    RECIPIENTS = "recipients", pgettext_lazy("report", "Recipients")
    ANNEX = "annex", pgettext_lazy("report", "Annex")


class BlockStand(models.TextChoices):
    """How far one block has come, as the contents show it."""

    GENERATED = "generated", pgettext_lazy("block", "Written by the portal")
    EDITED = "edited", pgettext_lazy("block", "Edited by hand")
    UNKNOWN = "unknown", pgettext_lazy("block", "Has an unknown figure")
    EMPTY = "empty", pgettext_lazy("block", "Not finished")
    BLANK = "blank", pgettext_lazy("block", "Nothing to print")
    LEFT_OUT = "left_out", pgettext_lazy("block", "Left out")

    @property
    def tone(self) -> str:
        tones = {"generated": "ok", "edited": "run", "unknown": "bad", "empty": "wait"}
        return tones.get(self.value, "idle")

    @property
    def icon(self) -> str:
        return {
            "generated": "check-circle-fill",
            "edited": "pencil",
            "unknown": "exclamation-triangle-fill",
            "empty": "circle",
            "blank": "circle",
            "left_out": "slash-circle",
        }[self.value]

    @property
    def is_missing(self) -> bool:
        """Whether the report cannot be submitted while a block stands so."""
        return self in (BlockStand.UNKNOWN, BlockStand.EMPTY)
