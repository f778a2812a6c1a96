"""Where judgements of one agency lie far apart: what the chair should decide. How far is far, the scheme says."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from agencies.models import Agency
from coordination.evaluations.enums import EvaluationKind
from coordination.evaluations.models import Evaluation, GradeBand, GradingScheme
from coordination.evaluations.queries.shapes import AgencyResult
from records import wording


@dataclass(frozen=True)
class Difference:
    """An agency whose judgements should be looked at again, and why, in a sentence."""

    agency: Agency
    words: str


def differences(
    scheme: GradingScheme, results: Iterable[AgencyResult], judgements: Sequence[Evaluation]
) -> list[Difference]:
    """The disagreements about each agency, in the order of the results.

    Rule: R-EVAL-5. The agency's own score against the mean of the others and against the verification, the spread of
    the others' scores, the conclusion against what the scheme proposes, a grade beyond its cap.
    """
    bands = list(scheme.bands.all())
    found = []
    for result in results:
        others = [one for one in judgements if one.kind == EvaluationKind.CROSS and one.agency_id == result.agency.pk]
        said = _in_words(scheme, bands, result, others) if scheme.is_in_words else _in_points(scheme, result, others)
        found += [Difference(result.agency, words) for words in (*said, *_about_the_grade(result)) if words]
    return found


def _in_points(scheme: GradingScheme, result: AgencyResult, others: list[Evaluation]) -> list[str]:
    got = [one.score for one in others if one.score is not None]
    words = []
    if _apart(result.self_points, result.cross_points, scheme.difference_from):
        facts = {"own": _number(result.self_points), "others": _number(result.cross_points)}
        words.append(_("Grades itself %(own)s, the others on average %(others)s") % facts)
    if len(got) > 1 and max(got) - min(got) >= scheme.spread_from:
        facts = {"lowest": _number(min(got)), "highest": _number(max(got))}
        words.append(_("The others’ scores lie between %(lowest)s and %(highest)s") % facts)
    if _apart(result.self_points, result.verified_points, scheme.difference_from):
        facts = {"own": _number(result.self_points), "verified": _number(result.verified_points)}
        words.append(_("Grades itself %(own)s, verified as %(verified)s") % facts)
    return words


def _in_words(
    scheme: GradingScheme, bands: list[GradeBand], result: AgencyResult, others: list[Evaluation]
) -> list[str]:
    order = {band.label: place for place, band in enumerate(bands)}
    places = [order[one.grade] for one in others if one.grade in order]
    words = []
    if result.self_grade in order and places:
        mean = Decimal(sum(places)) / len(places)
        if abs(order[result.self_grade] - mean) >= scheme.difference_from:
            facts = {"own": result.self_grade, "others": result.cross_grade}
            words.append(_("Grades itself “%(own)s”, the others: %(others)s") % facts)
    if places and max(places) - min(places) >= scheme.spread_from:
        facts = {"lowest": bands[max(places)].label, "highest": bands[min(places)].label}
        words.append(_("The others’ grades lie between “%(lowest)s” and “%(highest)s”") % facts)
    if result.verified_grade and result.self_grade and result.verified_grade != result.self_grade:
        facts = {"own": result.self_grade, "verified": result.verified_grade}
        words.append(_("Grades itself “%(own)s”, verified as “%(verified)s”") % facts)
    return words


def _about_the_grade(result: AgencyResult) -> list[str]:
    words = []
    if result.concluded is not None and result.band is not None and result.concluded.label != result.band.label:
        facts = {"proposed": result.band.label, "given": result.concluded.label}
        words.append(_("Proposed “%(proposed)s”, concluded “%(given)s”") % facts)
    if result.is_beyond_cap:
        facts = {"grade": result.grade_label, "cap": wording.percent(result.grade.cap_percent)}
        words.append(_("“%(grade)s” goes beyond its cap of %(cap)s of the agencies") % facts)
    return words


def _apart(first: Decimal | None, second: Decimal | None, distance: Decimal) -> bool:
    return first is not None and second is not None and abs(first - second) >= distance


def _number(value: Decimal | None) -> str:
    return wording.number(value, decimals=1)
