"""What a closed round stands by: the newest of its frozen figures, read back as results."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from typing import Any

from agencies.models import Agency
from coordination.evaluations.frozen import Content, digest_of, points, read_points
from coordination.evaluations.models import Correction, EvaluationRound, GradeBand, RoundSnapshot
from coordination.evaluations.queries.outcomes import TaskCounts
from coordination.evaluations.queries.shapes import AgencyResult, Concluded


def snapshot_of(round: EvaluationRound) -> RoundSnapshot | None:
    """The newest frozen figures of a round; None while it is open, and of one closed before figures were frozen."""
    return None if round.is_open else round.snapshots.order_by("-version").first()


def is_intact(snapshot: RoundSnapshot) -> bool:
    """Whether the frozen figures still are what they were when they were frozen. Rule: R-EVAL-7."""
    return digest_of(snapshot.content) == snapshot.digest


def row_of(result: AgencyResult) -> dict[str, Any]:
    """One agency's result as plain values."""
    return {
        "id": result.agency.pk,
        "code": result.agency.code,
        "name": result.agency.current_name,
        "results": points(result.results_points),
        "self": points(result.self_points),
        "cross": points(result.cross_points),
        "verified": points(result.verified_points),
        "total": points(result.total),
        "self_grade": result.self_grade,
        "cross_grades": list(result.cross_grades),
        "verified_grade": result.verified_grade,
        "proposed": result.band.label if result.band else "",
        "grade": result.grade_label,
        "is_concluded": result.concluded is not None,
        "remark": result.concluded.remark if result.concluded else "",
        "counts": asdict(result.counts),
    }


def frozen_results(round: EvaluationRound, snapshot: RoundSnapshot) -> list[AgencyResult]:
    """The results as they were frozen, in the order they were frozen in. Two queries."""
    content: Content = snapshot.content
    bands = {band.label: band for band in round.scheme.bands.all()}
    agencies = Agency.objects.in_bulk([row["id"] for row in content["agencies"]])
    return [_result(row, agencies[row["id"]], bands) for row in content["agencies"] if row["id"] in agencies]


def as_closed(
    results: Sequence[AgencyResult], corrections: Iterable[Correction], bands: Sequence[GradeBand]
) -> list[AgencyResult]:
    """The results as they were when the round was closed, before what was corrected since. No query."""
    first: dict[int, Correction] = {}
    for one in corrections:
        first.setdefault(one.agency_id, one)
    return [
        _before(result, first[result.agency.pk], bands) if result.agency.pk in first else result for result in results
    ]


def _before(result: AgencyResult, correction: Correction, bands: Sequence[GradeBand]) -> AgencyResult:
    label = correction.grade_before
    is_other = label != (result.band.label if result.band else "")
    band = next((one for one in bands if one.label == label), None)
    given = Concluded(band, label, result.concluded.remark if result.concluded else "") if is_other else None
    return replace(result, total=correction.total_before, concluded=given)


def _result(row: dict[str, Any], agency: Agency, bands: dict[str, GradeBand]) -> AgencyResult:
    is_other = row["is_concluded"] or row["grade"] != row["proposed"]
    return AgencyResult(
        agency=agency,
        results_points=read_points(row["results"]),
        self_points=read_points(row["self"]),
        cross_points=read_points(row["cross"]),
        verified_points=read_points(row["verified"]),
        total=read_points(row["total"]),
        band=bands.get(row["proposed"]),
        counts=TaskCounts(**row["counts"]),
        self_grade=row["self_grade"],
        cross_grades=tuple(row["cross_grades"]),
        verified_grade=row["verified_grade"],
        concluded=Concluded(bands.get(row["grade"]), row["grade"], row["remark"]) if is_other else None,
    )
