"""Conclusions typed once, changed, ordered, and turned into tasks with their lineage in one act."""

from datetime import date

import pytest
from django.urls import reverse

from agencies.access.enums import Role
from agencies.directory.services import end_agency
from agencies.models import AgencySuccession
from agencies.units.enums import SuccessionKind
from coordination.conferences import services as conferences
from coordination.conferences.enums import ConclusionStanding
from coordination.conferences.models import Conclusion, ConclusionTask, Conference
from coordination.conferences.queries import conclusion_rows, conferences_waiting
from coordination.tasks import services as tasks
from coordination.tasks.enums import TaskOrigin
from coordination.tasks.models import Task
from records import clock
from records.audit.queries import entries_about
from records.errors import Conflict, NotAllowed, RuleBroken
from reports.documents.conclusion_notice import conclusion_notice
from tests.factories.conferences import make_conference
from tests.factories.people import make_agency, make_member
from tests.factories.programs import make_area, make_program, secretary_of
from tests.factories.tasks import make_draft, make_task

pytestmark = pytest.mark.django_db
SAID = "Làm tốt công tác phòng, chống dịch."


@pytest.fixture
def program(signed_program):
    return signed_program


@pytest.fixture
def secretary(program):
    return secretary_of(program.drafting_agency)


@pytest.fixture
def parties(program):
    return [party.agency for party in program.parties.select_related("agency").order_by("letterhead_order")]


@pytest.fixture
def conference(program, secretary):
    return make_conference("running", organiser=program.drafting_agency, actor=secretary, signs=[program])


def conclude(conference, actor, text=SAID, **said) -> Conclusion:
    return conferences.conclude(conference, actor=actor, text=text, **said)


def address(conference: Conference, name: str, *args) -> str:
    return reverse(f"coordination:conference-{name}", args=[conference.slug, *args])


def standings(conference, actor) -> list[ConclusionStanding]:
    return [row.standing for row in conclusion_rows(actor, conference)]


class TestWords:
    def test_a_change_keeps_the_old_words_in_the_log(self, conference, secretary, parties):
        said = conclude(conference, secretary)
        conferences.edit_conclusion(said, actor=secretary, revision=1, text="Sửa", agencies=parties[:1])
        last = entries_about(said).order_by("-sequence").first()
        assert (last.before["text"], last.after["text"]) == (SAID, "Sửa")
        assert [one["name"] for one in last.after["agencies"]] == [str(parties[0])]

    def test_two_who_change_one_are_told_apart(self, conference, secretary, sign_in):
        said = conclude(conference, secretary)
        conferences.edit_conclusion(said, actor=secretary, revision=1, text="Của người khác")
        url = address(conference, "conclusion", said.position)
        answer = sign_in(secretary).post(url, {"text": "Của tôi", "revision": "1"})
        page = answer.content.decode()
        assert answer.status_code == 409
        assert "Của tôi" in page and "Của người khác" in page
        with pytest.raises(Conflict):
            conferences.edit_conclusion(said, actor=secretary, revision=1, text="Của tôi")

    def test_order_is_changed_by_one_place_and_no_further(self, conference, secretary):
        first, _second, third = (conclude(conference, secretary, text) for text in ("Một", "Hai", "Ba"))
        conferences.move_conclusion(third, actor=secretary, up=True)
        conferences.move_conclusion(first, actor=secretary, up=True)
        assert list(conference.conclusions.values_list("text", flat=True)) == ["Một", "Ba", "Hai"]

    def test_one_that_became_a_task_is_not_removed(self, conference, secretary, program):
        said, other = conclude(conference, secretary), conclude(conference, secretary, "Nhầm")
        conferences.link_task(said, make_task(program), actor=secretary)
        with pytest.raises(RuleBroken):
            conferences.remove_conclusion(said, actor=secretary)
        conferences.remove_conclusion(other, actor=secretary)
        assert list(conference.conclusions.all()) == [said]

    def test_is_removed_on_a_page_that_asks_first(self, conference, secretary, sign_in):
        said = conclude(conference, secretary)
        client, url = sign_in(secretary), address(conference, "conclusion-remove", said.position)
        assert SAID in client.get(url).content.decode()
        assert Conclusion.objects.filter(pk=said.pk).exists()
        assert client.post(url).status_code == 302
        assert not Conclusion.objects.filter(pk=said.pk).exists()


class TestStanding:
    def test_is_waiting_until_a_task_carries_it_out_and_again_once_that_is_cancelled(
        self, conference, secretary, program
    ):
        said, task = conclude(conference, secretary), make_task(program)
        assert standings(conference, secretary) == [ConclusionStanding.WAITING]
        conferences.link_task(said, task, actor=secretary)
        assert standings(conference, secretary) == [ConclusionStanding.GIVEN]
        tasks.cancel(task, actor=secretary, reason="Không còn phù hợp", decision="Công văn 5/UBND ngày 30/3/2022")
        assert standings(conference, secretary) == [ConclusionStanding.WAITING]
        assert list(Conclusion.objects.untasked()) == [said]

    def test_is_settled_with_a_reason_and_a_task_ends_that(self, conference, secretary, program):
        said = conclude(conference, secretary)
        with pytest.raises(RuleBroken) as refused:
            conferences.settle_conclusion(said, actor=secretary, reason=" ")
        assert refused.value.field == "reason"
        conferences.settle_conclusion(said, actor=secretary, reason="Chỉ đạo chung")
        assert standings(conference, secretary) == [ConclusionStanding.SETTLED]
        assert not Conclusion.objects.untasked().exists()
        conferences.link_task(said, make_task(program), actor=secretary)
        said.refresh_from_db()
        assert (said.settled_at, said.settled_reason) == (None, "")

    def test_a_task_that_was_cancelled_is_neither_offered_nor_tied(self, conference, secretary, program, sign_in):
        conclusion, task = conclude(conference, secretary), make_task(program)
        tasks.cancel(task, actor=secretary, reason="Không còn phù hợp", decision="Công văn 5/UBND ngày 30/3/2022")
        task.refresh_from_db()
        form = sign_in(secretary).get(address(conference, "task", conclusion.position)).context["form"]
        assert task not in form.fields["task"].queryset
        with pytest.raises(RuleBroken) as refused:
            conferences.link_task(conclusion, task, actor=secretary)
        assert refused.value.field == "task"
        assert standings(conference, secretary) == [ConclusionStanding.WAITING]

    def test_a_task_is_untied_and_stays(self, conference, secretary, program):
        said, task = conclude(conference, secretary), make_task(program)
        conferences.link_task(said, task, actor=secretary)
        conferences.unlink_task(said, task, actor=secretary)
        assert not ConclusionTask.objects.exists()
        assert Task.objects.filter(pk=task.pk).exists()

    def test_what_waits_follows_leaders_and_keepers(self, conference, secretary, parties):
        conclude(conference, secretary, agencies=parties[1:2])
        conclude(conference, secretary)
        leader, other, official = (
            make_member(parties[1], Role.LEADER),
            make_member(parties[2], Role.LEADER),
            make_member(parties[1], Role.OFFICIAL),
        )
        waiting = {who: [one.waiting for one in conferences_waiting(who, most=5)] for who in (secretary, leader, other)}
        assert waiting == {secretary: [2], leader: [1], other: []}
        assert conferences_waiting(official, most=5) == []


class TestTriage:
    def asked(self, conclusion, program, **facts) -> conferences.TaskAsked:
        draft = make_draft(program, origin=TaskOrigin.CONCLUSION, **facts)
        return conferences.TaskAsked(conclusion, program, draft)

    def test_one_conclusion_becomes_three_tasks_with_their_lineage(self, conference, secretary, program):
        said = conclude(conference, secretary)
        names = ["Nông thôn mới nâng cao", "Nông thôn mới kiểu mẫu", "Chỉnh trang đô thị"]
        conferences.turn_into_tasks(
            conference, actor=secretary, asked=[self.asked(said, program, title=name) for name in names]
        )
        made = list(said.tasks.order_by("code"))
        assert [(task.title, task.origin) for task in made] == [(name, TaskOrigin.CONCLUSION) for name in names]
        assert all(link.linked_by == secretary for link in said.task_links.all())

    def test_one_refused_and_none_is_made(self, conference, secretary, program):
        first, second = conclude(conference, secretary), conclude(conference, secretary, "Hai")
        asked = [self.asked(first, program), self.asked(second, program, title=" ")]
        with pytest.raises(conferences.RowRefused) as refused:
            conferences.turn_into_tasks(conference, actor=secretary, asked=asked)
        assert (refused.value.row, refused.value.field) == (1, "title")
        assert not Task.objects.filter(program=program).exists()
        assert Conclusion.objects.untasked().count() == 2

    def test_another_conferences_conclusion_is_not_turned_here(self, conference, secretary, program):
        elsewhere = make_conference(
            "running", organiser=program.drafting_agency, actor=secretary, half_day="morning", signs=[program]
        )
        said = conclude(elsewhere, secretary)
        with pytest.raises(Conclusion.DoesNotExist):
            conferences.turn_into_tasks(conference, actor=secretary, asked=[self.asked(said, program)])

    def test_whoever_may_not_keep_the_record_makes_nothing(self, conference, secretary, program, parties):
        said = conclude(conference, secretary)
        with pytest.raises(NotAllowed):
            conferences.turn_into_tasks(
                conference, actor=make_member(parties[1], Role.SECRETARY), asked=[self.asked(said, program)]
            )
        assert not Task.objects.filter(program=program).exists()


class TestTriagePage:
    @pytest.fixture
    def client(self, secretary, sign_in):
        return sign_in(secretary)

    def form(self, answer) -> dict:
        """What a browser would send of the page as it was shown."""
        sent = {"form_token": answer.context["token"]}
        for row in answer.context["triage"].rows:
            sent |= {row.name: "1"} if row.is_ticked else {}
            sent[f"{row.name}-tasks"] = str(row.tasks)
            for form in row.forms:
                values = {name: form[name].value() for name in form.fields}
                sent |= {form.add_prefix(name): "" if value is None else value for name, value in values.items()}
        return sent

    def names(self, conference) -> list[str]:
        """What the rows of the page are called."""
        return [f"k{conclusion.pk}" for conclusion in conference.conclusions.all()]

    def test_proposes_title_agency_program_and_day(self, conference, secretary, client, program, parties):
        conclude(conference, secretary, agencies=parties[1:], due_on=date(2022, 6, 30))
        form = client.get(address(conference, "triage")).context["triage"].rows[0].forms[0]
        assert (form["title"].value(), form["lead"].value(), form["program"].value(), form["due_on"].value()) == (
            SAID.rstrip("."), parties[1].pk, program.pk, date(2022, 6, 30),
        )  # fmt: skip
        assert form["coordinators"].value() == [parties[2].pk]

    def test_an_agency_that_is_no_party_coordinates_and_the_first_party_leads(
        self, conference, secretary, client, program, parties
    ):
        office = make_agency(program.unit, "phong-tnmt", "Phòng Tài nguyên và Môi trường", protocol_order=1)
        conclude(conference, secretary, agencies=[office, parties[1]])
        answer = client.get(address(conference, "triage"))
        form = answer.context["triage"].rows[0].forms[0]
        assert (form["lead"].value(), form["coordinators"].value()) == (parties[1].pk, [office.pk])
        (name,) = self.names(conference)
        client.post(address(conference, "triage"), self.form(answer) | {f"{name}-0-area": make_area(program.unit).pk})
        roles = Task.objects.get(program=program).roles
        assert (roles.get(kind="lead").agency, roles.get(kind="coordinator").agency) == (parties[1], office)

    def test_all_ticked_become_tasks_at_once_and_sent_twice_only_once(
        self, conference, secretary, client, program, parties
    ):
        area = make_area(program.unit)
        for text in ("Một", "Hai", "Ba"):
            conclude(conference, secretary, text, agencies=parties[:1])
        sent = self.form(client.get(address(conference, "triage")))
        first, _second, third = names = self.names(conference)
        sent |= {f"{name}-0-area": area.pk for name in names} | {f"{first}-0-due_on": "30/6/2022"}
        del sent[third]
        for _click in range(2):
            answer = client.post(address(conference, "triage"), sent)
            assert answer["Location"] == address(conference, "conclusions")
        made = list(Task.objects.filter(program=program).order_by("code"))
        assert [(task.title, task.due_on) for task in made] == [
            ("Một", date(2022, 6, 30)), ("Hai", program.period_end),
        ]  # fmt: skip
        assert list(Conclusion.objects.untasked().values_list("text", flat=True)) == ["Ba"]

    def test_mistakes_are_shown_all_at_once_and_what_was_typed_is_kept(self, conference, secretary, client, parties):
        for text in ("Một", "Hai"):
            conclude(conference, secretary, text, agencies=parties[:1])
        sent = self.form(client.get(address(conference, "triage")))
        one, two = self.names(conference)
        sent |= {f"{one}-0-due_on": "31/02/2022", f"{two}-0-title": "", f"{one}-0-deliverable": "Báo cáo tuần"}
        answer = client.post(address(conference, "triage"), sent)
        assert answer.status_code == 422
        page = answer.content.decode()
        assert "Báo cáo tuần" in page and "31/02/2022" in page
        assert all(f'href="#id_{name}"' in page for name in (f"{one}-0-due_on", f"{one}-0-area", f"{two}-0-title"))
        assert not Task.objects.exists()

    def test_what_the_service_refuses_stands_in_its_row(self, conference, secretary, client, program, parties):
        area = make_area(program.unit)
        conclude(conference, secretary, agencies=parties[:1])
        sent = self.form(client.get(address(conference, "triage")))
        (name,) = self.names(conference)
        sent |= {f"{name}-0-area": area.pk, f"{name}-0-due_on": "30/6/2031"}
        answer = client.post(address(conference, "triage"), sent)
        assert answer.status_code == 422
        assert answer.context["triage"].rows[0].forms[0].errors["due_on"]
        assert not Task.objects.exists()

    def test_one_more_task_keeps_what_was_typed_and_saves_nothing(self, conference, secretary, client, parties):
        conclude(conference, secretary, agencies=parties[:1])
        sent = self.form(client.get(address(conference, "triage")))
        (name,) = self.names(conference)
        sent |= {f"{name}-0-title": "Việc thứ nhất", "more": name}
        answer = client.post(address(conference, "triage"), sent)
        assert answer.status_code == 200
        first, second = answer.context["triage"].rows[0].forms
        assert (first["title"].value(), second["lead"].value()) == ("Việc thứ nhất", parties[0].pk)
        assert not Task.objects.exists()

    def test_an_agency_that_ended_is_named_and_its_successor_proposed(
        self, conference, secretary, client, program, parties
    ):
        heir = make_agency(program.unit, "ke-thua", "Ban Tuyên giáo và Dân vận")
        ended, day = parties[2], clock.today()
        area = make_area(program.unit)
        conclude(conference, secretary, agencies=[ended])
        end_agency(ended, last_day=day)
        AgencySuccession.objects.create(
            predecessor=ended, successor=heir, kind=SuccessionKind.MERGED, effective_on=day, decision="Quyết định số 5"
        )
        with clock.standing_at(clock.at(date(2022, 4, 4), 9)):
            answer = client.get(address(conference, "triage"))
            form = answer.context["triage"].rows[0].forms[0]
            assert form["lead"].value() == heir.pk
            assert "Ban Tuyên giáo và Dân vận" in " ".join(answer.context["triage"].rows[0].proposed.notes)
            (name,) = self.names(conference)
            sent = self.form(answer) | {f"{name}-0-area": area.pk, f"{name}-0-lead": ended.pk}
            refused = client.post(address(conference, "triage"), sent)
            assert refused.status_code == 422
            assert "Ban Tuyên giáo và Dân vận" in str(refused.context["triage"].rows[0].forms[0].errors["lead"])
            client.post(address(conference, "triage"), sent | {f"{name}-0-lead": heir.pk})
        assert Task.objects.get(program=program).roles.get(kind="lead").agency == heir

    def test_where_units_were_merged_the_task_may_go_into_a_program_of_the_new_one(
        self, conference, secretary, program, sign_in
    ):
        """The organiser ended with its unit; whoever took it over gives its conclusion out, in either program."""
        after, day = make_program("signed", parties=2), clock.today()
        heir, area = after.drafting_agency, make_area(after.unit)
        conclude(conference, secretary, agencies=[program.drafting_agency])
        end_agency(program.drafting_agency, last_day=day)
        AgencySuccession.objects.create(
            predecessor=program.drafting_agency, successor=heir, kind=SuccessionKind.MERGED, effective_on=day,
            decision="Quyết định số 5",
        )  # fmt: skip
        with clock.standing_at(clock.at(date(2022, 4, 4), 9)):
            keeper = secretary_of(heir)
            client = sign_in(keeper)
            page = address(conference.addressed_for(keeper), "triage")
            answer = client.get(page)
            form = answer.context["triage"].rows[0].forms[0]
            assert form["lead"].value() == heir.pk
            assert {pk for pk, _label in form.fields["program"].choices} == {"", program.pk, after.pk}
            (name,) = self.names(conference)
            sent = {f"{name}-0-area": area.pk, f"{name}-0-program": after.pk}
            client.post(page, self.form(answer) | sent)
        assert Task.objects.get(program=after).conclusions.get().conference == conference

    def test_the_order_changed_meanwhile_gives_each_conclusion_its_own_task(
        self, conference, secretary, client, program, parties
    ):
        area = make_area(program.unit)
        first, second = (conclude(conference, secretary, text, agencies=parties[:1]) for text in ("Một", "Hai"))
        sent = self.form(client.get(address(conference, "triage")))
        sent |= {f"{name}-0-area": area.pk for name in self.names(conference)}
        conferences.move_conclusion(second, actor=secretary, up=True)
        client.post(address(conference, "triage"), sent)
        assert [one.tasks.get().title for one in (first, second)] == ["Một", "Hai"]

    @pytest.mark.parametrize("count", [1, 3])
    def test_takes_the_same_number_of_queries(
        self, conference, secretary, client, parties, count, django_assert_max_num_queries
    ):
        for number in range(count):
            conclude(conference, secretary, f"Kết luận {number}", agencies=parties[:1])
        with django_assert_max_num_queries(60):
            client.get(address(conference, "triage"))

    def test_strangers_get_nothing(self, conference, sign_in):
        stranger = secretary_of(make_program("signed").drafting_agency)
        assert sign_in(stranger).get(address(conference, "triage")).status_code == 404


def test_the_notice_names_agencies_by_precedence_whenever_they_were_named(conference, secretary, parties):
    first, second, third = parties
    conclude(conference, secretary, "Một", agencies=[third])
    conclude(conference, secretary, "Hai", agencies=[third, second])
    conclude(conference, secretary, "Ba", agencies=[second, first])
    notice = conclusion_notice(Conference.objects.get(pk=conference.pk), day=clock.today())
    said = [block.text for one in notice.sections[-1].children for block in one.blocks[1:]]
    assert said[1:] == [
        "Cơ quan thực hiện: Bên thứ 2 và Bên thứ 3.",
        "Cơ quan thực hiện: Bên thứ 1 và Bên thứ 2.",
    ]
    assert [line for line in notice.recipients.lines if line.startswith("Bên")] == [
        "Bên thứ 1",
        "Bên thứ 2",
        "Bên thứ 3",
    ]
