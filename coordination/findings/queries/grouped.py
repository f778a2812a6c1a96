"""What a round found, grouped as it is read."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.models import Membership
from coordination.evaluations.models import EvaluationRound
from coordination.findings.enums import CauseKind, FindingKind, Remedy
from coordination.findings.models import Finding
from coordination.findings.queries.repeats import years_of
from coordination.tasks.models import Task

_GROUPS = (
    (FindingKind.STRENGTH, "", gettext_lazy("Strengths")),
    (FindingKind.IMPACT, "", gettext_lazy("Impacts")),
    (FindingKind.LIMITATION, "", gettext_lazy("Shortcomings and limitations")),
    (FindingKind.CAUSE, CauseKind.OBJECTIVE, gettext_lazy("Objective causes")),
    (FindingKind.CAUSE, CauseKind.SUBJECTIVE, gettext_lazy("Subjective causes")),
    (FindingKind.LESSON, "", gettext_lazy("Lessons learnt")),
)


@dataclass(frozen=True)
class FindingRow:
    """A finding with where it stands, in how many years it was found, and the task that mends it where it is seen."""

    finding: Finding
    remedy: Remedy | None = None
    years: int = 1
    task: Task | None = None

    @property
    def is_repeated(self) -> bool:
        return self.finding.repeats_id is not None


@dataclass(frozen=True)
class FindingGroup:
    """The findings of one kind, recommendations of one addressee, in the order they were written."""

    kind: str
    title: str
    findings: tuple[FindingRow, ...]

    @property
    def is_of_limitations(self) -> bool:
        return self.kind == FindingKind.LIMITATION

    @property
    def still_open(self) -> int:
        return sum(row.remedy == Remedy.OPEN for row in self.findings)


def findings_by_kind(actor: Membership, round: EvaluationRound) -> list[FindingGroup]:
    """Strengths, impacts, limitations, causes of both kinds, lessons, recommendations by addressee; no empty group.

    Findings about a program the reader does not see are left out, and so is a task they do not see. Eight queries at
    most, whatever the number of findings.
    """
    seen = Finding.objects.visible_to(actor)
    findings = list(
        seen.filter(round=round)
        .select_related("round", "remedied_by", "program", "addressee", "waived_by")
        .prefetch_related(Prefetch("of_limitation", seen))
    )
    rows = rows_of(actor, findings)
    groups = [
        FindingGroup(
            kind, title, tuple(one for one in rows if (one.finding.kind, one.finding.cause_kind) == (kind, cause))
        )
        for kind, cause, title in _GROUPS
    ]
    return [group for group in groups if group.findings] + list(_by_addressee(rows))


def rows_of(actor: Membership, findings: Iterable[Finding]) -> list[FindingRow]:
    """Findings with where they stand. Three queries for any number. Shape: round and remedy were fetched with them."""
    findings = list(findings)
    limitations = [one for one in findings if one.is_limitation]
    years = years_of(limitations)
    named = {one.remedied_by_id for one in limitations if one.remedied_by_id}
    seen = set(Task.objects.visible_to(actor).filter(pk__in=named).values_list("pk", flat=True)) if named else set()
    again = recurred(limitations)
    return [
        FindingRow(
            one,
            Remedy.RECURRED if one.pk in again else one.remedy,
            years.get(one.pk, 1),
            one.remedied_by if one.remedied_by_id in seen else None,
        )
        for one in findings
    ]


def recurred(limitations: Iterable[Finding]) -> set[int]:
    """Which of some limitations wait and were found again later, by number. One query."""
    waiting = [one.pk for one in limitations if one.remedy == Remedy.OPEN]
    return set(Finding.objects.filter(repeats__in=waiting).values_list("repeats_id", flat=True)) if waiting else set()


def _by_addressee(rows: list[FindingRow]) -> Iterable[FindingGroup]:
    """Recommendations by whom they are addressed to, each addressee where it was first named."""
    asked: dict[str, list[FindingRow]] = {}
    for row in rows:
        if row.finding.kind == FindingKind.RECOMMENDATION:
            asked.setdefault(row.finding.addressed_to, []).append(row)
    for addressee, found in asked.items():
        words = {"addressee": addressee}
        title = _("Recommendations to %(addressee)s") % words if addressee else _("Recommendations")
        yield FindingGroup(FindingKind.RECOMMENDATION, title, tuple(found))
