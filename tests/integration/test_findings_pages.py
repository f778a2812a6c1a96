"""The pages of findings: what each reader sees, what is typed is kept, in how many queries."""

from datetime import date

import pytest
from django.urls import reverse

from agencies.access.enums import Role
from coordination.findings import services as findings
from coordination.findings.enums import FindingKind, Remedy
from coordination.findings.models import Finding
from coordination.tasks.models import Task
from tests.factories.evaluations import keeper_of, make_round
from tests.factories.findings import leader_over, make_limitation, next_program
from tests.factories.people import make_agency, make_member
from tests.factories.programs import make_area, make_program

pytestmark = pytest.mark.django_db
KEY = "2022"


@pytest.fixture
def program(signed_program):
    return signed_program


@pytest.fixture
def secretary(program):
    return keeper_of(program)


@pytest.fixture
def round(program):
    return make_round(programs=[program], cut_off_on=date(2022, 3, 28))


@pytest.fixture
def client(secretary, sign_in):
    return sign_in(secretary)


def address(name: str, *place) -> str:
    return reverse(f"coordination:{name}", args=[KEY, *place])


class TestReading:
    def test_the_register_shows_what_the_reader_sees_and_no_more(self, round, client):
        """A limitation of an evaluation elsewhere, which could leak, is neither listed nor counted."""
        make_limitation(round, heading="Của mình")
        make_limitation(make_round(programs=[make_program("signed")]), heading="Của đơn vị khác")
        answer = client.get(reverse("coordination:limitation-list"))
        assert [row.finding.heading for row in answer.context["listed"].rows] == ["Của mình"]
        assert answer.context["listed"].views[0].count == 1
        assert "Của đơn vị khác" not in answer.content.decode()

    def test_each_part_of_the_register_lists_what_it_counts(self, round, client):
        for remedy in (Remedy.OPEN, Remedy.GIVEN, Remedy.WAIVED):
            make_limitation(round, remedy, heading=remedy.value)
        first = client.get(reverse("coordination:limitation-list"))
        for view in first.context["listed"].views:
            answer = client.get(reverse("coordination:limitation-list") + view.query)
            assert len(answer.context["listed"].rows) == view.count

    def test_an_address_that_says_nothing_narrows_nothing(self, round, client):
        make_limitation(round)
        answer = client.get(reverse("coordination:limitation-list"), {"year": "٢٠٢٢", "remedy": "x", "page": "a\x00"})
        assert len(answer.context["listed"].rows) == 1

    @pytest.mark.parametrize("count", [1, 3])
    def test_the_register_takes_the_same_number_of_queries(self, round, client, count, django_assert_max_num_queries):
        for _number in range(count):
            make_limitation(round)
        with django_assert_max_num_queries(24):
            client.get(reverse("coordination:limitation-list"))

    @pytest.mark.parametrize("count", [1, 3])
    def test_the_findings_of_a_round_take_the_same_number_of_queries(
        self, round, client, secretary, count, django_assert_max_num_queries
    ):
        for _number in range(count):
            limitation = make_limitation(round)
            findings.add_finding(
                round, actor=secretary, kind=FindingKind.LESSON, text="Sớm hơn", of_limitation=limitation
            )
        with django_assert_max_num_queries(26):
            client.get(address("evaluation-findings"))

    def test_strangers_get_nothing(self, round, sign_in):
        make_limitation(round)
        stranger = sign_in(make_member(make_agency(round.unit, "ngoai"), Role.SECRETARY))
        for name in ("finding-detail", "finding-edit", "limitation-remedy", "limitation-waive"):
            assert stranger.get(address(name, 1)).status_code == 404
        for name in ("finding-edit", "finding-remove", "limitation-remedy", "limitation-waive", "limitation-reopen"):
            assert stranger.post(address(name, 1), {"reason": "x"}).status_code == 404


class TestWriting:
    def test_asked_for_one_kind_it_asks_for_nothing_else(self, round, client):
        form = client.get(address("evaluation-finding"), {"kind": "strength"}).context["form"]
        assert {"repeats", "cause_kind", "of_limitation", "addressee", "addressee_words"}.isdisjoint(form.fields)
        client.post(f"{address('evaluation-finding')}?kind=strength", {"kind": "strength", "text": "Phối hợp tốt"})
        assert round.findings.get().text == "Phối hợp tốt"

    def test_two_who_change_one_are_told_apart_and_nothing_is_lost(self, round, client, secretary):
        limitation = make_limitation(round)
        findings.edit_finding(limitation, actor=secretary, revision=1, kind="limitation", text="Của người khác")
        sent = {"kind": "limitation", "text": "Của tôi", "revision": "1"}
        answer = client.post(address("finding-edit", 1), sent)
        page = answer.content.decode()
        assert answer.status_code == 409
        assert "Của tôi" in page and "Của người khác" in page
        client.post(address("finding-edit", 1), sent | {"revision": "2"})
        limitation.refresh_from_db()
        assert limitation.text == "Của tôi"

    def test_what_hangs_on_another_is_not_removed_and_the_page_says_why(self, round, client, secretary):
        limitation = make_limitation(round)
        findings.add_finding(round, actor=secretary, kind=FindingKind.LESSON, text="Sớm", of_limitation=limitation)
        assert client.post(address("finding-remove", 1)).status_code == 422
        assert client.post(address("finding-remove", 2)).status_code == 302
        assert list(round.findings.all()) == [limitation]


class TestRemedies:
    def test_a_task_is_created_from_here_once_and_tied(self, round, program, client, secretary):
        limitation, following = make_limitation(round), next_program(program)
        answer = client.get(address("limitation-task", 1))
        sent = {
            "program": following.pk,
            "title": answer.context["form"]["title"].value(),
            "area": make_area(following.unit).pk,
            "lead": program.drafting_agency_id,
            "due_on": "30/6/2023",
            "form_token": answer.context["token"],
        }
        for _click in range(2):
            assert client.post(address("limitation-task", 1), sent)["Location"] == address("finding-detail", 1)
        task = Task.objects.get(program=following)
        assert (task.title, task.note) == (f"Khắc phục: {limitation.text}", limitation.text)
        assert Finding.objects.get(pk=limitation.pk).remedied_by == task

    def test_a_leader_waives_with_a_reason_everybody_reads(self, round, program, client, sign_in):
        make_limitation(round)
        leader = sign_in(leader_over(program))
        assert client.post(address("limitation-waive", 1), {"reason": "Không còn"}).status_code == 403
        assert leader.post(address("limitation-waive", 1), {"reason": " "}).status_code == 422
        leader.post(address("limitation-waive", 1), {"reason": "Nguyên nhân đã hết"})
        assert "Nguyên nhân đã hết" in client.get(address("finding-detail", 1)).content.decode()

    def test_another_finding_has_no_such_page(self, round, client, secretary):
        findings.add_finding(round, actor=secretary, kind=FindingKind.STRENGTH, text="Tốt")
        assert client.get(address("limitation-remedy", 1)).status_code == 404
        assert client.get(address("finding-detail", 1 << 40)).status_code == 404
