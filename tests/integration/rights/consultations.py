"""A round of comments, open and closed, and every act in one."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from agencies.access.enums import Role
from agencies.models import Membership
from coordination.consultation import permissions
from coordination.consultation import services as consultation
from coordination.consultation.enums import Silence
from coordination.consultation.models import Comment, ConsultationRound
from coordination.programs.models import Program, ProgramParty
from records import clock
from records.files.enums import FileKind
from reports.exports.services import export_comments
from tests.factories.consultations import make_comment, make_round
from tests.factories.programs import make_program
from tests.factories.tasks import make_task
from tests.integration.rights.cast import Cast

NOT_OPENED, OPEN, CLOSED = "not opened", "open", "closed"
STATES = (NOT_OPENED, OPEN, CLOSED)


@dataclass(frozen=True)
class Stage:
    """A program for each state; in the rounds of two of them a party's official has commented."""

    cast: Cast
    programs: dict[str, Program]
    rounds: dict[str, ConsultationRound]
    comments: dict[str, Comment]


def set_stage(cast: Cast) -> Stage:
    programs, rounds, comments = {}, {}, {}
    helpers = (cast.agencies["helper"], cast.agencies["helpbelow"])
    for state in STATES:
        program = programs[state] = make_program("draft", agencies=cast.parties, secretary=cast.secretary)
        make_task(program, lead=cast.agencies["party"], coordinators=helpers)
        if state == NOT_OPENED:
            continue
        rounds[state] = make_round(program, actor=cast.secretary)
        comments[state] = make_comment(rounds[state], _party(program, cast), actor=cast.members["party", Role.OFFICIAL])
    rounds[CLOSED] = consultation.close_round(rounds[CLOSED], actor=cast.secretary, reason="Trình sớm")
    return Stage(cast, programs, rounds, comments)


def viewed(stage: Stage):
    """The models with their `visible_to`, the predicates that must agree with them."""
    return [
        (Comment, permissions.can_view_comment),
        (ConsultationRound, lambda actor, round: permissions.can_view_consultation(actor, round.program)),
    ]


def reached(stage: Stage) -> set[str]:
    """The states the staged rounds are in."""
    return {OPEN if round.is_open else CLOSED for round in stage.rounds.values()}


EVERY_STATE = {OPEN, CLOSED}


def acts(stage: Stage, state: str) -> dict[str, Callable[[Membership], object] | None]:
    """Every predicate and every service about a consultation, asked of the round in this state."""
    program = stage.programs[state]
    until = clock.today() + timedelta(days=30)
    opening = {
        "can_view_consultation": lambda actor: permissions.can_view_consultation(actor, program),
        "can_open_round:comments": lambda actor: permissions.can_open_round(actor, program),
        "open_round:comments": lambda actor: consultation.open_round(
            program, actor=actor, until=until, silence=Silence.NOTHING
        ),
    }
    if state == NOT_OPENED:
        return opening | dict.fromkeys(_in_round(*_any(stage)))
    round, comment = stage.rounds[state], stage.comments[state]
    return opening | _in_round(round, _party(program, stage.cast), _other(program, stage.cast), comment)


def _in_round(
    round: ConsultationRound, party: ProgramParty, other: ProgramParty, comment: Comment
) -> dict[str, Callable[[Membership], object]]:
    until = clock.today() + timedelta(days=30)
    return {
        "can_keep_round:comments": lambda actor: permissions.can_keep_round(actor, round),
        "can_comment": lambda actor: permissions.can_comment(actor, round, party),
        "can_view_comment": lambda actor: permissions.can_view_comment(actor, comment),
        "can_change_comment": lambda actor: permissions.can_change_comment(actor, comment),
        "can_answer": lambda actor: permissions.can_answer(actor, comment),
        "can_export_comments": lambda actor: permissions.can_export_comments(actor, round),
        "comment": lambda actor: make_comment(round, party, actor=actor),
        "edit_comment": lambda actor: consultation.edit_comment(
            comment, actor=actor, revision=1, place="whole-0", text="Khác"
        ),
        "withdraw_comment": lambda actor: consultation.withdraw_comment(comment, actor=actor),
        "declare_no_comments": lambda actor: consultation.declare_no_comments(round, actor=actor, party=other),
        "declare_sent": lambda actor: consultation.declare_sent(round, actor=actor, party=party),
        "take_back_reply": lambda actor: consultation.take_back_reply(round, actor=actor, party=party),
        "answer": lambda actor: consultation.answer(comment, actor=actor, revision=1, state="accepted"),
        "extend_round": lambda actor: consultation.extend_round(round, actor=actor, until=until, reason="Lùi"),
        "close_round:comments": lambda actor: consultation.close_round(round, actor=actor, reason="Đủ"),
        "export_comments": lambda actor: export_comments(round, actor=actor, kind=FileKind.DOCX),
    }


def _any(stage: Stage) -> tuple:
    program = stage.programs[OPEN]
    return stage.rounds[OPEN], _party(program, stage.cast), _other(program, stage.cast), stage.comments[OPEN]


def _party(program: Program, cast: Cast) -> ProgramParty:
    return program.parties.select_related("agency").get(agency=cast.agencies["party"])


def _other(program: Program, cast: Cast) -> ProgramParty:
    return program.parties.select_related("agency").get(agency=cast.agencies["third"])
