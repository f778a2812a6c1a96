"""What a score, a grade and a sheet must hold, each broken rule at the field that can mend it."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from agencies.models import Agency
from coordination.evaluations.models import EvaluationRound, GradingScheme
from coordination.evaluations.queries import filled_in, sheet_total, tasks_named
from coordination.tasks.models import Task
from records import wording
from records.errors import RuleBroken

HIGHEST = Decimal(100)
MOST_CITED = 30
Cited = list[tuple[int | None, Task]]


def check_mark(
    scheme: GradingScheme, score: Decimal | int | None, grade: str, remark: str, *, is_draft: bool = False
) -> tuple[Decimal | None, str]:
    """The score of a scheme by points, or the grade of one in words; a low score comes with its reason.

    Raises: RuleBroken at `score`, `grade` or `remark`.
    """
    if scheme.is_in_words:
        return None, check_grade(scheme, grade)
    if score is None:
        raise RuleBroken(_("Enter score"), "score")
    given = Decimal(score)
    if not 0 <= given <= HIGHEST:
        raise RuleBroken(_("A score is between 0 and 100."), "score")
    if given != given.quantize(Decimal("0.1")):
        raise RuleBroken(_("A score has at most one decimal, for example 93,5."), "score")
    if given < scheme.reason_below and not remark.strip() and not is_draft:
        raise RuleBroken(
            _("Enter the reason for a score below %(points)s.") % {"points": wording.number(scheme.reason_below)},
            "remark",
        )
    return given, ""


def check_grade(scheme: GradingScheme, grade: str) -> str:
    """A grade of the scheme, in its own words.

    Raises: RuleBroken at `grade`.
    """
    if not grade.strip():
        raise RuleBroken(_("Enter the grade"), "grade")
    if grade not in [band.label for band in scheme.bands.all()]:
        raise RuleBroken(_("Choose a grade of the grading scheme."), "grade")
    return grade


def check_sheet(
    scheme: GradingScheme,
    score: Decimal | int | None,
    lines: Sequence,
    results: Decimal | None,
    *,
    is_draft: bool = False,
) -> Decimal | int | None:
    """The score a sheet makes: every criterion of the scheme once, none above its most; without criteria the score.

    `results` are the points of the agency's tasks; what they fill in is given otherwise only with a reason.
    Raises: RuleBroken at `scores`, `points_<criterion>` or `reason_<criterion>`.
    """
    criteria = {one.pk for one in scheme.criteria.all()}
    given = [line.criterion.pk for line in lines]
    if len(given) != len(set(given)) or not set(given) <= criteria or (not is_draft and set(given) != criteria):
        raise RuleBroken(_("Give points to each criterion of the grading scheme once."), "scores")
    for line in lines:
        _check_line(line, results)
    if not lines:
        return score
    total = sheet_total((line.criterion, line.points) for line in lines)
    if score is not None and not is_draft and Decimal(score) != total:
        raise RuleBroken(_("The score must be the sum of the points of the criteria."), "scores")
    return total


def resolve_cited(round: EvaluationRound, agency: Agency, lines: Sequence, cited: Sequence[str]) -> Cited:
    """The tasks the codes of a sheet name, by criterion; under None those for the whole of it.

    Raises: RuleBroken at `cited_<criterion>` or `cited` naming the code that is not a task of the agency's programs.
    """
    asked = [(line.criterion.pk, code) for line in lines for code in dict.fromkeys(line.cited)]
    asked += [(None, code) for code in dict.fromkeys(cited)]
    found = tasks_named(round, agency, [code for _criterion, code in asked])
    counted: dict[int | None, int] = {}
    for criterion, code in asked:
        place = "cited" if criterion is None else f"cited_{criterion}"
        counted[criterion] = counted.get(criterion, 0) + 1
        if found[code] is None:
            raise RuleBroken(_("“%(code)s” is no task of your programs in this evaluation.") % {"code": code}, place)
        if counted[criterion] > MOST_CITED:
            raise RuleBroken(_("Cite at most %(most)s tasks") % {"most": MOST_CITED}, place)
    return list(dict.fromkeys((criterion, found[code]) for criterion, code in asked))


def _check_line(line, results: Decimal | None) -> None:
    most, place = line.criterion.max_points, line.criterion.pk
    if not 0 <= line.points <= most:
        raise RuleBroken(
            _("“%(criterion)s” has at most %(points)s points.") % {"criterion": line.criterion.name, "points": most},
            f"points_{place}",
        )
    if line.points != line.points.quantize(Decimal("0.1")):
        raise RuleBroken(_("A score has at most one decimal, for example 93,5."), f"points_{place}")
    filled = filled_in(line.criterion, results)
    if filled is not None and line.points != filled and not line.reason.strip():
        raise RuleBroken(
            _("The task results make %(points)s points. Enter the reason for others.")
            % {"points": wording.number(filled)},
            f"reason_{place}",
        )
