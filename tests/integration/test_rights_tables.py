"""Role × relation × state × act: what every predicate and every service answers stands in docs/rights and is asked."""

import inspect
import os
import pkgutil
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest
from django.db import transaction

from portal.permissions_page.tables import RightsTable, names, read, written
from records import clock
from tests.conftest import MOMENT
from tests.integration.rights import (
    accounts,
    beginnings,
    composed,
    conferences,
    consultations,
    directory,
    evaluations,
    findings,
    groups,
    letters,
    levels,
    lists,
    papers,
    partyreports,
    programs,
    register,
    reminders,
    reorganisations,
    signings,
    steps,
    tasks,
    units,
    weekly,
)
from tests.integration.rights.asking import Faults, answers
from tests.integration.rights.cast import RELATIONS, Cast, assemble

pytestmark = pytest.mark.on_sqlite

KINDS = {
    "program": programs,
    "task": tasks,
    "evaluation": evaluations,
    "finding": findings,
    "conference": conferences,
    "beginning": beginnings,
    "consultation": consultations,
    "paper": papers,
    "composed-report": composed,
    "party-report": partyreports,
    "letter": letters,
    "level": levels,
    "agency": directory,
    "unit": units,
    "weekly": weekly,
    "account": accounts,
    "number": register,
    "reminder": reminders,
    "reorganisation": reorganisations,
    "group": groups,
    "list": lists,
    "step": steps,
    "signing": signings,
}

MOST_COMPARED = 60

# Building blocks that ask nobody: only acts that have asked call them, and the demo. Each says so itself.
ASKED_ABOVE = {
    **dict.fromkeys(("found_unit", "call_unit", "place_unit", "end_unit"), "add_unit, apply, undo"),
    "enter_unit": "add_unit, begin_portal",
    "found_office": "set_up_office, add_agency, begin_portal",
    **dict.fromkeys(("found_agency", "call_agency", "end_agency", "let_serve"), "add_agency, change_agency, apply"),
    **dict.fromkeys(("record_succession", "carry_out", "hand_over"), "apply"),
    **dict.fromkeys(("mark_applied", "mark_undone", "locked"), "apply, undo, and every act on a reorganisation"),
    **dict.fromkeys(("register_person", "open_account"), "invite_person, appoint_new_person"),
    **dict.fromkeys(("set_number", "clear_number"), "assign_number, void_number"),
    "freeze": "open_round, lock_for_signing",
    "pass_on": "start_from",
    "remedied": "name_remedy, create_remedy, start_from",
    "tied": "link_task, turn_into_tasks, start_from",
    "record_digital_signature": "take_signed",
    "tell_bundle": "the hand-over of a job's file, which asks can_have_bundle",
    "change_password": "the account's own page, for the account that is signed in",
}


@pytest.fixture(scope="module")
def casts(django_db_setup, django_db_blocker) -> Iterator[tuple[Cast, Cast]]:
    """Who is asked, and the people of another unit, whose stage nobody asked may see."""
    with django_db_blocker.unblock(), transaction.atomic(), clock.standing_at(MOMENT):
        yield assemble(), assemble()
        transaction.set_rollback(True)


@pytest.fixture
def cast(casts: tuple[Cast, Cast]) -> Cast:
    return casts[0]


@pytest.fixture
def strangers(casts: tuple[Cast, Cast]) -> Cast:
    return casts[1]


@pytest.fixture(autouse=True)
def _database(db):
    """Each table is asked in a savepoint of its own."""


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_answer_is_the_one_in_the_table(kind, cast):
    """A refused act wrote nothing and said why; a deed left its audit entry.

    With PROPOSE_RIGHTS=<folder> the answers given are written there, to be compared and reviewed by a person.
    """
    room, faults = KINDS[kind], Faults()
    stage = room.set_stage(cast)
    given = {state: answers(room.acts(stage, state), cast.members, list(RELATIONS), faults) for state in room.STATES}
    table = RightsTable(f"Rights: {kind}", RELATIONS, given)
    if proposed := os.environ.get("PROPOSE_RIGHTS"):
        Path(proposed, f"{kind}.txt").write_text(written(table), encoding="utf-8")
    assert faults.found == []
    assert written(table) == written(read(kind))
    assert room.reached(stage) == set(room.EVERY_STATE)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_visible_to_and_can_view_agree(kind, cast, strangers):
    """For every role and relation, over all rows there are: those of this stage and those of another unit's."""
    room = KINDS[kind]
    stage = room.set_stage(cast)
    room.set_stage(strangers)
    for model, can_view in room.viewed(stage):
        every = _some(list(model.objects.all()))
        numbers = {row.pk for row in every}
        for (relation, role), member in cast.members.items():
            listed = {pk for pk in model.objects.visible_to(member).values_list("pk", flat=True) if pk in numbers}
            allowed = {row.pk for row in every if can_view(member, row)}
            assert listed == allowed, (relation, role)


def _some(rows: list) -> list:
    """All rows, or of very many an even choice."""
    return rows[:: max(1, len(rows) // MOST_COMPARED)]


def test_every_table_is_asked():
    assert names() == sorted(KINDS)


def test_every_predicate_and_every_service_has_its_row():
    """A new `can_x` or a new act of a service without its row in a table fails here."""
    asked = {act.partition(":")[0] for kind in KINDS for act in read(kind).acts()}
    stated = {name for module in _modules("permissions") for name in _public(module) if name.startswith("can_")}
    done = {name for module in _modules("services") for name in _public(module) if _acts(module, name)}
    assert sorted((stated | done) - asked - ASKED_ABOVE.keys()) == []
    assert sorted(asked - stated - done) == []


def _modules(furniture: str) -> Iterator[ModuleType]:
    """Each room's module or package of this name, on the floors where people act."""
    for floor in ("agencies", "coordination", "reports", "portal"):
        for found in pkgutil.walk_packages([floor], f"{floor}."):
            above, _dot, name = found.name.rpartition(".")
            inside = above.endswith(f".{furniture}") and name in getattr(import_module(above), "__all__", (name,))
            if name == furniture or inside:
                yield import_module(found.name)


def _public(module: ModuleType) -> list[str]:
    """The functions a room offers: those its package names, or those written in its module."""
    offered = getattr(module, "__all__", None)
    functions = inspect.getmembers(module, inspect.isfunction)
    return [
        function.__name__
        for name, function in functions
        if (name in offered if offered is not None else function.__module__ == module.__name__)
        and not name.startswith("_")
    ]


def _acts(module: ModuleType, name: str) -> bool:
    """Whether a function does something in someone's name: it takes the actor."""
    return "actor" in inspect.signature(getattr(module, name)).parameters
