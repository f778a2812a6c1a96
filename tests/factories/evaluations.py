"""Grading schemes and rounds, opened, graded and closed by the real services."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from agencies.access.enums import Role
from agencies.models import AdminUnit, Agency, Membership
from coordination.evaluations import services as evaluations
from coordination.evaluations.enums import PartKind, SchemeKind
from coordination.evaluations.models import EvaluationRound, GradingScheme
from coordination.programs.models import Program
from records import clock
from tests.factories.people import make_member
from tests.factories.programs import make_program, secretary_of

PARTS = {PartKind.RESULTS: 50, PartKind.SELF: 20, PartKind.CROSS: 30}
BANDS = ((90, "Hoàn thành tốt", "ok"), (70, "Hoàn thành", "run"), (0, "Chưa hoàn thành", "bad"))


def make_scheme(
    unit: AdminUnit,
    secretary: Membership,
    *,
    parts: Mapping[PartKind, int] = PARTS,
    criteria: Iterable[tuple[str, int]] = (),
) -> GradingScheme:
    """A scheme of half results, a fifth self-evaluation and the rest cross-evaluation."""
    return evaluations.create_scheme(unit, actor=secretary, draft=scheme_draft(parts=parts, criteria=criteria))


def scheme_draft(
    *, parts: Mapping[PartKind, int] = PARTS, criteria: Iterable[tuple[str, int]] = (), **changes
) -> evaluations.SchemeDraft:
    """That scheme as it is written down, with changes."""
    facts = {
        "name": "Thang điểm phối hợp",
        "parts": dict(parts),
        "bands": [evaluations.BandDraft(label, from_points, tone) for from_points, label, tone in BANDS],
        "criteria": [evaluations.CriterionDraft(*one) for one in criteria],
    }
    return evaluations.SchemeDraft(**(facts | changes))


def words_draft(**changes) -> evaluations.SchemeDraft:
    """A scheme without points: four grades in words."""
    facts = {
        "name": "Xếp loại bằng lời",
        "kind": SchemeKind.WORDS,
        "bands": [
            evaluations.BandDraft(label, None, tone)
            for label, tone in (("Tốt", "ok"), ("Khá", "run"), ("Trung bình", "wait"), ("Yếu", "bad"))
        ],
        "difference_from": Decimal(1),
        "spread_from": Decimal(2),
    }
    return evaluations.SchemeDraft(**(facts | changes))


def make_round(
    state: str = "open",
    *,
    programs: Iterable[Program] = (),
    scheme: GradingScheme | None = None,
    cut_off_on: date | None = None,
    graded: bool = False,
    criteria: Iterable[tuple[str, int]] = (),
) -> EvaluationRound:
    """A round over signed programs: "open" or "closed"; `graded` with every form sent."""
    assert state in ("open", "closed"), state
    programs = list(programs) or [make_program("signed")]
    secretary = keeper_of(programs[0])
    unit = programs[0].unit
    round = evaluations.open_round(
        unit,
        actor=secretary,
        year=programs[0].year,
        programs=programs,
        scheme=scheme or make_scheme(unit, secretary, criteria=criteria),
        cut_off_on=cut_off_on or clock.today(),
    )
    if graded:
        grade_everyone(round)
    if state == "closed":
        round = evaluations.close_round(round, actor=secretary, narrative="Chốt kết quả.")
    return round


def grade_everyone(round: EvaluationRound, score: Decimal | int = 90) -> None:
    """Every party sends its self-evaluation and grades every other party of its programs."""
    for program in round.programs.all():
        agencies = [party.agency for party in program.parties.all()]
        for by_agency in agencies:
            actor = grader_of(by_agency)
            evaluations.submit_self(round, actor=actor, agency=by_agency, score=score)
            for agency in agencies:
                if agency != by_agency:
                    evaluations.submit_cross(round, actor=actor, agency=agency, by_agency=by_agency, score=score)


def keeper_of(program: Program) -> Membership:
    """The secretary of the agency that drafted a program."""
    return secretary_of(program.drafting_agency)


def grader_of(agency: Agency) -> Membership:
    """An official of an agency; the same one when there is one already."""
    return agency.memberships.filter(role=Role.OFFICIAL).first() or make_member(agency, Role.OFFICIAL)
