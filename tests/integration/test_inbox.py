from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agencies.access.enums import Role
from coordination.evaluations import services as evaluations
from coordination.evaluations.models import EvaluationRound
from coordination.inbox.queries import my_work, overdue_count
from coordination.tasks import services as tasks
from tests.factories.evaluations import keeper_of, make_round
from tests.factories.people import make_agency, make_member, make_unit
from tests.factories.programs import make_program
from tests.factories.tasks import make_task, official_of

pytestmark = pytest.mark.django_db
TODAY = date(2022, 3, 30)


@pytest.fixture
def program(signed_program):
    return signed_program


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
    assert count() == 36
    for number in range(2):
        make_task(program, title=f"Quá hạn {number}", due_on=date(2022, 3, 16))
        make_task(program, title=f"Sắp {number}", due_on=date(2022, 3, 31))
        make_task(program, "awaiting", title=f"Chờ {number}", lead=program.parties.last().agency)
    assert count() == 36


def test_a_returned_task_comes_back_to_its_lead(program, official):
    task = make_task(program, "awaiting", due_on=date(2022, 3, 15))
    assert overdue_count(official, TODAY) == 0
    tasks.return_for_rework(task, actor=make_member(task.confirming_agency, Role.LEADER), reason="Thiếu biên bản")
    assert overdue_count(official, TODAY) == 1


def test_requests_for_a_later_deadline_wait_for_those_who_decide(program, official):
    task = make_task(program, due_on=date(2022, 9, 1))
    tasks.ask_extension(task, actor=official, wanted_due_on=date(2022, 10, 1), reason="Mưa bão kéo dài")
    drafting, confirming = program.drafting_agency, task.confirming_agency
    waiting = {
        (agency.pk, role): len(my_work(make_member(agency, role), TODAY).to_decide)
        for agency in {drafting, confirming}
        for role in Role
    }
    decides = {(drafting.pk, Role.SECRETARY), (confirming.pk, Role.LEADER), (confirming.pk, Role.SECRETARY)}
    assert {key for key, count in waiting.items() if count} == decides
    request = my_work(make_member(confirming, Role.LEADER), TODAY).to_decide[0]
    tasks.refuse_extension(request, actor=make_member(confirming, Role.LEADER), answer="Cần đúng hạn")
    assert my_work(make_member(confirming, Role.LEADER), TODAY).to_decide == []


def test_an_open_evaluation_waits_until_each_form_is_sent(program):
    first, second, third = [party.agency for party in program.parties.order_by("letterhead_order")]
    round = make_round(programs=[program])
    member = make_member(second)

    def forms() -> list[str]:
        return [item.kind.value for item in my_work(member, TODAY).to_evaluate]

    assert forms() == ["self", "cross"]
    evaluations.submit_self(round, actor=member, agency=second, score=90, remark="Tự chấm")
    assert forms() == ["cross"]
    evaluations.submit_cross(round, actor=member, agency=first, by_agency=second, score=80, remark="Tốt")
    assert forms() == ["cross"]
    evaluations.submit_cross(round, actor=member, agency=third, by_agency=second, score=80, remark="Tốt")
    assert forms() == []
    assert my_work(make_member(second, Role.ORGANISER), TODAY).to_evaluate == []
    assert my_work(make_member(make_agency(program.unit, "ngoai"), Role.LEADER), TODAY).to_evaluate == []


def test_an_evaluation_waits_to_be_closed_once_its_figures_and_forms_are_due(program, sign_in):
    secretary = keeper_of(program)
    round = make_round(programs=[program], cut_off_on=TODAY)

    def waiting(member, day=TODAY) -> list:
        return list(my_work(member, day).to_close)

    assert waiting(secretary) == [round]
    assert round.title in sign_in(secretary).get("/viec-cua-toi/").content.decode()
    assert waiting(secretary, TODAY - timedelta(days=1)) == []
    assert waiting(make_member(program.drafting_agency, Role.LEADER)) == []
    EvaluationRound.objects.filter(pk=round.pk).update(forms_due_on=TODAY)
    assert waiting(secretary) == []
    assert waiting(secretary, TODAY + timedelta(days=1)) == [round]
    evaluations.close_round(round, actor=secretary, narrative="Chốt.")
    assert waiting(secretary, TODAY + timedelta(days=1)) == []


def test_each_row_says_why_it_is_there_and_has_one_button(program, official, sign_in):
    led = make_task(program, due_on=date(2022, 3, 15))
    awaited = make_task(program, "awaiting", title="Chờ", lead=program.parties.last().agency, due_on=date(2022, 9, 1))
    page = sign_in(official).get("/viec-cua-toi/").content.decode()
    rows = page.split('<div class="pf-work"')[1:]
    assert len(rows) == (2 if awaited.confirming_agency == official.agency else 1)
    assert {row.count("btn btn-sm") for row in rows} == {1}
    assert f'href="/viec-cua-toi/?update={led.slug}#{led.slug}"' in rows[0]
    assert "báo cáo tiến độ" in rows[0] or "reports its progress" in rows[0]


def test_a_part_with_a_deadline_of_its_own_waits_for_whoever_does_it(program, official):
    helper = make_member(program.parties.last().agency)
    items = (
        tasks.ItemDraft("Lập danh sách hộ", date(2022, 3, 31), helper.agency),
        tasks.ItemDraft("Họp dân", date(2022, 5, 31), helper.agency),
    )
    task = make_task(program, due_on=date(2022, 9, 1), coordinators=(helper.agency,), items=items)
    for member in (official, helper):
        assert [step.title for step in my_work(member, TODAY).to_finish] == ["Lập danh sách hộ"]
    tasks.report_step(task.steps.get(title="Lập danh sách hộ"), actor=helper, done_on=TODAY, result="Đã lập")
    assert my_work(helper, TODAY).to_finish == []


# The quick update in a row


def test_a_row_opens_its_report_in_place_and_saves_it(program, official, sign_in):
    task = make_task(program, due_on=date(2022, 3, 15))
    client = sign_in(official)
    page = client.get(f"/viec-cua-toi/?update={task.slug}").content.decode()
    forms, filled = page.count('class="pf-quick"'), page.count("btn-primary")
    assert (forms, filled) == (1, 1)
    sent = {"value": "12", "state": "in_progress", "result": "Đã vận động 12 hộ"}
    assert client.post(f"/viec-cua-toi/?update={task.slug}", sent).status_code == 302
    task.refresh_from_db()
    assert task.last_value == 12
    assert "12/45" in client.get("/viec-cua-toi/").content.decode()


def test_an_error_stays_in_the_row_with_the_typed_text(program, official, sign_in):
    task = make_task(program, due_on=date(2022, 3, 15))
    sent = {"value": "mười hai", "state": "in_progress", "result": "Đã vận động 12 hộ"}
    answer = sign_in(official).post(f"/viec-cua-toi/?update={task.slug}", sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Đã vận động 12 hộ" in page and "mười hai" in page
    assert 'class="pf-quick"' in page
    assert not task.reports.exists()


def test_a_task_without_a_row_is_reported_on_its_own_page(program, official, sign_in):
    task = make_task(program, due_on=date(2022, 12, 1))
    client = sign_in(official)
    answer = client.get(f"/viec-cua-toi/?update={task.slug}")
    assert (answer.status_code, answer["Location"]) == (302, f"/nhiem-vu/{task.slug}/tien-do/")
    sent = {"value": "mười hai", "state": "in_progress", "result": "Đã vận động"}
    answer = client.post(f"/viec-cua-toi/?update={task.slug}", sent)
    assert answer.status_code == 422
    assert "Đã vận động" in answer.content.decode()


def test_only_whoever_reports_opens_a_row(program, official, sign_in):
    task = make_task(program, due_on=date(2022, 3, 15))
    leader = sign_in(make_member(official.agency, Role.LEADER))
    assert 'class="pf-quick"' not in leader.get(f"/viec-cua-toi/?update={task.slug}").content.decode()
    assert leader.post(f"/viec-cua-toi/?update={task.slug}", {"value": "1"}).status_code == 403
    stranger = sign_in(make_member(make_agency(make_unit(), "la")))
    for code in (task.slug, "khong-co", "x\x00", "9" * 4000):
        assert stranger.post("/viec-cua-toi/?update=" + code, {"value": "1"}).status_code == 404
        assert stranger.get("/viec-cua-toi/", {"update": code}).status_code == 200
    assert not task.reports.exists()
