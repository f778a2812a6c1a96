"""Rights on tasks beside the table in docs/rights: communes below, drafts, offices that serve both sides."""

from dataclasses import dataclass

import pytest

from agencies.access.enums import Role
from agencies.models import Membership
from coordination.tasks import services as tasks
from coordination.tasks.enums import TaskState
from coordination.tasks.models import Task
from coordination.tasks.permissions import (
    can_confirm_task,
    can_create_task,
    can_edit_task,
    can_report_progress,
    can_view_task,
)
from coordination.tasks.queries import with_everything
from records.errors import NotAllowed
from tests.factories.people import make_agency, make_member, make_unit
from tests.factories.programs import make_parties, make_program, secretary_of
from tests.factories.tasks import make_task
from tests.factories.units import founded

pytestmark = pytest.mark.django_db

PLACES = ("drafter", "lead", "party", "outside", "stranger", "foreign")


@dataclass
class World:
    members: dict[tuple[str, Role], Membership]
    task: Task

    def fresh(self) -> Task:
        return with_everything(Task.objects.filter(pk=self.task.pk)).get()


def make_world(state: TaskState, program_state: str = "signed") -> World:
    unit = make_unit()
    drafter, lead, party = make_parties(unit, 3)
    outside, stranger = make_agency(unit, "ngoai"), make_agency(unit, "la")
    foreign = make_agency(make_unit(), "noi-khac")
    places = dict(zip(PLACES, (drafter, lead, party, outside, stranger, foreign), strict=True))
    program = make_program("agreed" if program_state == "signed" else program_state, agencies=[drafter, lead, party])
    walked = {"awaiting": "awaiting", "completed": "completed", "in_progress": "in_progress"}.get(state, "not_started")
    task = make_task(program, walked, lead=lead, coordinators=(party, outside))
    if state in (TaskState.SUSPENDED, TaskState.CANCELLED, TaskState.NOT_COMPLETED):
        Task.objects.filter(pk=task.pk).update(state=state)
    members = {(place, role): make_member(agency, role) for place, agency in places.items() for role in Role}
    return World(members, task)


def test_a_coordinator_in_a_commune_below_sees_its_settled_task():
    program = make_program("agreed")
    office = make_agency(founded("X1", parent=program.unit), "ubnd-xa")
    task, other = make_task(program, coordinators=(office,)), make_task(program, title="Không liên quan")
    member = make_member(office)
    assert list(Task.objects.visible_to(member)) == [task]
    assert can_view_task(member, task)
    assert not can_view_task(member, other)
    assert not can_edit_task(member, task)


def test_a_draft_is_hidden_from_coordinators_outside_the_program():
    world = make_world(TaskState.NOT_STARTED, "draft")
    outside = world.members["outside", Role.OFFICIAL]
    assert can_view_task(outside, world.fresh()).hidden
    assert not can_report_progress(world.members["lead", Role.OFFICIAL], world.fresh())


def test_an_office_serving_lead_and_confirming_agency_cannot_confirm_itself():
    unit = make_unit()
    council, committee, front = make_parties(unit, 3)
    office = make_agency(unit, "van-phong", serves=[council, committee])
    program = make_program("agreed", agencies=[council, committee, front])
    task = make_task(program, "awaiting", lead=committee)
    assert task.confirming_agency == council
    assert not can_confirm_task(make_member(office, Role.SECRETARY), task)
    assert can_confirm_task(make_member(council, Role.LEADER), task)


@pytest.mark.parametrize(
    ("program_state", "may_add"),
    [("draft", True), ("agreed", True), ("signed", True), ("evaluating", False), ("closed", False)],
)
def test_officials_and_secretaries_of_a_party_add_tasks_until_the_program_is_evaluated(program_state, may_add):
    program = make_program(program_state)
    party = program.parties.last().agency
    stranger = make_agency(program.unit, "la")
    for role in Role:
        expected = may_add and role in (Role.OFFICIAL, Role.SECRETARY)
        assert bool(can_create_task(make_member(party, role), program)) == expected, role
        assert not can_create_task(make_member(stranger, role), program)


def test_the_secretary_of_the_drafting_agency_may_not_report_for_the_lead():
    world = make_world(TaskState.IN_PROGRESS)
    secretary = secretary_of(world.task.program.drafting_agency)
    with pytest.raises(NotAllowed):
        tasks.report_progress(world.task, actor=secretary, value=None, percent=10)
    assert world.fresh().reports.count() == 1
