"""Files that parties sign: prepared, handed out, brought back, in each state of their signing."""

from collections.abc import Callable
from dataclasses import dataclass

from agencies.models import Membership
from coordination.programs.models import Program
from records import clock
from reports.signing import permissions, services
from reports.signing.models import SignedState, SigningField, SigningRound
from tests.factories.programs import make_program
from tests.factories.signing import set_table, trusting
from tests.integration.rights.cast import Cast

OPEN, PREPARED, SIGNED = "no file yet", "file to sign", "file signed by all"
STATES = (OPEN, PREPARED, SIGNED)


@dataclass(frozen=True)
class Stage:
    """A program in each state, its round and the field of the party whose place it is, the file as it would sign it."""

    cast: Cast
    programs: dict[str, Program]
    rounds: dict[str, SigningRound]
    fields: dict[str, SigningField]
    signed: dict[str, bytes]


def set_stage(cast: Cast) -> Stage:
    stage = Stage(cast, {}, {}, {}, {})
    with trusting():
        for state in STATES:
            _set(stage, state)
    return stage


def _set(stage: Stage, state: str) -> None:
    """The party signs first, the others after it; each table is a program of its own."""
    program = make_program("signing", agencies=stage.cast.parties, secretary=stage.cast.secretary)
    places = {party.agency_id: party.signing_order for party in program.parties.all()}
    first = places[stage.cast.agencies["party"].pk]
    ranks = {place: 1 if place == first else 2 for place in places.values()}
    table = set_table(program, ranks=ranks, prepared=state != OPEN, secretary=stage.cast.secretary)
    stage.programs[state] = table.program
    if state == OPEN:
        return
    field = table.field(f"ky-{first}")
    stage.fields[state], stage.rounds[state] = field, field.round
    stage.signed[state] = table.signed(field.name)
    if state == SIGNED:
        table.sign_all()
        stage.programs[state] = Program.objects.get(pk=program.pk)


def viewed(stage: Stage):
    """The models with their `visible_to`, and the predicates that must agree with it."""
    return [(SigningRound, permissions.can_view_round), (SigningField, permissions.can_view_field)]


def reached(stage: Stage) -> set[str]:
    """How far the files have come: prepared only, signed by all."""
    return {"prepared" if round.states.count() == 1 else "signed" for round in stage.rounds.values()}


EVERY_STATE = {"prepared", "signed"}


def acts(stage: Stage, state: str) -> dict[str, Callable[[Membership], object] | None]:
    """Every predicate and every service about a file to sign."""
    program, round = stage.programs[state], stage.rounds.get(state)
    about = {
        "can_prepare_file": lambda actor: permissions.can_prepare_file(actor, program),
        "prepare_file": lambda actor: _trusted(
            lambda: services.prepare_file(program, actor=actor, dated_on=clock.today())
        ),
        "withdraw_file": lambda actor: services.withdraw_file(program, actor=actor, reason="Đổi người ký"),
    }
    return about | (_at_the_field(stage, state) if round else dict.fromkeys(OF_A_FIELD))


OF_A_FIELD = (
    "can_view_round", "can_view_field", "can_sign_file", "hand_over_file", "open_addresses", "take_signed",
)  # fmt: skip


def _at_the_field(stage: Stage, state: str) -> dict[str, Callable[[Membership], object] | None]:
    field, round, signed = stage.fields[state], stage.rounds[state], stage.signed[state]
    kept = SignedState.objects.filter(field=field).exists()
    content = signed if not kept else signed + b"\n"
    return {
        "can_view_round": lambda actor: permissions.can_view_round(actor, round),
        "can_view_field": lambda actor: permissions.can_view_field(actor, field),
        "can_sign_file": lambda actor: permissions.can_sign_file(actor, field.slot),
        "hand_over_file": lambda actor: services.hand_over_file(round, actor=actor),
        "open_addresses": lambda actor: services.open_addresses(field, actor=actor),
        "take_signed": lambda actor: _trusted(lambda: services.take_signed(field, actor=actor, content=content)),
    }


def _trusted(act: Callable[[], object]) -> object:
    with trusting():
        return act()
