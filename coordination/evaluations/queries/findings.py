"""What a round found, grouped as it is read."""

from dataclasses import dataclass

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from agencies.models import Membership
from coordination.evaluations.enums import CauseKind, FindingKind
from coordination.evaluations.models import EvaluationRound, Finding
from coordination.tasks.models import Task

_GROUPS = (
    (FindingKind.STRENGTH, "", _("Strengths")),
    (FindingKind.IMPACT, "", _("Impacts")),
    (FindingKind.LIMITATION, "", _("Shortcomings and limitations")),
    (FindingKind.CAUSE, CauseKind.OBJECTIVE, _("Objective causes")),
    (FindingKind.CAUSE, CauseKind.SUBJECTIVE, _("Subjective causes")),
    (FindingKind.LESSON, "", _("Lessons learnt")),
    (FindingKind.RECOMMENDATION, "", _("Recommendations")),
)


@dataclass(frozen=True)
class FindingGroup:
    """The findings of one kind, in the order they were written."""

    kind: str
    title: str
    findings: tuple[Finding, ...]


def findings_by_kind(actor: Membership, round: EvaluationRound) -> list[FindingGroup]:
    """Strengths, impacts, limitations, causes of both kinds, lessons, recommendations; empty groups left out.

    Findings about a program the reader does not see are left out, and so is a task they do not see.
    """
    seen = Finding.objects.visible_to(actor)
    remedies = Task.objects.visible_to(actor)
    findings = list(
        seen.filter(round=round).prefetch_related(
            "program", Prefetch("of_limitation", seen), Prefetch("remedied_by", remedies)
        )
    )
    groups = [
        FindingGroup(kind, title, tuple(f for f in findings if f.kind == kind and f.cause_kind == cause))
        for kind, cause, title in _GROUPS
    ]
    return [group for group in groups if group.findings]
