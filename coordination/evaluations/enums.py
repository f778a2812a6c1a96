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


class SchemeKind(models.TextChoices):
    """How a scheme judges: by points that earn a grade, or by grades in words alone."""

    POINTS = "points", _("By points")
    WORDS = "words", _("In words only")


class PartKind(models.TextChoices):
    """What a part of a grading scheme is computed from."""

    RESULTS = "results", _("Task results")
    SELF = "self", _("Self-evaluation")
    CROSS = "cross", _("Cross-evaluation")
    VERIFIED = "verified", _("Verification")


class CriterionKind(models.TextChoices):
    """How the points of a criterion count: towards the hundred, beside it, or against it."""

    BASE = "base", _("Criterion")
    BONUS = "bonus", _("Bonus points")
    PENALTY = "penalty", _("Penalty points")


class CriterionSource(models.TextChoices):
    """What the points of a criterion start from: the grader's own judgement, or the results of the tasks."""

    JUDGED = "", _("The grader judges")
    RESULTS = "results", _("Filled in from task results")


class Layer(models.TextChoices):
    """What of a round is disclosed, one by one."""

    SELF = "self", _("Self-evaluations of the others, with reasons and evidence")
    CROSS = "cross", _("Single scores of the cross-evaluation")
    VERIFIED = "verified", _("Verification by the secretariat")
    RESULTS = "results", _("Results and grades")


class Audience(models.TextChoices):
    """To whom something of a round is disclosed, besides the secretaries who keep it and see all of it."""

    LEADERS = "leaders", _("Leaders of a drafting or leading agency")
    EVALUATED = "evaluated", _("The agency evaluated, about itself")
    PARTIES = "parties", _("All parties")


class Since(models.TextChoices):
    """From when something is disclosed; what is not disclosed has no row."""

    AT_ONCE = "at_once", _("As soon as it is sent")
    CLOSED = "closed", _("Once the results are closed")


class RoundPeriod(models.TextChoices):
    """The span a round evaluates: the whole year, half of it, a quarter."""

    YEAR = "year", _("Whole year")
    HALF = "half", _("Half-year")
    QUARTER = "quarter", _("Quarter")

    @property
    def parts(self) -> int:
        """How many of them a year has."""
        return {"year": 1, "half": 2, "quarter": 4}[self.value]
