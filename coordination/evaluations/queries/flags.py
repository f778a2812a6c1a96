"""Figures whose parts do not add up, each said with where the difference lies."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

from django.db.models import Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.models import Agency
from coordination.evaluations.enums import EvaluationKind
from coordination.evaluations.models import CriterionScore, Evaluation, EvaluationRound
from coordination.evaluations.queries.outcomes import Outcomes, TaskCounts

_SHOWN_CODES = 8


@dataclass(frozen=True)
class Flag:
    """One figure that does not add up, in a sentence."""

    words: str


def flags(agencies: Sequence[Agency], outcomes: Outcomes, judgements: Iterable[Evaluation]) -> list[Flag]:
    """What does not add up among figures already fetched. No query.

    Rule: R-EVAL-9. Tasks that count for no party, tasks that count for several, and self-evaluations made on figures
    that have changed since.
    """
    parties = {agency.pk: agency for agency in agencies}
    return [*_of_tasks(set(parties), outcomes), *_of_sheets(parties, outcomes, judgements)]


def wrong_sums(round: EvaluationRound) -> list[Flag]:
    """Sheets whose score is not what their criteria make. One query. Rule: R-EVAL-9."""
    sums = (
        CriterionScore.objects.filter(evaluation__round=round)
        .order_by("evaluation")
        .values("evaluation__agency__current_short_name", "evaluation__score", "evaluation__kind", "criterion__kind")
        .annotate(points=Sum("points"))
        .values_list(
            "evaluation", "evaluation__kind", "evaluation__agency__current_short_name", "evaluation__score",
            "criterion__kind", "points",
        )
    )  # fmt: skip
    sheets: dict[int, list] = {}
    for evaluation, kind, agency, score, criterion, points in sums:
        sheet = sheets.setdefault(evaluation, [kind, agency, score, 0])
        sheet[3] += -points if criterion == "penalty" else points
    return [
        Flag(
            _("%(form)s of %(agency)s: the criteria make %(sum)s points, the score says %(score)s")
            % {"form": EvaluationKind(kind).label, "agency": agency, "sum": total, "score": score}
        )
        for kind, agency, score, total in sheets.values()
        if score is not None and min(max(total, 0), 100) != score
    ]


def _of_tasks(parties: set[int], outcomes: Outcomes) -> list[Flag]:
    leads: dict[int, int] = {}
    for agency_id, tasks in outcomes.by_lead.items():
        for pk in tasks if agency_id in parties else ():
            leads[pk] = leads.get(pk, 0) + 1
    unled = [task.code for pk, task in outcomes.tasks.items() if task.is_judged and pk not in leads]
    several = [task.code for pk, task in outcomes.tasks.items() if task.is_judged and leads.get(pk, 0) > 1]
    found = []
    if unled:
        words = ngettext(
            "%(n)s task is led by no party and counts for none: %(codes)s",
            "%(n)s tasks are led by no party and count for none: %(codes)s",
            len(unled),
        )
        found.append(Flag(words % {"n": len(unled), "codes": _codes(unled)}))
    if several:
        words = ngettext(
            "%(n)s task is led by several parties and counts for each; the sum exceeds the total: %(codes)s",
            "%(n)s tasks are led by several parties and count for each; the sum exceeds the total: %(codes)s",
            len(several),
        )
        found.append(Flag(words % {"n": len(several), "codes": _codes(several)}))
    return found


def _of_sheets(parties: dict[int, Agency], outcomes: Outcomes, judgements: Iterable[Evaluation]) -> list[Flag]:
    found = []
    for one in judgements:
        if one.kind != EvaluationKind.SELF or not one.figures or one.agency_id not in parties:
            continue
        counts = asdict(TaskCounts.of(outcomes.led_by(one.agency_id)))
        told = {name: value for name, value in one.figures.items() if name in counts}
        if any(counts[name] != value for name, value in told.items()):
            facts = {"agency": parties[one.agency_id].current_short_name}
            facts |= {"told": _counts(told), "now": _counts(counts)}
            found.append(
                Flag(
                    _("%(agency)s evaluated itself on figures that have changed since; then: %(told)s; now: %(now)s")
                    % facts
                )
            )
    return found


def _counts(counts: dict[str, int]) -> str:
    return _("%(on_time)s on time, %(late)s late, %(overdue)s unfinished") % {
        name: counts.get(name, 0) for name in ("on_time", "late", "overdue")
    }


def _codes(codes: list[str]) -> str:
    shown = ", ".join(codes[:_SHOWN_CODES])
    return shown if len(codes) <= _SHOWN_CODES else f"{shown}, …"
