"""The conference pages: what is shown to whom, and what mistaken and crafted input does."""

import unicodedata
from datetime import date

import pytest
from django.urls import reverse

from agencies.access.enums import Role
from coordination.conferences import services as conferences
from coordination.conferences.enums import AgendaState, ConferenceState, HalfDay
from coordination.conferences.models import AgendaItem, Attendance, Conclusion, ConclusionTask, Conference
from records.audit.enums import AuditAction
from records.audit.models import AuditEntry
from records.errors import RuleBroken
from tests.factories.conferences import make_conference
from tests.factories.people import make_agency, make_member, make_unit
from tests.factories.programs import make_parties, make_program, secretary_of
from tests.factories.tasks import make_task

pytestmark = pytest.mark.django_db
TABS = ("detail", "people", "documents", "minutes", "conclusions")


@pytest.fixture
def program():
    return make_program("signing", parties=3, signed=1)


@pytest.fixture
def keeper(program):
    return secretary_of(program.drafting_agency)


@pytest.fixture
def conference(program, keeper):
    return make_conference("running", organiser=program.drafting_agency, actor=keeper, signs=[program])


@pytest.fixture
def party(program):
    return make_member(program.parties.last().agency, Role.OFFICIAL)


def address(name: str, conference: Conference | None = None, *more) -> str:
    return reverse(f"coordination:conference-{name}", args=[conference.slug, *more] if conference else [])


class TestReading:
    def test_coming_and_past_are_told_apart(self, keeper, program, sign_in):
        days = [date(2022, 12, 1), date(2022, 5, 1), date(2021, 3, 1), date(2022, 3, 1)]
        for day in days:
            make_conference(organiser=program.drafting_agency, actor=keeper, held_on=day)
        lists = sign_in(keeper).get(address("list")).context["lists"]
        assert [each.held_on for each in lists.coming] == [days[1], days[0]]
        assert [each.held_on for each in lists.past] == [days[3], days[2]]

    def test_none_yet_says_so(self, keeper, sign_in):
        page = sign_in(keeper).get(address("list")).content.decode()
        assert "Chưa có hội nghị" in page
        assert address("create") in page

    @pytest.mark.parametrize("tab", TABS)
    def test_every_part_is_seen_by_a_party_and_by_no_stranger(self, conference, party, sign_in, tab):
        assert sign_in(party).get(address(tab, conference)).status_code == 200
        stranger = make_member(make_agency(conference.unit, "ngoai"), Role.SECRETARY)
        assert sign_in(stranger).get(address(tab, conference)).status_code == 404

    @pytest.mark.parametrize("tab", (*TABS, "records", "history"))
    def test_every_part_opens_before_anything_is_on_the_agenda(self, program, keeper, sign_in, tab):
        planned = make_conference(organiser=program.drafting_agency, actor=keeper, items=0)
        assert sign_in(keeper).get(address(tab, planned)).status_code == 200

    @pytest.mark.parametrize(
        "slug", ["2022-03-30", "2022-03-30-sang", "2022-02-30-chieu", "khong-co", "2022-03-30-toi"]
    )
    def test_an_address_without_a_conference_is_not_found(self, conference, keeper, sign_in, slug):
        assert sign_in(keeper).get(f"/hoi-nghi/{slug}/").status_code == 404

    def test_the_awaited_parties_are_named_before_signing(self, conference, program, party, sign_in):
        page = sign_in(party).get(address("detail", conference)).content.decode()
        assert f"2 bên chưa ký {program.code}" in page
        awaited = list(program.parties.order_by("signing_order"))[1:]
        assert ", ".join(each.agency.current_short_name for each in awaited) in page

    def test_a_program_the_reader_may_not_see_is_not_named(self, conference, keeper, sign_in):
        guest = make_agency(conference.unit, "khach")
        conferences.record_attendance(conference, actor=keeper, group="Khách", agency=guest)
        page = sign_in(make_member(guest)).get(address("documents", conference))
        assert page.context["frame"].links == []
        assert conference.program_links.get().program.code not in page.content.decode()

    def test_tasks_of_a_conclusion_are_named_to_those_who_see_them(self, conference, program, keeper, sign_in):
        conclusion = conferences.conclude(conference, actor=keeper, text="Đẩy mạnh giảm nghèo")
        task = make_task(program)
        conferences.link_task(conclusion, task, actor=keeper)
        conferences.conclude(conference, actor=keeper, text="Chưa giao việc")
        guest = make_agency(conference.unit, "khach")
        conferences.record_attendance(conference, actor=keeper, group="Khách", agency=guest)
        mine = sign_in(keeper).get(address("conclusions", conference)).content.decode()
        assert task.title in mine
        assert mine.count("Chưa chuyển thành nhiệm vụ") == 1
        theirs = sign_in(make_member(guest)).get(address("conclusions", conference)).content.decode()
        assert task.title not in theirs
        assert theirs.count("Chưa chuyển thành nhiệm vụ") == 1

    def test_unknown_numbers_are_never_shown_as_zero(self, conference, keeper, sign_in):
        conferences.record_attendance(conference, actor=keeper, group="Đại biểu")
        page = sign_in(keeper).get(address("detail", conference)).content.decode()
        assert "Chưa rõ số lượng" in page
        assert "0/0" not in page

    @pytest.mark.parametrize("count", [1, 3])
    def test_the_list_keeps_its_budget(self, count, program, keeper, sign_in, django_assert_max_num_queries):
        for day in range(1, count + 1):
            make_conference(organiser=program.drafting_agency, actor=keeper, held_on=date(2022, 4, day))
        client = sign_in(keeper)
        with django_assert_max_num_queries(11):
            assert len(client.get(address("list")).context["lists"].coming) == count

    @pytest.mark.parametrize("tab", TABS)
    @pytest.mark.parametrize("count", [1, 3])
    def test_every_part_keeps_its_budget(self, count, tab, program, keeper, sign_in, django_assert_max_num_queries):
        conference = make_conference(
            "running", organiser=program.drafting_agency, actor=keeper, signs=[program], items=count
        )
        for number in range(count):
            conclusion = conferences.conclude(conference, actor=keeper, text=f"Kết luận {number}")
            conferences.link_task(conclusion, make_task(program), actor=keeper)
            conferences.record_attendance(conference, actor=keeper, group=f"Thành phần {number}", present=1, invited=1)
        client = sign_in(keeper)
        with django_assert_max_num_queries(26):
            assert client.get(address(tab, conference)).status_code == 200


class TestPlanning:
    def data(self, program, **changes):
        return {
            "title": "Hội nghị đánh giá",
            "held_on": "20/12/2022",
            "half_day": HalfDay.MORNING,
            "starts_at": "8h30",
            "review_year": "2022",
            "plan_year": "2023",
            "organiser": program.drafting_agency.pk,
            "signs": [program.pk],
            **changes,
        }

    def test_a_conference_is_planned_with_its_programs(self, program, keeper, sign_in):
        answer = sign_in(keeper).post(address("create"), self.data(program))
        planned = Conference.objects.get()
        assert answer["Location"] == address("detail", planned)
        assert planned.slug == "2022-12-20-sang"
        assert str(planned.starts_at) == "08:30:00"
        assert [link.program for link in planned.program_links.all()] == [program]

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"title": ""}, "title"),
            ({"title": "x" * 100_000}, "title"),
            ({"title": "Hội\x00nghị"}, "title"),
            ({"held_on": "30/2/2022"}, "held_on"),
            ({"held_on": "12/20/2022"}, "held_on"),
            ({"starts_at": "25:00"}, "starts_at"),
            ({"starts_at": "8\x00"}, "starts_at"),
            ({"plan_year": "2021"}, "plan_year"),
            ({"review_year": "hai nghìn"}, "review_year"),
            ({"half_day": "evening"}, "half_day"),
            ({"organiser": "999999"}, "organiser"),
        ],
    )
    def test_wrong_fields_are_said_beside_them_and_nothing_is_kept(self, program, keeper, sign_in, changes, field):
        answer = sign_in(keeper).post(address("create"), self.data(program, **changes))
        assert answer.status_code == 422
        assert field in answer.context["form"].errors
        assert not Conference.objects.exists()

    def test_a_taken_half_day_is_refused(self, program, keeper, sign_in):
        client = sign_in(keeper)
        client.post(address("create"), self.data(program))
        again = client.post(address("create"), self.data(program))
        assert "Buổi này đã có một hội nghị." in again.content.decode()
        assert Conference.objects.count() == 1

    def test_a_program_of_another_unit_is_no_choice(self, program, keeper, sign_in):
        foreign = make_program("signed", unit=make_unit())
        answer = sign_in(keeper).post(address("create"), self.data(program, signs=[foreign.pk]))
        assert set(answer.context["form"].errors) == {"signs"}

    @pytest.mark.parametrize("role", [Role.OFFICIAL, Role.LEADER])
    def test_others_may_not_plan(self, program, sign_in, role):
        client = sign_in(make_member(program.drafting_agency, role))
        assert client.get(address("create")).status_code == 403
        assert client.post(address("create"), self.data(program)).status_code == 403
        assert not Conference.objects.exists()


class TestRunning:
    def test_opening_and_closing_ask_first(self, program, keeper, sign_in):
        conference = make_conference(organiser=program.drafting_agency, actor=keeper)
        client = sign_in(keeper)
        for name, state in (("open", ConferenceState.RUNNING), ("close", ConferenceState.HELD)):
            before = Conference.objects.get().state
            assert client.get(address(name, conference)).status_code == 200
            assert Conference.objects.get().state == before
            assert client.post(address(name, conference)).status_code == 302
            assert Conference.objects.get().state == state

    def test_minutes_are_written_in_composed_text_and_the_item_moves_on(self, conference, keeper, sign_in):
        typed = unicodedata.normalize("NFD", "Các đại biểu thảo luận")
        answer = sign_in(keeper).post(address("item", conference, 1), {"state": AgendaState.RUNNING, "minutes": typed})
        assert answer.status_code == 302
        item = conference.agenda.get(position=1)
        assert (item.state, item.minutes) == (AgendaState.RUNNING, "Các đại biểu thảo luận")

    def test_the_agenda_of_a_held_conference_stays(self, program, keeper, sign_in):
        conference = make_conference("held", organiser=program.drafting_agency, actor=keeper)
        client = sign_in(keeper)
        moved = client.post(address("item", conference, 1), {"state": AgendaState.DONE, "minutes": "x"})
        assert moved.status_code == 422
        added = client.post(address("agenda", conference), {"title": "Thêm", "kind": "speech"})
        assert added.status_code == 403
        assert list(conference.agenda.values_list("state", flat=True)) == [AgendaState.WAITING] * 2
        kept = client.post(address("item", conference, 1), {"state": AgendaState.WAITING, "minutes": "Bổ sung"})
        assert kept.status_code == 302
        assert conference.agenda.get(position=1).minutes == "Bổ sung"

    def test_an_item_of_another_conference_is_not_found(self, conference, keeper, sign_in):
        assert sign_in(keeper).post(address("item", conference, 99), {"state": "done"}).status_code == 404

    @pytest.mark.parametrize(
        ("name", "more", "data"),
        [
            ("people", (), {"group": "Các xã", "present": "9"}),
            ("item", (1,), {"state": "done", "minutes": "x"}),
            ("speech", (), {"kind": "direction", "speaker_name": "A", "speaker_title": "B"}),
            ("conclusions", (), {"text": "x"}),
            ("agenda", (), {"title": "x", "kind": "speech"}),
            ("close", (), {}),
        ],
    )
    def test_posts_of_another_agency_are_refused_and_told_to_the_audit(
        self, conference, program, sign_in, name, more, data
    ):
        other = secretary_of(program.parties.last().agency)
        answer = sign_in(other).post(address(name, conference, *more), data)
        assert answer.status_code == 403
        assert AuditEntry.objects.filter(action=AuditAction.REFUSED, actor_id=other.pk).count() == 1
        conference.refresh_from_db()
        assert conference.state == ConferenceState.RUNNING
        assert not Attendance.objects.exists()
        assert not Conclusion.objects.exists()
        assert set(AgendaItem.objects.values_list("state", "minutes")) == {(AgendaState.WAITING, "")}


class TestAttendance:
    def test_the_same_group_again_corrects_its_row(self, conference, keeper, sign_in):
        client = sign_in(keeper)
        for present in ("7", "8"):
            client.post(address("people", conference), {"group": "Các xã", "invited": "9", "present": present})
        assert list(Attendance.objects.values_list("group", "present")) == [("Các xã", 8)]

    @pytest.mark.parametrize(
        ("counts", "field"),
        [
            ({"invited": "9", "present": "10"}, "present"),
            ({"invited": "9", "present": "8", "excused": "2"}, "excused"),
            ({"present": "3", "substitutes": "4"}, "substitutes"),
            ({"present": "-1"}, "present"),
            ({"present": "chín"}, "present"),
            ({"present": "9" * 400}, "present"),
            ({"group": "  "}, "group"),
        ],
    )
    def test_counts_that_do_not_fit_are_said_beside_them(self, conference, keeper, sign_in, counts, field):
        answer = sign_in(keeper).post(address("people", conference), {"group": "Các xã", **counts})
        assert answer.status_code == 422
        assert field in answer.context["form"].errors
        assert not Attendance.objects.exists()


class TestConclusions:
    @pytest.mark.parametrize(
        ("data", "message"),
        [
            ({"text": ""}, "Nhập kết luận"),
            ({"text": " \n "}, "Nhập kết luận"),
            ({"text": "Giao việc", "due_on": "29/3/2022"}, "Hạn hoàn thành không được trước ngày hội nghị."),
            ({"text": "Giao việc", "due_on": "31/02/2022"}, "Ngày không có thật"),
            ({"text": "Giao\x00việc"}, "ký tự"),
        ],
    )
    def test_what_cannot_stand_is_said_beside_the_field(self, conference, keeper, sign_in, data, message):
        answer = sign_in(keeper).post(address("conclusions", conference), data)
        assert answer.status_code == 422
        assert message in answer.content.decode()
        assert not Conclusion.objects.exists()

    def test_agencies_of_other_units_are_no_choice(self, conference, keeper, sign_in):
        foreign = make_agency(make_unit(), "noi-khac")
        answer = sign_in(keeper).post(address("conclusions", conference), {"text": "x", "agencies": [foreign.pk]})
        assert set(answer.context["form"].errors) == {"agencies"}

    def test_only_tasks_one_sees_are_linked_and_twice_is_once(self, conference, program, keeper, sign_in):
        conferences.conclude(conference, actor=keeper, text="Giảm nghèo")
        mine = make_task(program)
        foreign = make_task(make_program("agreed", agencies=make_parties(make_unit(), 2)))
        client = sign_in(keeper)
        refused = client.post(address("task", conference, 1), {"task": foreign.pk})
        assert refused.status_code == 422
        for _ in range(2):
            assert client.post(address("task", conference, 1), {"task": mine.pk}).status_code == 302
        assert list(ConclusionTask.objects.values_list("task_id", flat=True)) == [mine.pk]
        assert client.post(address("task", conference, 7), {"task": mine.pk}).status_code == 404


def test_an_item_does_not_move_before_the_conference_is_open(program, keeper):
    conference = make_conference(organiser=program.drafting_agency, actor=keeper)
    with pytest.raises(RuleBroken) as refused:
        conferences.advance_agenda(conference.agenda.first(), actor=keeper, state=AgendaState.RUNNING)
    assert refused.value.field == "state"
