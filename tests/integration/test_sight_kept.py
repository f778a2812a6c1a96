"""Which programs somebody sees is kept by a process, and never a moment longer than it holds."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from agencies.access.enums import Role
from agencies.models import Membership
from coordination.figures.services import recount_settled
from coordination.programs.enums import ProgramState
from coordination.programs.models import Program, ProgramParty, SightMark
from coordination.programs.queries import programs_covering, years_of
from coordination.programs.queries.seen import seen_by
from coordination.tasks.models import Task, TaskRole
from records import clock
from tests.factories.people import make_agency, make_member
from tests.factories.programs import make_program
from tests.factories.tasks import make_task

pytestmark = pytest.mark.django_db


@pytest.fixture
def outside(signed_program) -> Membership:
    """Who works for an agency that is party to nothing."""
    return make_member(make_agency(signed_program.unit, "ngoai", "Hội ngoài"), Role.OFFICIAL)


@pytest.fixture
def partner(signed_program) -> Membership:
    return make_member(signed_program.drafting_agency, Role.OFFICIAL)


def _keys(actor: Membership) -> list[int]:
    """What is told of an actor's programs; it must be what a fresh look finds, with who makes them."""
    told = programs_covering(actor)
    assert told.keys == set(Program.objects.visible_to(actor).values_list("pk", flat=True))
    assert told.made == set(Program.objects.made_by(actor).values_list("pk", flat=True))
    return sorted(told.keys)


def test_every_change_of_what_is_seen_is_told_at_once(signed_program, partner, outside):
    """Rule R-SEE-18: parties, drafting agency, parts in tasks, the bin, state and period, however they are written."""
    agency, others = outside.agency, [party.agency for party in signed_program.parties.all()]
    draft = make_program("draft", unit=signed_program.unit, agencies=others)
    task = make_task(signed_program, title="Cùng làm", lead=partner.agency)
    own = make_task(draft, title="Việc dự thảo", lead=partner.agency)
    changes: dict[str, Callable[[], object]] = {
        "a part": lambda: TaskRole.objects.create(task=task, kind="coordinator", position=1, agency=agency),
        "in the bin": lambda: _binned(task, outside),
        "out of it": lambda: _change(task, binned_at=None, binned_by=None),
        "into another program": lambda: _change(task, program=draft, ordinal=9),
        "the other program settled": lambda: _settled(draft, ProgramState.AGREED),
        "and opened again": lambda: _settled(draft, ProgramState.DRAFT),
        "made party": lambda: ProgramParty.objects.create(
            program=draft, agency=agency, letterhead_order=9, signing_order=9
        ),
        "no party any more": lambda: ProgramParty.objects.filter(program=draft, agency=agency).delete(),
        "drafting it": lambda: Program.objects.filter(pk=draft.pk).update(drafting_agency=agency),
        "no longer": lambda: Program.objects.filter(pk=draft.pk).update(drafting_agency=partner.agency),
        "and back again": lambda: _change(task, program=signed_program),
        "a part less": lambda: TaskRole.objects.filter(task=task, agency=agency).delete(),
    }
    before = _keys(outside)
    assert before == [] and own.program_id in _keys(partner)
    for name, change in changes.items():
        change()
        after = _keys(outside)
        assert after != before, f"{name} changed nothing that is seen"
        before = after
    assert before == []


def _change(task: Task, **facts) -> None:
    Task.with_binned.filter(pk=task.pk).update(**facts)


def _binned(task: Task, member: Membership) -> None:
    _change(task, binned_at=clock.now(), binned_by=member)


def _settled(program: Program, state: ProgramState) -> None:
    settled_on = None if state == ProgramState.DRAFT else clock.today()
    Program.objects.filter(pk=program.pk).update(state=state, agreed_on=settled_on)


def test_a_period_that_grows_is_told_at_once(signed_program, partner):
    assert programs_covering(partner, 2023).keys == set()
    Program.objects.filter(pk=signed_program.pk).update(period_end=date(2023, 12, 31))
    assert programs_covering(partner, 2023).keys == {signed_program.pk}
    assert years_of(partner, to_come=True) == [2023, 2022]


def test_what_did_not_change_is_not_looked_for_again(signed_program, partner):
    first = seen_by(partner)
    make_task(signed_program, title="Việc của cơ quan khác", lead=signed_program.parties.last().agency)
    Program.objects.filter(pk=signed_program.pk).update(title="Tên khác")
    with CaptureQueriesContext(connection) as asked:
        assert seen_by(partner) is first
    assert len(asked) == 1


def test_nobody_is_told_what_was_kept_of_other_agencies(signed_program, partner, outside):
    assert _keys(partner) == [signed_program.pk]
    assert _keys(outside) == []
    assert _keys(make_member(partner.agency, Role.UNIT_ADMIN)) == []
    assert set(SightMark.objects.visible_to(partner).values_list("agency", flat=True)) == {partner.agency_id}


def test_a_change_taken_back_leaves_what_was_before(signed_program, outside):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        ProgramParty.objects.create(program=signed_program, agency=outside.agency, letterhead_order=9, signing_order=9)
        assert _keys(outside) == [signed_program.pk]
        raise ZeroDivisionError
    assert _keys(outside) == []


def test_after_rows_came_without_triggers_new_marks_are_left(signed_program, partner):
    known = seen_by(partner)
    recount_settled()
    again = seen_by(partner)
    assert again is not known and again.periods == known.periods


def test_an_agency_has_one_mark_however_often_it_changes(signed_program, partner):
    for _turn in range(3):
        _settled(signed_program, ProgramState.EVALUATING)
        _settled(signed_program, ProgramState.IN_FORCE)
    assert SightMark.objects.filter(agency=partner.agency).count() == 1
