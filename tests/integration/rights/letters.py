"""Urging letters of the drafting office to the second party: not drawn up, drawn up, sent, dropped."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from agencies.models import Membership
from coordination.tasks.models import Task
from coordination.urging import permissions, services
from coordination.urging.models import UrgingLetter
from records import clock
from tests.factories.papers import make_overdue_task
from tests.factories.programs import make_program
from tests.integration.rights.cast import Cast

NONE_YET, OPEN, SENT, DROPPED = "not drawn up", "drawn up", "sent", "dropped"
STATES = (NONE_YET, OPEN, SENT, DROPPED)
EVERY_STATE = {OPEN, SENT, DROPPED}


@dataclass(frozen=True)
class Stage:
    """A letter in each state about a task that is overdue."""

    cast: Cast
    task: Task
    letters: dict[str, UrgingLetter]


def set_stage(cast: Cast) -> Stage:
    program = make_program("signed", agencies=cast.parties, secretary=cast.secretary)
    task = make_overdue_task(program, cast.agencies["party"])
    letters = {state: services.draw_up_letter(actor=cast.secretary, **_facts(cast, task)) for state in STATES[1:]}
    services.mark_sent(letters[SENT], actor=cast.secretary, sent_on=clock.today())
    services.drop_letter(letters[DROPPED], actor=cast.secretary)
    return Stage(cast, task, {state: UrgingLetter.objects.get(pk=one.pk) for state, one in letters.items()})


def _facts(cast: Cast, task: Task) -> dict:
    named = {"issuer": cast.agencies["drafter"], "addressee": cast.agencies["party"]}
    return named | {"tasks": [task], "answer_by": clock.today() + timedelta(days=7)}


def viewed(stage: Stage):
    """The model with its `visible_to`, the predicate that must agree with it."""
    return [(UrgingLetter, permissions.can_view_letter)]


def reached(stage: Stage) -> set[str]:
    """The states the letters are in."""
    return {DROPPED if one.dropped_on else SENT if one.sent_on else OPEN for one in stage.letters.values()}


def acts(stage: Stage, state: str) -> dict[str, Callable[[Membership], object] | None]:
    """Every predicate and every service about urging letters."""
    facts, issuer = _facts(stage.cast, stage.task), stage.cast.agencies["drafter"]
    if state == NONE_YET:
        return {
            "can_view_letters": permissions.can_view_letters,
            "can_write_letters": permissions.can_write_letters,
            "can_urge": lambda actor: permissions.can_urge(actor, issuer),
            "draw_up_letter": lambda actor: services.draw_up_letter(actor=actor, **facts),
        }
    letter = stage.letters[state]
    asked = {
        "can_view_letter": lambda actor: permissions.can_view_letter(actor, letter),
        "can_change_letter": lambda actor: permissions.can_change_letter(actor, letter),
    }
    if state != OPEN:
        return asked
    changed = {"tasks": [stage.task], "answer_by": facts["answer_by"], "words": "Gửi kế hoạch."}
    return asked | {
        "change_letter": lambda actor: services.change_letter(letter, actor=actor, revision=1, **changed),
        "mark_sent": lambda actor: services.mark_sent(letter, actor=actor, sent_on=clock.today()),
        "drop_letter": lambda actor: services.drop_letter(letter, actor=actor),
    }
