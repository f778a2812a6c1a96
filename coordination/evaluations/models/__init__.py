"""Evaluations: rounds under a versioned grading scheme, the layers of judgement, what was frozen and corrected."""

from coordination.evaluations.models.judgement import CitedTask, CriterionScore, Evaluation
from coordination.evaluations.models.outcome import Correction, RoundSnapshot
from coordination.evaluations.models.round import EvaluationRound
from coordination.evaluations.models.scheme import Criterion, Disclosure, GradeBand, GradingPart, GradingScheme

__all__ = [
    "CitedTask",
    "Correction",
    "Criterion",
    "CriterionScore",
    "Disclosure",
    "Evaluation",
    "EvaluationRound",
    "GradeBand",
    "GradingPart",
    "GradingScheme",
    "RoundSnapshot",
]
