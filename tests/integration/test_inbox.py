from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agencies.access.enums import Role
from coordination.inbox.queries import my_work, overdue_count
from coordination.tasks import services as tasks
from tests.factories.people import make_agency, make_member, make_unit
from tests.factories.programs import make_program
from tests.factories.tasks import make_task, official_of

pytestmark = pytest.mark.django_db
TODAY = date(2022, 3, 30)


@pytest.fixture
def program():
    return make_program("signed")


@pytest.fixture
def official(program):
    return official_of(program.parties.first().agency)


def titles(rows) -> list[str]:
    return [row.task.title for row in rows]


def test_each_task_lies_in_the_group_its_deadline_says(program, official):
    make_task(program, title="Quá hạn", due_on=date(2022, 3, 29))
    make_task(program, title="Hôm nay", due_on=TODAY)
    make_task(program, title="Bảy ngày", due_on=date(2022, 4, 6))
    make_task(program, title="Tám ngày", due_on=date(2022, 4, 7))
    make_task(program, "awaiting", title="Đã báo xong", due_on=date(2022, 3, 29))
    make_task(program, title="Bên khác", due_on=date(2022, 3, 29), lead=program.parties.last().agency)
    make_task(make_program("signed", unit=make_unit()), title="Nơi khác", due_on=date(2022, 3, 29))
    work = my_work(official, TODAY)
    assert titles(work.overdue) == ["Quá hạn"]
    assert titles(work.soon) == ["Hôm nay", "Bảy ngày"]
    assert (work.overdue_count, work.soon_count, overdue_count(official, TODAY)) == (1, 2, 1)
    assert not work.is_clear


def test_only_those_who_may_confirm_are_asked_to(program, official):
    task = make_task(program, "awaiting")
    agency = task.confirming_agency
    for role in Role:
        expected = [task.title] if role in (Role.OFFICIAL, Role.LEADER, Role.SECRETARY) else []
        assert titles(my_work(make_member(agency, role), TODAY).to_confirm) == expected, role
    assert titles(my_work(official, TODAY).to_confirm) == []
    lead = task.program.parties.first().agency
    office = make_agency(program.unit, "van-phong", serves=[lead, agency])
    assert titles(my_work(make_member(office), TODAY).to_confirm) == []


def test_signatures_wait_for_leaders_and_secretaries_of_parties_that_have_not_signed():
    program = make_program("signing", signed=1)
    signed, waiting, _last = [party.agency for party in program.parties.order_by("signing_order")]
    for role in Role:
        work = my_work(make_member(waiting, role), TODAY)
        assert len(work.to_sign) == (role in (Role.LEADER, Role.SECRETARY)), role
    item = my_work(make_member(waiting, Role.LEADER), TODAY).to_sign[0]
    assert (item.program, item.signed, item.parties) == (program, 1, 3)
    assert my_work(make_member(signed, Role.LEADER), TODAY).to_sign == []


def test_drafts_do_not_count_as_overdue_yet():
    program = make_program("draft")
    make_task(program, due_on=date(2022, 3, 1))
    assert overdue_count(official_of(program.parties.first().agency), TODAY) == 0


def test_what_is_new_names_only_what_the_member_sees(program, official):
    make_task(program, "completed")
    make_task(make_program("signed", unit=make_unit()), "completed")
    happenings = my_work(official, TODAY).recent
    assert len(happenings) == 8
    code = program.code.lower()
    assert all(code in happening.url for happening in happenings)


def test_the_week_counts_what_falls_due_on_each_day(program, official):
    make_task(program, due_on=date(2022, 3, 31))
    make_task(program, title="Cùng ngày", due_on=date(2022, 3, 31), lead=program.parties.last().agency,
              coordinators=(official.agency,))  # fmt: skip
    make_task(program, title="Tuần sau", due_on=date(2022, 4, 4))
    week = {entry.day: entry.tasks_due for entry in my_work(official, TODAY).week}
    assert week == {TODAY: 0, date(2022, 3, 31): 2}


def test_nothing_to_do_says_so(program, official, sign_in):
    work = my_work(official, TODAY)
    assert work.is_clear
    page = sign_in(official).get("/viec-cua-toi/").content.decode()
    assert 'class="pf-panel pf-empty"' in page


def test_the_inbox_stays_within_its_queries(program, official, sign_in):
    client = sign_in(official)

    def count() -> int:
        client.get("/viec-cua-toi/")
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/viec-cua-toi/").status_code == 200
        return len(captured)

    make_task(program, due_on=date(2022, 3, 15))
    make_task(program, title="Sắp đến hạn", due_on=date(2022, 3, 31))
    make_task(program, "awaiting", title="Chờ", lead=program.parties.last().agency)
    assert count() == 25
    for number in range(2):
        make_task(program, title=f"Quá hạn {number}", due_on=date(2022, 3, 16))
        make_task(program, title=f"Sắp {number}", due_on=date(2022, 3, 31))
        make_task(program, "awaiting", title=f"Chờ {number}", lead=program.parties.last().agency)
    assert count() == 25


def test_a_returned_task_comes_back_to_its_lead(program, official):
    task = make_task(program, "awaiting", due_on=date(2022, 3, 15))
    assert overdue_count(official, TODAY) == 0
    tasks.return_for_rework(task, actor=make_member(task.confirming_agency, Role.LEADER), reason="Thiếu biên bản")
    assert overdue_count(official, TODAY) == 1
