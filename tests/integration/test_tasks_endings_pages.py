"""The page on which a task is suspended, resumed or cancelled, and the ways there."""

from datetime import date

import pytest

from agencies.access.enums import Role
from coordination.tasks import services as tasks
from coordination.tasks.enums import TaskState
from coordination.tasks.models import Task
from coordination.tasks.queries import with_everything
from tests.factories.people import make_member
from tests.factories.programs import make_program, secretary_of
from tests.factories.tasks import make_following, make_task, official_of
from tests.factories.wording import said

pytestmark = pytest.mark.django_db
TODAY, DUE, LATER = date(2022, 3, 30), date(2022, 4, 15), date(2022, 6, 30)
WHY, PAPER = "Chờ điều chỉnh quy hoạch", "Quyết định số 15/QĐ-UBND ngày 30/3/2022"
GROUNDS = {"reason": WHY, "decision": PAPER}


@pytest.fixture
def program(signed_program):
    return signed_program


@pytest.fixture
def task(program):
    return make_task(program, "in_progress")


@pytest.fixture
def official(program):
    return official_of(program.parties.first().agency)


@pytest.fixture
def secretary(program):
    return secretary_of(program.drafting_agency)


def fresh(task: Task) -> Task:
    return with_everything(Task.objects.filter(pk=task.pk)).get()


class TestPage:
    """The page of a decision, and the way there."""

    def test_suspending_resuming_and_cancelling_on_the_page(self, task, secretary, sign_in):
        client, url = sign_in(secretary), f"/nhiem-vu/{task.slug}/dung/"
        assert f'href="{url}"' in client.get(f"/nhiem-vu/{task.slug}/").content.decode()
        page = client.get(url).content.decode()
        assert 'value="suspend"' in page and 'value="cancel"' in page and 'value="resume"' not in page
        assert 'name="new_due_on"' not in page
        lacking = client.post(url, {"stop": "suspend", "reason": WHY})
        assert lacking.status_code == 422
        assert (
            said("The program is signed: enter number and date of the paper that decides this")
            in lacking.content.decode()
        )
        twice = {"stop": "suspend", "reason": WHY, "decision": PAPER, "form_token": "hai-lan"}
        assert [client.post(url, twice).status_code for _click in range(2)] == [302, 302]
        assert task.state_changes.filter(to_state="suspended").count() == 1
        assert PAPER in client.get(f"/nhiem-vu/{task.slug}/").content.decode()
        page = client.get(url).content.decode()
        assert 'value="resume"' in page and 'value="suspend"' not in page and 'name="new_due_on"' in page
        assert client.post(url, {"stop": "suspend", "reason": WHY, "decision": PAPER}).status_code == 403
        on = {"stop": "resume", "reason": "Đã có quy hoạch", "new_due_on": "30/6/2022"}
        assert client.post(url, on).status_code == 302
        assert (fresh(task).state, fresh(task).due_on) == (TaskState.IN_PROGRESS, LATER)
        assert client.post(url, {"stop": "cancel", "reason": WHY, "decision": PAPER}).status_code == 302
        assert fresh(task).state == TaskState.CANCELLED
        assert client.get(url).status_code == 403

    def test_the_page_names_what_comes_after_and_what_is_asked(self, program, task, official, secretary, sign_in):
        second = make_following(task, actor=official)
        tasks.ask_extension(task, actor=official, wanted_due_on=LATER, reason="Chờ phương án")
        page = sign_in(secretary).get(f"/nhiem-vu/{task.slug}/dung/").content.decode()
        assert f'href="/nhiem-vu/{second.slug}/"' in page
        assert "30/6/2022" in page

    def test_the_lead_is_told_who_decides(self, task, official, sign_in):
        client = sign_in(official)
        assert f"/nhiem-vu/{task.slug}/dung/" not in client.get(f"/nhiem-vu/{task.slug}/").content.decode()
        refused = client.get(f"/nhiem-vu/{task.slug}/dung/")
        assert refused.status_code == 403
        words = said("The secretary of the drafting agency, or the confirming agency, suspends and cancels tasks.")
        assert words in refused.content.decode()

    def test_a_stopped_task_costs_one_query_more(
        self, task, official, secretary, sign_in, django_assert_max_num_queries
    ):
        tasks.suspend(task, actor=secretary, **GROUNDS)
        client = sign_in(official)
        with django_assert_max_num_queries(22):
            assert client.get(f"/nhiem-vu/{task.slug}/").status_code == 200

    def test_the_task_page_leads_to_deleting_where_that_is_allowed(self, sign_in):
        program = make_program("draft")
        task = make_task(program)
        link = f"/nhiem-vu/hang-loat/?act=bin&amp;task={task.slug}"
        writer = sign_in(official_of(program.parties.first().agency))
        assert link in writer.get(f"/nhiem-vu/{task.slug}/").content.decode()
        assert writer.get(f"/nhiem-vu/hang-loat/?act=bin&task={task.slug}").status_code == 200
        leader = sign_in(make_member(program.parties.first().agency, Role.LEADER))
        assert link not in leader.get(f"/nhiem-vu/{task.slug}/").content.decode()

    def test_work_that_has_begun_is_not_offered_for_deletion(self, task, official, sign_in):
        assert "act=bin" not in sign_in(official).get(f"/nhiem-vu/{task.slug}/").content.decode()
