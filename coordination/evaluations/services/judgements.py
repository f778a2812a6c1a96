"""Judgements by the agency itself, the other parties, the secretariat and the leader. Sent again, they replace."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.access.decisions import require
from agencies.models import Agency, Membership
from coordination.evaluations.enums import EvaluationKind
from coordination.evaluations.models import Criterion, Evaluation, EvaluationRound
from coordination.evaluations.permissions import can_conclude, can_keep_round, can_submit_cross, can_submit_self
from coordination.evaluations.queries import allowed_by_cap, parties_of, prefilled, round_results
from coordination.evaluations.services.doors import locked_round, must_be_evaluated, not_overtaken, scored_under
from coordination.evaluations.services.keeping import Written, keep_judgement
from coordination.evaluations.services.marks import check_grade, check_mark, check_sheet, resolve_cited
from records.errors import Conflict, RuleBroken


@dataclass(frozen=True)
class CriterionPoints:
    """The points given for one criterion, with the reason and the codes of the tasks that show it."""

    criterion: Criterion
    points: Decimal
    reason: str = ""
    cited: Sequence[str] = ()


@transaction.atomic
def submit_self(
    round: EvaluationRound,
    *,
    actor: Membership,
    agency: Agency,
    score: Decimal | int | None = None,
    grade: str = "",
    remark: str = "",
    scores: Sequence[CriterionPoints] = (),
    cited: Sequence[str] = (),
    seen: str | None = None,
) -> Evaluation:
    """An agency grades itself; with points per criterion the score is what they make.

    Rule: R-EVAL-4. What the portal filled in from the tasks may be given otherwise, with the reason.
    Raises: NotAllowed, also when the round is closed; Conflict where a colleague was faster; RuleBroken at `score`,
    `grade`, `remark`, `points_<criterion>`, `reason_<criterion>` or `cited_<criterion>`.
    """
    round = locked_round(round)
    require(can_submit_self(actor, round, agency))
    not_overtaken(seen, actor, round, EvaluationKind.SELF, agency=agency)
    scored_under(round)
    filled = prefilled(round, agency)
    given = check_sheet(round.scheme, score, scores, filled.points)
    mark = check_mark(round.scheme, given, grade, remark)
    written = Written(*mark, remark=remark, scores=scores, figures=filled.figures)
    tasks = resolve_cited(round, agency, scores, cited)
    return keep_judgement(round, EvaluationKind.SELF, actor, agency, agency, written, tasks)


@transaction.atomic
def save_self_draft(
    round: EvaluationRound,
    *,
    actor: Membership,
    agency: Agency,
    score: Decimal | int | None = None,
    grade: str = "",
    remark: str = "",
    scores: Sequence[CriterionPoints] = (),
    cited: Sequence[str] = (),
    seen: str | None = None,
) -> Evaluation:
    """Put a self-evaluation aside unfinished: it counts for nothing and nobody else sees it until it is sent.

    Raises: NotAllowed; Conflict once it was sent or where a colleague was faster; RuleBroken at points or codes that
    cannot be kept.
    """
    round = locked_round(round)
    require(can_submit_self(actor, round, agency))
    if round.evaluations.sent().filter(kind=EvaluationKind.SELF, agency=agency).exists():
        raise Conflict(_("The self-evaluation has been sent already. Send it again to change it."))
    not_overtaken(seen, actor, round, EvaluationKind.SELF, agency=agency)
    scored_under(round)
    check_sheet(round.scheme, None, scores, None, is_draft=True)
    tasks = resolve_cited(round, agency, scores, cited)
    given = None if round.scheme.is_in_words or scores or score is None else Decimal(score)
    if given is not None:
        check_mark(round.scheme, given, "", remark, is_draft=True)
    written = Written(given, grade, remark=remark, scores=scores, is_draft=True)
    return keep_judgement(round, EvaluationKind.SELF, actor, agency, agency, written, tasks)


@transaction.atomic
def submit_cross(
    round: EvaluationRound,
    *,
    actor: Membership,
    agency: Agency,
    by_agency: Agency,
    score: Decimal | int | None = None,
    grade: str = "",
    remark: str = "",
) -> Evaluation:
    """A party grades another party of a program they share.

    Raises: NotAllowed, also when the round is closed; RuleBroken at `score`, `grade` or `remark`.
    """
    round = locked_round(round)
    require(can_submit_cross(actor, round, agency, by_agency))
    scored_under(round)
    mark = check_mark(round.scheme, score, grade, remark)
    return keep_judgement(round, EvaluationKind.CROSS, actor, agency, by_agency, Written(*mark, remark=remark))


@transaction.atomic
def verify(
    round: EvaluationRound,
    *,
    actor: Membership,
    agency: Agency,
    score: Decimal | int | None = None,
    grade: str = "",
    remark: str = "",
    scores: Sequence[CriterionPoints] = (),
    seen: str | None = None,
) -> Evaluation:
    """The secretariat records what it verified about an agency; the layers below stay as they were given.

    Rule: R-EVAL-4. Where it differs from what the agency gave itself, it says why.
    Raises: NotAllowed, also when the round is closed; Conflict where another secretary was faster; RuleBroken at
    `score`, `grade`, `remark` or a criterion's field.
    """
    round = locked_round(round)
    require(can_keep_round(actor, round))
    must_be_evaluated(round, agency)
    not_overtaken(seen, actor, round, EvaluationKind.VERIFIED, agency=agency)
    scored_under(round)
    given = check_sheet(round.scheme, score, scores, None)
    mark = check_mark(round.scheme, given, grade, remark)
    _differs_with_a_reason(round, agency, mark, remark, scores)
    written = Written(*mark, remark=remark, scores=scores, figures=prefilled(round, agency).figures)
    by_agency = _given_first_by(round, EvaluationKind.VERIFIED, agency) or actor.agency
    return keep_judgement(round, EvaluationKind.VERIFIED, actor, agency, by_agency, written)


@transaction.atomic
def conclude(
    round: EvaluationRound,
    *,
    actor: Membership,
    agency: Agency,
    grade: str,
    remark: str = "",
    proposed: Mapping[int, str] | None = None,
) -> Evaluation:
    """The leader gives an agency its concluding grade, with the reason where it is not the one proposed.

    Rule: R-EVAL-6. `proposed` are the grades the scheme proposes, by agency, where the caller knows them already.
    Raises: NotAllowed, also when the round is closed; RuleBroken at `grade` or `remark`.
    """
    round = locked_round(round)
    require(can_conclude(actor, round, agency))
    must_be_evaluated(round, agency)
    scored_under(round)
    grade = check_grade(round.scheme, grade)
    expected = (proposed_grades(round) if proposed is None else proposed).get(agency.pk, "")
    if expected not in ("", grade) and not remark.strip():
        raise RuleBroken(
            _("“%(grade)s” is proposed. Enter the reason for another grade.") % {"grade": expected}, "remark"
        )
    concluded = round.evaluations.filter(kind=EvaluationKind.CONCLUDED)
    _within_cap(round, grade, taken=concluded.filter(grade=grade).exclude(agency=agency).count())
    by_agency = _given_first_by(round, EvaluationKind.CONCLUDED, agency) or actor.agency
    written = Written(None, grade, remark=remark)
    return keep_judgement(round, EvaluationKind.CONCLUDED, actor, agency, by_agency, written)


def proposed_grades(round: EvaluationRound) -> dict[int, str]:
    """The grade the scheme proposes for each agency, by its key; those without one are left out."""
    return {result.agency.pk: result.band.label for result in round_results(round) if result.band is not None}


def _given_first_by(round: EvaluationRound, kind: EvaluationKind, agency: Agency) -> Agency | None:
    """The agency that verified or concluded first: there is one verification and one conclusion of each agency."""
    first = round.evaluations.filter(kind=kind, agency=agency).select_related("by_agency").first()
    return first.by_agency if first else None


def _within_cap(round: EvaluationRound, grade: str, *, taken: int) -> None:
    """A concluding grade stays within its cap, counted with the conclusions given to the others."""
    band = next(band for band in round.scheme.bands.all() if band.label == grade)
    allowed = allowed_by_cap(band, len(parties_of(round).agencies))
    if allowed is not None and taken >= allowed:
        raise RuleBroken(
            _("“%(grade)s” may be given to %(allowed)s agencies at most, and that many have it.")
            % {"grade": grade, "allowed": allowed},
            "grade",
        )


def _differs_with_a_reason(
    round: EvaluationRound,
    agency: Agency,
    mark: tuple[Decimal | None, str],
    remark: str,
    scores: Sequence[CriterionPoints],
) -> None:
    """What is verified otherwise than the agency gave it has its reason, at the criterion or for the whole."""
    own = round.evaluations.sent().filter(kind=EvaluationKind.SELF, agency=agency).prefetch_related("scores").first()
    if own is None:
        return
    given = {line.criterion_id: line.points for line in own.scores.all()}
    for line in scores:
        if line.criterion.pk in given and given[line.criterion.pk] != line.points and not line.reason.strip():
            raise RuleBroken(
                _("Enter the reason for points other than the agency gave itself"), f"reason_{line.criterion.pk}"
            )
    if not scores and (own.score, own.grade) != mark and not remark.strip():
        raise RuleBroken(_("Enter the reason for a result other than the agency gave itself"), "remark")
