"""A later deadline: asked for by the lead agency, granted by moving it, refused with a reason, taken back."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import gettext

from agencies.access.enums import Role
from coordination.tasks import services as tasks
from coordination.tasks.models import DueDateChange, ExtensionRequest, Task
from coordination.tasks.queries import history_of, task_page, with_everything
from records.audit.models import AuditEntry
from records.errors import NotAllowed, RuleBroken
from tests.factories.people import make_member
from tests.factories.programs import secretary_of
from tests.factories.tasks import make_task, official_of
from tests.factories.wording import said

pytestmark = pytest.mark.django_db
TODAY, DUE, WANTED = date(2022, 3, 30), date(2022, 4, 15), date(2022, 5, 31)


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


@pytest.fixture
def asked(task, official):
    return tasks.ask_extension(task, actor=official, wanted_due_on=WANTED, reason="Chờ phương án tái định cư")


def page_of(task, actor):
    return task_page(actor, with_everything(Task.objects.filter(pk=task.pk)).get(), today=TODAY)


def told(page, headline: str) -> str:
    """What stands below one headline of the timeline."""
    return next(event.text for event in page.events if event.headline == headline)


def test_asking_moves_nothing_and_is_told(task, official, asked):
    task.refresh_from_db()
    assert (task.due_on, asked.due_on, asked.is_open) == (DUE, DUE, True)
    entry = AuditEntry.objects.latest("sequence")
    assert (entry.action, entry.after["extension"], entry.after["wanted_due_on"]) == ("changed", "asked", "2022-05-31")
    page = page_of(task, official)
    assert page.extension == asked
    assert told(page, gettext("Asked for the deadline %(day)s") % {"day": "31/5/2022"}) == "Chờ phương án tái định cư"
    assert history_of(task).events[0].text == gettext("Asked for a later deadline")


@pytest.mark.parametrize(
    ("wanted", "reason", "field"),
    [
        (WANTED, "  ", "reason"),
        (DUE, "Chờ", "new_due_on"),
        (date(2022, 4, 1), "Chờ", "new_due_on"),
        (date(2023, 1, 1), "Chờ", "new_due_on"),
    ],
)
def test_what_cannot_be_asked_for(task, official, wanted, reason, field):
    with pytest.raises(RuleBroken) as refused:
        tasks.ask_extension(task, actor=official, wanted_due_on=wanted, reason=reason)
    assert refused.value.field == field
    assert not ExtensionRequest.objects.exists()


def test_one_request_waits_at_a_time(task, official, asked):
    with pytest.raises(RuleBroken):
        tasks.ask_extension(task, actor=official, wanted_due_on=WANTED, reason="Lần nữa")
    with pytest.raises(IntegrityError), transaction.atomic():
        ExtensionRequest.objects.create(
            task=task, due_on=DUE, wanted_due_on=WANTED, reason="x", asked_at=asked.asked_at, by=official
        )


def test_moving_the_deadline_grants_the_request(task, secretary, asked):
    tasks.move_due_date(task, actor=secretary, new_due_on=date(2022, 5, 15), reason="Đồng ý đến giữa tháng")
    asked.refresh_from_db()
    assert (asked.granted, asked.change, asked.decided_by) == (True, DueDateChange.objects.get(), secretary)
    assert Task.objects.get().due_on == date(2022, 5, 15)
    assert not ExtensionRequest.objects.open().exists()


def test_an_earlier_deadline_grants_nothing(task, secretary, asked):
    tasks.move_due_date(task, actor=secretary, new_due_on=date(2022, 4, 1), reason="Làm sớm")
    asked.refresh_from_db()
    assert asked.is_open


def test_refusing_needs_a_reason_and_leaves_the_deadline(task, official, secretary, asked):
    with pytest.raises(RuleBroken) as refused:
        tasks.refuse_extension(asked, actor=secretary, answer=" ")
    assert refused.value.field == "answer"
    tasks.refuse_extension(asked, actor=secretary, answer="Đã gia hạn một lần")
    assert Task.objects.get().due_on == DUE
    refused = gettext("Deadline %(day)s not agreed to") % {"day": "31/5/2022"}
    assert told(page_of(task, official), refused) == "Đã gia hạn một lần"
    again = tasks.ask_extension(task, actor=official, wanted_due_on=WANTED, reason="Có phương án mới")
    with pytest.raises(NotAllowed):
        tasks.refuse_extension(asked, actor=secretary, answer="Lần hai")
    assert again.is_open


def test_a_request_is_taken_back_by_the_agency_that_asked(program, task, official, asked):
    with pytest.raises(NotAllowed):
        tasks.withdraw_extension(asked, actor=official_of(program.parties.last().agency))
    tasks.withdraw_extension(asked, actor=official)
    with pytest.raises(NotAllowed):
        tasks.withdraw_extension(asked, actor=official)
    assert told(page_of(task, official), gettext("Request for a later deadline taken back")) == ""


def test_what_was_asked_and_decided_stays_as_it_was(task, secretary, asked):
    tasks.refuse_extension(asked, actor=secretary, answer="Không")
    for change in (
        {"wanted_due_on": date(2022, 12, 1)},
        {"reason": "Khác"},
        {"granted": None, "decided_at": None, "decided_by": None},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            ExtensionRequest.objects.filter(pk=asked.pk).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        asked.delete()


def test_a_request_lapses_with_its_task(program, official, asked):
    tasks.close_program_year(program, actor=secretary_of(program.drafting_agency))
    assert not ExtensionRequest.objects.open().exists()


def test_the_lead_asks_on_the_page_and_the_owner_decides(task, official, secretary, sign_in):
    url = f"/nhiem-vu/{task.slug}/gia-han/"
    lead, owner = sign_in(official), sign_in(secretary)
    assert said("Send the request") in lead.get(url).content.decode()
    assert lead.post(url, {"new_due_on": "31/5/2022", "reason": ""}).status_code == 422
    assert lead.post(url, {"new_due_on": "31/5/2022", "reason": "Chờ phương án"}).status_code == 302
    waiting = lead.get(url).content.decode()
    assert said("Take the request back") in waiting
    assert 'name="new_due_on"' not in waiting
    page = owner.get(url).content.decode()
    assert "Chờ phương án" in page
    assert 'value="31/05/2022"' in page
    assert owner.post(url, {"refuse": "1", "answer": ""}).status_code == 422
    assert owner.post(url, {"refuse": "1", "answer": "Chưa đủ căn cứ"}).status_code == 302
    assert owner.post(url, {"refuse": "1", "answer": "Lại bấm"}, follow=True).status_code == 200
    assert Task.objects.get().due_on == DUE
    assert lead.post(url, {"new_due_on": "31/5/2022", "reason": "Đã đủ căn cứ"}).status_code == 302
    granted = {"new_due_on": "31/5/2022", "reason": "Đồng ý", "decision": "Thông báo 12/TB-UBND"}
    assert owner.post(url, granted).status_code == 302
    assert Task.objects.get().due_on == WANTED
    assert [one.granted for one in ExtensionRequest.objects.all()] == [False, True]


def test_taking_back_on_the_page_twice_is_harmless(task, official, asked, sign_in):
    client, url = sign_in(official), f"/nhiem-vu/{task.slug}/gia-han/"
    for _click in range(2):
        assert client.post(url, {"withdraw": "1"}).status_code == 302
    assert ExtensionRequest.objects.filter(withdrawn_at__isnull=False).count() == 1


def test_a_coordinator_and_a_leader_of_the_lead_do_not_ask(task, program, sign_in):
    url = f"/nhiem-vu/{task.slug}/gia-han/"
    for member in (
        official_of(program.parties.last().agency),
        make_member(program.parties.first().agency, Role.LEADER),
    ):
        assert sign_in(member).get(url).status_code == 403
        assert sign_in(member).post(url, {"new_due_on": "31/5/2022", "reason": "Chờ"}).status_code == 403
    assert not ExtensionRequest.objects.exists()
