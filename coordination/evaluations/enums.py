from django.db import models
from django.utils.translation import gettext_lazy as _


class EvaluationKind(models.TextChoices):
    """Who judges: the agency itself, another party, the secretariat, the leader. Every layer is kept."""

    SELF = "self", _("Self-evaluation")
    CROSS = "cross", _("Cross-evaluation")
    VERIFIED = "verified", _("Verification")
    CONCLUDED = "concluded", _("Conclusion")


class RoundState(models.TextChoices):
    """The life of an evaluation round."""

    OPEN = "open", _("Evaluation open")
    CLOSED = "closed", _("Results closed")

    @property
    def tone(self) -> str:
        return {"open": "run", "closed": "ok"}[self.value]

    @property
    def icon(self) -> str:
        return {"open": "circle-half", "closed": "check-circle-fill"}[self.value]


class PartKind(models.TextChoices):
    """What a part of a grading scheme is computed from."""

    RESULTS = "results", _("Task results")
    SELF = "self", _("Self-evaluation")
    CROSS = "cross", _("Cross-evaluation")


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
