from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class FindingKind(models.TextChoices):
    """What an evaluation found."""

    STRENGTH = "strength", _("Strength")
    IMPACT = "impact", _("Impact")
    LIMITATION = "limitation", _("Limitation")
    CAUSE = "cause", _("Cause")
    LESSON = "lesson", _("Lesson")
    RECOMMENDATION = "recommendation", _("Recommendation")


class CauseKind(models.TextChoices):
    """Whether a cause lay outside the parties or with them."""

    OBJECTIVE = "objective", _("Objective")
    SUBJECTIVE = "subjective", _("Subjective")


class Remedy(models.TextChoices):
    """Where a limitation stands: derived from the task that mends it and from the waiver, never stored."""

    OPEN = "open", pgettext_lazy("limitation", "No task yet")
    RECURRED = "recurred", pgettext_lazy("limitation", "Found again later")
    GIVEN = "given", pgettext_lazy("limitation", "Being remedied")
    REMEDIED = "remedied", pgettext_lazy("limitation", "Remedied")
    WAIVED = "waived", pgettext_lazy("limitation", "Waived")

    @property
    def tone(self) -> str:
        return {"open": "bad", "recurred": "late", "given": "run", "remedied": "ok", "waived": "idle"}[self.value]

    @property
    def icon(self) -> str:
        return {
            "open": "exclamation-triangle-fill",
            "recurred": "arrow-right-circle",
            "given": "circle-half",
            "remedied": "check-circle-fill",
            "waived": "slash-circle",
        }[self.value]

    @property
    def is_open(self) -> bool:
        return self == Remedy.OPEN

    @property
    def is_recurred(self) -> bool:
        return self == Remedy.RECURRED

    @property
    def is_given(self) -> bool:
        return self == Remedy.GIVEN

    @property
    def is_waived(self) -> bool:
        return self == Remedy.WAIVED
