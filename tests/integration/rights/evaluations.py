"""A round of evaluation, open and closed, and every act on one."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from agencies.models import Agency, Membership
from coordination.evaluations import permissions
from coordination.evaluations import services as evaluations
from coordination.evaluations.enums import RoundState
from coordination.evaluations.models import EvaluationRound, GradingScheme
from coordination.evaluations.services import CrossMark, RoundDays
from coordination.programs.models import Program
from records import clock
from tests.factories.evaluations import make_scheme, scheme_draft
from tests.factories.programs import make_program
from tests.integration.rights.cast import Cast

STATES = ("not opened", "open", "closed")
_YEARS = {"not opened": 2020, "open": 2022, "closed": 2021}


@dataclass(frozen=True)
class Stage:
    """A signed program for each state; two of them have their round."""

    cast: Cast
    scheme: GradingScheme
    spare: GradingScheme
    programs: dict[str, Program]
    rounds: dict[str, EvaluationRound]


def set_stage(cast: Cast) -> Stage:
    between = {"agencies": cast.parties, "secretary": cast.secretary}
    signed = {state: make_program("signed", year=year, **between) for state, year in _YEARS.items()}
    scheme = make_scheme(cast.unit, cast.secretary)
    rounds = {
        state: evaluations.open_round(
            cast.unit,
            actor=cast.secretary,
            year=_YEARS[state],
            programs=[signed[state]],
            scheme=scheme,
            cut_off_on=clock.today(),
        )
        for state in ("open", "closed")
    }
    rounds["closed"] = evaluations.close_round(rounds["closed"], actor=cast.secretary, narrative="Chốt.")
    return Stage(cast, GradingScheme.objects.get(pk=scheme.pk), make_scheme(cast.unit, cast.secretary), signed, rounds)


def viewed(stage: Stage):
    """The model with its `visible_to`, the predicate that must agree with it."""
    return [(EvaluationRound, permissions.can_view_round)]


def reached(stage: Stage) -> set[str]:
    """The states the staged rounds are in."""
    return {round.state for round in stage.rounds.values()}


EVERY_STATE = set(RoundState.values)


def acts(stage: Stage, state: str) -> dict[str, Callable[[Membership], object] | None]:
    """Every predicate and every service about a round, asked of the one in this state."""
    cast, program = stage.cast, stage.programs[state]
    opening = {
        "can_open_round": lambda actor: permissions.can_open_round(actor, cast.unit, [program]),
        "open_round": lambda actor: evaluations.open_round(
            cast.unit,
            actor=actor,
            year=_YEARS[state],
            programs=[program],
            scheme=stage.scheme,
            cut_off_on=date(2022, 3, 1),
        ),
        "can_keep_schemes": lambda actor: permissions.can_keep_schemes(actor, cast.unit),
        "create_scheme": lambda actor: evaluations.create_scheme(cast.unit, actor=actor, draft=scheme_draft()),
        "can_edit_scheme": lambda actor: permissions.can_edit_scheme(actor, stage.spare),
        "can_edit_scheme:scored": lambda actor: permissions.can_edit_scheme(actor, stage.scheme),
        "edit_scheme": lambda actor: evaluations.edit_scheme(
            stage.spare, actor=actor, draft=scheme_draft(basis="Quyết định"), revision=stage.spare.revision
        ),
        "copy_scheme": lambda actor: evaluations.copy_scheme(stage.scheme, actor=actor),
    }
    in_round = _in_round(stage.rounds.get(state), cast.agencies["party"], cast.agencies["lead"])
    return opening | (in_round if state in stage.rounds else dict.fromkeys(in_round))


def _in_round(
    round: EvaluationRound | None, party: Agency, lead: Agency
) -> dict[str, Callable[[Membership], object] | None]:
    score = Decimal(90)
    return {
        "can_view_round": lambda actor: permissions.can_view_round(actor, round),
        "can_view_cross_scores": lambda actor: permissions.can_view_cross_scores(actor, round),
        "can_view_differences": lambda actor: permissions.can_view_differences(actor, round),
        "can_view_results": lambda actor: permissions.can_view_results(actor, round),
        "can_keep_round": lambda actor: permissions.can_keep_round(actor, round),
        "can_conclude": lambda actor: permissions.can_conclude(actor, round, party),
        "can_conclude:lead": lambda actor: permissions.can_conclude(actor, round, lead),
        "can_submit_self": lambda actor: permissions.can_submit_self(actor, round, party),
        "can_submit_cross": lambda actor: permissions.can_submit_cross(actor, round, lead, party),
        "submit_self": lambda actor: evaluations.submit_self(round, actor=actor, agency=party, score=score),
        "submit_cross": lambda actor: evaluations.submit_cross(
            round, actor=actor, agency=lead, by_agency=party, score=score
        ),
        "submit_cross:itself": lambda actor: evaluations.submit_cross(
            round, actor=actor, agency=party, by_agency=party, score=score
        ),
        "submit_cross_sheet": lambda actor: evaluations.submit_cross_sheet(
            round, actor=actor, by_agency=party, marks=[CrossMark(lead, score)]
        ),
        "verify": lambda actor: evaluations.verify(round, actor=actor, agency=party, score=score),
        "conclude": lambda actor: evaluations.conclude(round, actor=actor, agency=party, grade="Hoàn thành"),
        "conclude_sheet": lambda actor: evaluations.conclude_sheet(
            round, actor=actor, marks=[CrossMark(party, grade="Hoàn thành")]
        ),
        "save_self_draft": lambda actor: evaluations.save_self_draft(round, actor=actor, agency=party, score=score),
        "change_round": lambda actor: evaluations.change_round(
            round, actor=actor, days=RoundDays(round.cut_off_on), scheme=round.scheme, revision=round.revision
        ),
        "can_correct": lambda actor: permissions.can_correct(actor, round, party),
        "can_correct:lead": lambda actor: permissions.can_correct(actor, round, lead),
        "correct_result": lambda actor: evaluations.correct_result(
            round, actor=actor, agency=party, grade="Hoàn thành", reason="Tính sai"
        ),
        "close_round": lambda actor: evaluations.close_round(round, actor=actor, narrative="Chốt."),
    }
