"""Evaluations in which every layer has words nobody else writes: an open round, and last year's with its last word."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from agencies.access.enums import Role
from agencies.models import Agency
from coordination.evaluations import services as evaluations
from coordination.evaluations.models import EvaluationRound
from coordination.findings import services as findings
from coordination.findings.enums import FindingKind
from coordination.programs.models import Program
from coordination.tasks.models import Task
from records import clock
from tests.factories.evaluations import make_scheme
from tests.integration.rights.cast import Cast

Words = Callable[[Callable[[], tuple[str, object]]], str]
Rounds = dict[str, EvaluationRound]


def make_round(made: Rounds, covered: list[Program], words: Words, name: str, cast: Cast) -> None:
    """An open round over these programs."""
    made[name] = evaluations.open_round(
        cast.unit,
        actor=cast.secretary,
        year=2022,
        programs=covered,
        scheme=make_scheme(cast.unit, cast.secretary, criteria=(("Kết quả", 100),) if name == "there" else ()),
        cut_off_on=clock.today(),
    )
    _judge(made[name], words, cast)
    general = words(lambda: ("round", made[name].pk))
    _find(made[name], cast, f"Chung {general}", None)
    for program in covered:
        own = words(lambda program=program: ("finding about", (made[name].pk, program.pk)))
        _find(made[name], cast, f"Riêng {own}", program)


def make_old_round(made: Rounds, program: Program, words: Words, cast: Cast) -> None:
    """Last year's round, closed with its last word and corrected since."""
    made["old"] = evaluations.open_round(
        cast.unit,
        actor=cast.secretary,
        year=2021,
        programs=[program],
        scheme=make_scheme(cast.unit, cast.secretary),
        cut_off_on=date(2021, 12, 31),
    )
    _judge(made["old"], words, cast)
    narrative = words(lambda: ("round", made["old"].pk))
    evaluations.close_round(made["old"], actor=cast.secretary, narrative=f"Chốt {narrative}")
    evaluations.correct_result(
        made["old"],
        actor=cast.members["drafter", Role.LEADER],
        agency=cast.agencies["party"],
        grade="Hoàn thành tốt",
        total=Decimal("95.5"),
        reason=f"Sửa theo biên bản {narrative}",
    )


def _judge(round: EvaluationRound, words: Words, cast: Cast) -> None:
    lead, party = cast.agencies["lead"], cast.agencies["party"]

    def word(by: Agency) -> str:
        return words(lambda: ("judgement by", (round.pk, by.pk)))

    for agency, other in ((lead, party), (party, lead)):
        actor = cast.official(agency)
        points = [
            evaluations.CriterionPoints(one, Decimal(91), f"Lý do {word(agency)}")
            for one in round.scheme.criteria.all()
        ]
        evaluations.submit_self(
            round,
            actor=actor,
            agency=agency,
            score=91,
            remark=f"Tự chấm {word(agency)}",
            scores=points,
            cited=[_task_led_by(round, agency).code],
        )
        evaluations.submit_cross(
            round, actor=actor, agency=other, by_agency=agency, score=88, remark=f"Chấm chéo {word(agency)}"
        )


def _task_led_by(round: EvaluationRound, agency: Agency) -> Task:
    return Task.objects.filter(program__evaluation_rounds=round, roles__kind="lead", roles__agency=agency).first()


def _find(round: EvaluationRound, cast: Cast, text: str, program: Program | None) -> None:
    findings.add_finding(round, actor=cast.secretary, kind=FindingKind.LIMITATION, text=text, program=program)
