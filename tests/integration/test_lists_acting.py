"""Acts on many tasks: what is done, what is refused, how it is taken back; the bin."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agencies.access.enums import Role
from coordination.lists import permissions
from coordination.lists import services as lists
from coordination.lists.enums import BulkAct
from coordination.lists.models import BulkChange, BulkChangeRow
from coordination.lists.queries import binned_tasks, chosen_tasks
from coordination.tasks import services as tasks
from coordination.tasks.enums import TaskState
from coordination.tasks.models import DueDateChange, Task
from records import clock
from records.audit.enums import AuditAction
from records.audit.models import AuditEntry
from records.errors import NotAllowed, RuleBroken
from records.mail.models import OutgoingMail
from tests.factories.people import make_member, make_unit
from tests.factories.programs import advance, make_area, make_program, secretary_of
from tests.factories.tasks import make_task, official_of
from tests.factories.wording import said

pytestmark = pytest.mark.django_db
LATER = date(2022, 5, 31)


@pytest.fixture
def program(signed_program):
    return signed_program


@pytest.fixture
def secretary(program):
    return secretary_of(program.drafting_agency)


@pytest.fixture
def three(program):
    return [make_task(program, title=f"Việc số {number}") for number in range(3)]


@pytest.fixture
def area(program):
    return make_area(program.unit, "gpmb", "Giải phóng mặt bằng")


def token_in(page: str) -> str:
    return re.search(r'name="form_token" value="([^"]+)"', page)[1]


def address(act: str, *chosen: Task, **more) -> str:
    asked = "&".join([f"act={act}", *(f"task={task.slug}" for task in chosen), *(f"{k}={v}" for k, v in more.items())])
    return f"/nhiem-vu/hang-loat/?{asked}"


def sent(act: str, *chosen: Task, **typed) -> dict:
    return {"act": act, "task": [task.slug for task in chosen], **typed}


def test_deadlines_of_ticked_tasks_move_together_with_one_set_of_entries(secretary, three):
    before = AuditEntry.objects.count()
    change = lists.extend_tasks(three[:2], actor=secretary, new_due_on=LATER, reason="Chờ phương án")
    assert [task.due_on for task in Task.objects.order_by("ordinal")] == [LATER, LATER, date(2022, 4, 15)]
    assert DueDateChange.objects.count() == 2
    entries = list(AuditEntry.objects.order_by("sequence")[before:])
    assert [entry.object_kind for entry in entries] == [
        "coordination.task",
        "coordination.task",
        "coordination.bulkchange",
    ]
    assert entries[-1].after["tasks"] == [task.code for task in three[:2]]
    assert change.rows.count() == 2


def test_one_task_that_cannot_take_the_day_stops_all_of_them(secretary, three):
    with pytest.raises(RuleBroken) as refusal:
        lists.extend_tasks(three, actor=secretary, new_due_on=date(2023, 6, 1), reason="Chờ phương án")
    assert refusal.value.field == "new_due_on"
    assert three[0].short_code in str(refusal.value)
    assert not DueDateChange.objects.exists()
    assert not BulkChange.objects.exists()


def test_tasks_that_are_so_already_stay_and_alone_are_refused(secretary, three, area):
    lists.change_area(three[:1], actor=secretary, area=area)
    change = lists.change_area(list(Task.objects.all()), actor=secretary, area=area)
    assert change.rows.count() == 2
    with pytest.raises(RuleBroken):
        lists.change_area(list(Task.objects.all()), actor=secretary, area=area)
    with pytest.raises(RuleBroken):
        lists.extend_tasks(three, actor=secretary, new_due_on=three[0].due_on, reason="Không đổi")
    assert not DueDateChange.objects.exists()


def test_a_task_the_actor_may_not_touch_stops_all_of_them(program, three, area):
    other = make_task(program, title="Của bên khác", lead=program.parties.last().agency)
    official = official_of(program.parties.last().agency)
    with pytest.raises(NotAllowed):
        lists.change_area([other, three[0]], actor=official, area=area)
    assert not Task.objects.filter(area=area).exists()


def test_an_area_of_another_unit_is_refused_abuse_10(secretary, three, sign_in):
    foreign = make_area(make_unit(), "la", "Lạ")
    with pytest.raises(RuleBroken):
        lists.change_area(three, actor=secretary, area=foreign)
    page = sign_in(secretary).post("/nhiem-vu/hang-loat/", sent("area", *three, area=str(foreign.pk)))
    assert page.status_code == 422
    assert not Task.objects.filter(area=foreign).exists()


def test_confirming_many_confirms_each(program):
    waiting = [make_task(program, "awaiting", title=f"Chờ {number}") for number in range(2)]
    leader = make_member(waiting[0].confirming_agency, Role.LEADER)
    lists.confirm_tasks(waiting, actor=leader, remark="Đủ biên bản")
    assert set(Task.objects.values_list("state", flat=True)) == {TaskState.COMPLETED}


def test_the_page_says_what_will_change_and_what_will_not_and_why(program, secretary, three, sign_in):
    done = make_task(program, "completed", title="Đã xong từ lâu")
    page = sign_in(secretary).get(address("extend", three[0], done)).content.decode()
    will, stay = page.split(said("These stay as they are"))
    assert three[0].title in will and done.title not in will
    assert done.title in stay
    assert f'name="task" value="{three[0].slug}"' in page
    assert f'name="task" value="{done.slug}"' not in page


def test_doing_it_on_the_page_leads_to_what_was_done_and_back_to_the_same_list(secretary, three, sign_in):
    client = sign_in(secretary)
    page = client.get(address("extend", *three[:2], back="%3Fyear%3D2022%26q%3Dviec")).content.decode()
    typed = {
        "new_due_on": "31/5/2022",
        "reason": "Chờ phương án",
        "form_token": token_in(page),
        "back": "?year=2022&q=viec",
    }
    response = client.post("/nhiem-vu/hang-loat/", sent("extend", *three[:2], **typed), follow=True)
    page = response.content.decode()
    assert "15/4/2022 → 31/5/2022" in page
    assert "/nhiem-vu/?year=2022&amp;q=viec" in page
    assert Task.objects.filter(due_on=LATER).count() == 2


def test_sent_twice_it_is_done_once_abuse_61(secretary, three, area, sign_in):
    client = sign_in(secretary)
    typed = sent("area", *three, area=str(area.pk), form_token="mot-lan")
    first, second = (client.post("/nhiem-vu/hang-loat/", typed) for _time in range(2))
    assert (first.status_code, first.url) == (second.status_code, second.url)
    assert BulkChange.objects.count() == 1


def test_nothing_ticked_or_nothing_possible_is_said_and_changes_nothing(program, secretary, three, area, sign_in):
    client = sign_in(secretary)
    assert said("No task is ticked") in client.get(address("extend")).content.decode()
    assert client.post("/nhiem-vu/hang-loat/", sent("area", area=str(area.pk))).status_code == 422
    assert client.get("/nhiem-vu/hang-loat/?act=password").status_code == 404
    assert client.get("/nhiem-vu/hang-loat/").status_code == 404
    assert not BulkChange.objects.exists()


def test_foreign_tasks_are_as_if_not_ticked(secretary, three):
    foreign = make_task(make_program("signed", unit=make_unit()))
    chosen = chosen_tasks(secretary, [three[0].slug, foreign.slug, "khong-co"], BulkAct.EXTEND)
    assert [one.task for one in (*chosen.allowed, *chosen.refused)] == [three[0]]


def test_a_task_of_others_among_the_ticked_ones_refuses_the_whole_batch_abuse_2(secretary, three, sign_in):
    """One's own tasks stay as well, the answer tells nothing, and the refusal leaves its entry."""
    foreign = make_task(make_program("signed", unit=make_unit()))
    client, typed = sign_in(secretary), {"new_due_on": "31/5/2022", "reason": "Chờ phương án"}
    for stranger in (foreign.slug, "khong-co", "\x00"):
        ticked = {"task": [three[0].slug, stranger]}
        assert client.post("/nhiem-vu/hang-loat/", sent("extend", **typed) | ticked).status_code == 404
    assert not DueDateChange.objects.exists()
    assert AuditEntry.objects.filter(action=AuditAction.REFUSED).count() == 3


def test_a_task_that_changed_since_the_page_was_shown_stops_the_batch(program, secretary, three, sign_in):
    """The page comes back without it; sent again, the others change."""
    done = make_task(program, "completed", title="Vừa xong")
    client, typed = sign_in(secretary), {"new_due_on": "31/5/2022", "reason": "Chờ phương án"}
    answer = client.post("/nhiem-vu/hang-loat/", sent("extend", three[0], done, **typed))
    assert answer.status_code == 422 and not DueDateChange.objects.exists()
    page = answer.content.decode()
    assert f'name="task" value="{three[0].slug}"' in page and f'name="task" value="{done.slug}"' not in page
    assert client.post("/nhiem-vu/hang-loat/", sent("extend", three[0], **typed)).status_code == 302
    assert client.post("/nhiem-vu/hang-loat/", sent("extend", done, **typed)).status_code == 403


def test_a_role_without_such_acts_is_told_so(program, three, sign_in):
    client = sign_in(make_member(program.drafting_agency, Role.ORGANISER))
    assert client.get(address("extend", three[0])).status_code == 403
    assert 'name="task"' not in client.get("/nhiem-vu/").content.decode()


@pytest.mark.parametrize("act", BulkAct.values)
def test_the_page_of_an_act_asks_the_same_number_of_queries_for_one_and_for_three(secretary, three, sign_in, act):
    client = sign_in(secretary)
    asked = []
    for some in (three[:1], three):
        client.get(address(act, *some))
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address(act, *some)).status_code == 200
        asked.append(len(captured))
    assert asked[0] == asked[1]


class TestUndo:
    def test_deadlines_and_areas_go_back_where_nobody_changed_them_since(self, secretary, three, area):
        before = three[0].area
        moved = lists.extend_tasks(three, actor=secretary, new_due_on=LATER, reason="Chờ phương án")
        placed = lists.change_area(three, actor=secretary, area=area)
        tasks.move_due_date(three[0], actor=secretary, new_due_on=date(2022, 6, 30), reason="Mưa bão")
        assert lists.undo_change(moved, actor=secretary) == 2
        assert lists.undo_change(placed, actor=secretary) == 3
        assert [task.due_on for task in Task.objects.order_by("ordinal")] == [
            date(2022, 6, 30), date(2022, 4, 15), date(2022, 4, 15),
        ]  # fmt: skip
        assert set(Task.objects.values_list("area_id", flat=True)) == {before.pk}
        assert AuditEntry.objects.filter(action=AuditAction.UNDONE, object_kind="coordination.bulkchange").count() == 2

    def test_it_is_taken_back_once_within_thirty_days_by_its_doer_or_their_secretary(
        self, program, secretary, three, area
    ):
        official = official_of(program.drafting_agency)
        change = lists.change_area(three, actor=official, area=area)
        stranger = official_of(program.parties.last().agency)
        colleague = make_member(program.drafting_agency, Role.OFFICIAL)
        assert permissions.can_undo(stranger, change).hidden
        assert not permissions.can_undo(colleague, change)
        assert permissions.can_undo(secretary, change)
        with clock.standing_at(clock.now() + timedelta(days=31)):
            assert not permissions.can_undo(official, change)
        lists.undo_change(change, actor=official)
        with pytest.raises(NotAllowed):
            lists.undo_change(change, actor=official)

    def test_when_everything_was_changed_since_nothing_is_taken_back_and_it_says_so(
        self, secretary, three, area, sign_in
    ):
        change = lists.change_area(three[:1], actor=secretary, area=area)
        lists.change_area(three[:1], actor=secretary, area=make_area(secretary.agency.unit, "khac", "Khác"))
        response = sign_in(secretary).post(f"/nhiem-vu/hang-loat/{change.pk}/hoan-tac/", follow=True)
        assert said("All these tasks were changed since; nothing was taken back.") in response.content.decode()
        assert BulkChange.objects.get(pk=change.pk).undone_at is None

    def test_reminders_and_confirmations_are_not_taken_back(self, program):
        waiting = make_task(program, "awaiting")
        leader = make_member(waiting.confirming_agency, Role.LEADER)
        change = lists.confirm_tasks([waiting], actor=leader)
        assert not permissions.can_undo(leader, change)


class TestBin:
    @pytest.fixture
    def draft(self):
        return make_program("draft")

    @pytest.fixture
    def writer(self, draft):
        return secretary_of(draft.drafting_agency)

    def test_a_deleted_task_leaves_every_list_and_keeps_its_number(self, draft, writer, sign_in):
        first, second = make_task(draft), make_task(draft, title="Hai")
        lists.bin_task(second, actor=writer)
        client = sign_in(writer)
        assert list(Task.objects.visible_to(writer)) == [first]
        assert list(draft.tasks.all()) == [first]
        assert client.get(f"/nhiem-vu/{second.slug}/").status_code == 404
        assert second.title not in client.get("/nhiem-vu/").content.decode()
        assert make_task(draft, title="Ba").ordinal == 3

    def test_it_comes_back_as_it_was(self, draft, writer, sign_in):
        task = make_task(draft, coordinators=(draft.parties.last().agency,))
        before = tasks.draft_of(task)
        lists.bin_task(task, actor=writer)
        client = sign_in(writer)
        assert said("Restore") in client.get("/nhiem-vu/da-xoa/").content.decode()
        response = client.post(f"/nhiem-vu/da-xoa/{task.slug}/khoi-phuc/")
        assert response.url == f"/nhiem-vu/{task.slug}/"
        assert tasks.draft_of(Task.objects.get()) == before
        assert client.post(f"/nhiem-vu/da-xoa/{task.slug}/khoi-phuc/").status_code == 404

    def test_deleting_many_is_taken_back_with_one_click(self, draft, writer, sign_in):
        some = [make_task(draft, title=f"Việc {number}") for number in range(3)]
        change = lists.bin_tasks(some, actor=writer, reason="Trùng")
        assert not Task.objects.exists()
        assert sign_in(writer).post(f"/nhiem-vu/hang-loat/{change.pk}/hoan-tac/").status_code == 302
        assert Task.objects.count() == 3

    def test_after_thirty_days_it_stays_deleted(self, draft, writer):
        task = lists.bin_task(make_task(draft), actor=writer)
        moment = clock.now()
        with clock.standing_at(moment + timedelta(days=30)):
            assert [one.task for one in binned_tasks(writer)] == [task]
        with clock.standing_at(moment + timedelta(days=31)):
            assert binned_tasks(writer) == []
            with pytest.raises(NotAllowed):
                lists.restore_task(task, actor=writer)

    def test_work_that_began_what_was_agreed_and_what_is_continued_stays(self, program, secretary, draft, writer):
        begun, agreed = make_task(program, "in_progress"), make_task(draft, title="Đã thống nhất")
        with pytest.raises(NotAllowed):
            lists.bin_task(begun, actor=secretary)
        advance(draft, "agreed", secretary=writer)
        with pytest.raises(NotAllowed):
            lists.bin_task(agreed, actor=writer)
        tasks.carry_over(
            agreed, into=make_program("draft", agencies=[party.agency for party in draft.parties.all()], year=2023),
            actor=writer, start_on=date(2023, 1, 1), due_on=date(2023, 6, 30),
        )  # fmt: skip
        assert not permissions.can_bin_task(writer, Task.objects.get(pk=agreed.pk))

    def test_a_task_added_after_the_program_was_agreed_can_still_be_deleted(self, program, secretary):
        with clock.standing_at(clock.now() + timedelta(hours=1)):
            late = make_task(program, title="Phát sinh, nhập nhầm")
        lists.bin_task(late, actor=secretary)
        assert not Task.objects.exists()

    def test_only_whoever_may_edit_it_deletes_and_restores_it(self, draft, writer):
        task = make_task(draft)
        other = official_of(draft.parties.last().agency)
        with pytest.raises(NotAllowed):
            lists.bin_task(task, actor=other)
        lists.bin_task(task, actor=writer)
        with pytest.raises(NotAllowed):
            lists.restore_task(task, actor=other)

    def test_a_deleted_task_of_another_unit_answers_as_a_missing_one(self, draft, writer, sign_in):
        foreign = make_program("draft", unit=make_unit())
        task = lists.bin_task(make_task(foreign), actor=secretary_of(foreign.drafting_agency))
        client = sign_in(writer)
        for code in (task.slug, "khong-co"):
            assert client.post(f"/nhiem-vu/da-xoa/{code}/khoi-phuc/").status_code == 404
        assert task.title not in client.get("/nhiem-vu/da-xoa/").content.decode()


class TestReminding:
    @pytest.fixture(autouse=True)
    def mail(self, settings):
        settings.MAIL_ON = True

    @pytest.fixture
    def led(self, program):
        """Two tasks of the last party and the official who leads them, who has an address."""
        lead = program.parties.last().agency
        official = official_of(lead)
        official.user.__class__.objects.filter(pk=official.user_id).update(email="chuyen-vien@coquan.example")
        return [make_task(program, title=f"Bên kia chủ trì {number}", lead=lead) for number in range(2)]

    def test_each_person_gets_one_letter_about_all_of_their_tasks(self, secretary, led):
        change = lists.remind_leads(led, actor=secretary, note="Báo cáo trước thứ Sáu")
        letter = OutgoingMail.objects.get()
        assert letter.to == "chuyen-vien@coquan.example"
        for task in led:
            assert task.title in letter.body
            assert f"https://phoi-hop.example/nhiem-vu/{task.slug}/" in letter.body
        assert "Báo cáo trước thứ Sáu" in letter.body
        assert list(change.rows.values_list("told", flat=True)) == [1, 1]

    def test_nobody_is_reminded_of_a_task_twice_a_day(self, secretary, led):
        lists.remind_leads(led[:1], actor=secretary)
        with pytest.raises(RuleBroken):
            lists.remind_leads(led, actor=secretary)
        assert OutgoingMail.objects.count() == 1
        with clock.standing_at(clock.now() + timedelta(days=1)):
            lists.remind_leads(led, actor=secretary)
        assert OutgoingMail.objects.count() == 2

    def test_where_nobody_can_be_told_the_page_says_so(self, program, secretary, sign_in):
        task = make_task(program, lead=program.parties.last().agency)
        change = lists.remind_leads([task], actor=secretary)
        assert not OutgoingMail.objects.exists()
        assert BulkChangeRow.objects.get().told == 0
        page = sign_in(secretary).get(f"/nhiem-vu/hang-loat/{change.pk}/").content.decode()
        assert said("Nobody could be reminded: no official of the lead agency has an e-mail address.") in page

    def test_one_does_not_remind_oneself(self, secretary, three):
        assert not permissions.can_remind_lead(secretary, three[0])

    def test_line_breaks_in_a_title_or_a_note_make_no_header_abuse_38(self, secretary, led):
        lists.remind_leads(led[:1], actor=secretary, note="a\r\nBcc: x@example.com")
        assert "\n" not in OutgoingMail.objects.get().subject
