"""Reminders: who is told of what and when, by the calendar of working days."""

from datetime import date, timedelta

import pytest

from agencies.access.enums import Role
from agencies.people.services import end_membership, suspend
from coordination.consultation.enums import Silence
from coordination.consultation.services import open_round
from coordination.lists.services import remind_leads
from coordination.programs.models import Program
from coordination.reminders.enums import Occasion
from coordination.reminders.models import Notice
from coordination.reminders.services import tell_whom_it_concerns
from coordination.tasks import services as tasks
from tests.factories.people import make_agency, make_member
from tests.factories.programs import make_program, secretary_of
from tests.factories.reminders import an_old_task, on, remind, told, with_address
from tests.factories.tasks import make_task, official_of

pytestmark = pytest.mark.django_db
TODAY = date(2022, 3, 30)


@pytest.fixture(scope="module")
def drawn_up(ground) -> int:
    """A program agreed long ago, so that its tasks are no news."""
    with on(date(2022, 1, 10)):
        return make_program("signed").pk


@pytest.fixture
def program(drawn_up):
    return Program.objects.get(pk=drawn_up)


@pytest.fixture
def official(program):
    """Of the first party, which the secretary who made the program acts for as well."""
    return with_address(official_of(program.parties.first().agency))


# The rules, one by one


@pytest.mark.parametrize(
    ("day", "turn"),
    [
        (date(2022, 4, 4), None),
        (date(2022, 4, 5), 7),  # the day in lieu of the Hùng Kings, 11 April, lies between
        (date(2022, 4, 8), 7),
        (date(2022, 4, 12), 3),
        (date(2022, 4, 14), 1),
        (date(2022, 4, 15), 0),
    ],
)
def test_a_deadline_is_called_to_mind_7_3_and_1_working_days_before_and_on_its_day(program, official, day, turn):
    an_old_task(program, due_on=date(2022, 4, 15))
    remind(day)
    assert told(official) == ([] if turn is None else [("due", turn)])


def test_each_step_is_told_once_however_often_is_looked(program, official):
    an_old_task(program, due_on=date(2022, 4, 15))
    day = date(2022, 4, 4)
    while day <= date(2022, 4, 15):
        remind(day), remind(day)
        day += timedelta(days=1)
    assert told(official) == [("due", 7), ("due", 3), ("due", 1), ("due", 0)]


def test_after_the_deadline_it_is_told_on_the_next_working_day_and_then_every_week(program, official):
    an_old_task(program, due_on=date(2022, 3, 4))  # a Friday
    days = [date(2022, 3, 5) + timedelta(days=each) for each in range(25)]
    heard = []
    for day in days:
        before = len(told(official))
        remind(day)
        heard += [day] if len(told(official)) > before else []
    assert heard == [date(2022, 3, 7), date(2022, 3, 14), date(2022, 3, 21), date(2022, 3, 28)]
    assert told(official) == [("overdue", days) for days in (1, 8, 15, 22)]


def test_leaders_are_told_from_the_fifth_working_day_after_the_deadline(program, official):
    leader = make_member(official.agency, Role.LEADER)
    an_old_task(program, due_on=date(2022, 3, 4))
    remind(date(2022, 3, 10))
    assert told(leader) == []
    remind(date(2022, 3, 11))
    assert told(leader) == [("escalated", 7)]
    remind(date(2022, 3, 17)), remind(date(2022, 3, 18))
    assert told(leader) == [("escalated", 7), ("escalated", 14)]


@pytest.mark.parametrize("day", [date(2022, 4, 10), date(2022, 4, 11), date(2022, 4, 9)])
def test_on_days_off_nobody_is_reminded(program, official, day):
    an_old_task(program, due_on=date(2022, 4, 12))
    assert remind(day) == (0, 0)
    assert told(official) == []


def test_a_moved_deadline_is_called_to_mind_anew(program, official):
    task = an_old_task(program, due_on=date(2022, 4, 1))
    remind(TODAY)
    tasks.move_due_date(task, actor=secretary_of(program.drafting_agency), new_due_on=date(2022, 4, 4), reason="Mưa")
    remind(date(2022, 3, 31))
    days = list(Notice.objects.filter(member=official).order_by("pk").values_list("about_on", "turn"))
    assert days == [(date(2022, 4, 1), 3), (date(2022, 4, 4), 3)]


def test_only_those_the_rules_name_are_told(program, official):
    agency = official.agency
    others = {role: make_member(agency, role) for role in Role if role != Role.OFFICIAL}
    elsewhere = make_member(program.parties.last().agency)
    an_old_task(program, due_on=TODAY)
    remind(TODAY)
    assert told(official) == told(others[Role.SECRETARY]) == [("due", 0)]
    assert [told(others[role]) for role in (Role.LEADER, Role.ORGANISER, Role.UNIT_ADMIN, Role.SYSTEM_ADMIN)] == [
        []
    ] * 4
    assert told(elsewhere) == []


def test_an_office_is_told_for_the_agency_it_serves(program, official):
    office = make_agency(program.unit, "van-phong", serves=[official.agency])
    member = make_member(office)
    an_old_task(program, due_on=TODAY)
    remind(TODAY)
    assert told(member) == [("due", 0)]


def test_who_has_left_or_is_suspended_is_told_nothing(program, official):
    gone, shut_out = make_member(official.agency), make_member(official.agency)
    end_membership(gone, last_day=TODAY - timedelta(days=1))
    suspend(shut_out.user, reason="Nghỉ việc")
    an_old_task(program, due_on=TODAY)
    remind(TODAY)
    assert told(gone) == told(shut_out) == []
    assert told(official) == [("due", 0)]


def test_drafts_and_finished_tasks_call_nobody(official, program):
    draft = make_program("draft", agencies=[party.agency for party in program.parties.all()])
    make_task(draft, due_on=TODAY)
    make_task(program, "completed", due_on=TODAY)
    with on(TODAY):
        tell_whom_it_concerns(TODAY)
    assert told(official, Occasion.DUE, Occasion.OVERDUE) == []


def test_a_new_task_is_told_to_all_who_have_a_part_in_it(program, official):
    helper = make_member(program.parties.last().agency)
    make_task(program, due_on=date(2022, 9, 1), coordinators=(helper.agency,))
    remind(TODAY)
    assert told(official) == told(helper) == [("assigned", 0)]


def test_whoever_confirms_is_told_and_whoever_led_is_told_when_it_is_returned(program, official):
    task = make_task(program, "awaiting", due_on=date(2022, 9, 1))
    leader = make_member(task.confirming_agency, Role.LEADER)
    remind(TODAY)
    assert told(leader) == [("to_confirm", 0)]
    assert told(official, Occasion.TO_CONFIRM) == []
    tasks.return_for_rework(task, actor=leader, reason="Thiếu biên bản")
    remind(date(2022, 3, 31))
    assert ("returned", 0) in told(official)


def test_whoever_decides_on_a_later_deadline_is_told(program, official):
    task = an_old_task(program, due_on=date(2022, 9, 1))
    secretary = secretary_of(program.drafting_agency)
    confirming = make_member(task.confirming_agency, Role.LEADER)
    with on(TODAY):
        tasks.ask_extension(task, actor=official, wanted_due_on=date(2022, 10, 1), reason="Mưa bão kéo dài")
    remind(TODAY)
    assert told(secretary) == told(confirming) == [("to_decide", 0)]
    assert told(official) == []


def test_whoever_signs_is_told_once_for_each_version():
    program = make_program("signing", signed=1)
    signed, waiting, _last = [party.agency for party in program.parties.order_by("signing_order")]
    leader, official = make_member(waiting, Role.LEADER), make_member(waiting, Role.OFFICIAL)
    done = make_member(signed, Role.LEADER)
    remind(TODAY), remind(date(2022, 3, 31))
    assert told(leader) == [("to_sign", 0)]
    assert told(official) == told(done) == []


def test_whoever_is_asked_for_comments_is_told(program):
    draft = make_program("draft", agencies=[party.agency for party in program.parties.order_by("letterhead_order")])
    asked = make_member(draft.parties.order_by("letterhead_order").last().agency, Role.LEADER)
    drafting = secretary_of(draft.drafting_agency)
    open_round(draft, actor=drafting, until=date(2022, 4, 20), silence=Silence.NOTHING)
    remind(TODAY)
    assert told(asked) == [("to_comment", 0)]
    assert told(drafting) == []


def test_a_reminder_by_hand_stands_among_the_notices(program, official):
    task = an_old_task(program, due_on=date(2022, 9, 1))
    remind_leads([task], actor=make_member(task.confirming_agency, Role.LEADER))
    remind(TODAY)
    assert told(official) == [("asked", 0)]


def test_a_part_with_a_deadline_of_its_own_is_told_to_whoever_does_it_and_to_the_lead(program, official):
    helper = make_member(program.parties.last().agency)
    items = (tasks.ItemDraft("Lập danh sách hộ", date(2022, 4, 1), helper.agency),)
    task = an_old_task(program, due_on=date(2022, 9, 1), coordinators=(helper.agency,), items=items)
    remind(TODAY)
    assert told(official) == told(helper) == [("step_due", 3)]
    remind(date(2022, 4, 4))
    assert told(helper)[-1] == ("step_late", 1)
    tasks.report_step(task.steps.get(), actor=helper, done_on=date(2022, 3, 30), result="Đã lập")
    remind(date(2022, 4, 12))
    assert len(told(helper)) == 2


def test_a_part_due_with_the_task_itself_is_not_told_beside_it(program, official):
    items = (tasks.ItemDraft("Lập danh sách hộ", TODAY, None),)
    an_old_task(program, due_on=TODAY, items=items)
    remind(TODAY)
    assert told(official) == [("due", 0)]
