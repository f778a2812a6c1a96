"""Whom reminding by hand reaches, and how long notices are kept."""

from datetime import date

import pytest

from agencies.access.enums import Role
from coordination.lists import services as lists
from coordination.programs.models import Program
from coordination.reminders import services as reminders
from coordination.reminders.enums import Occasion
from coordination.reminders.models import Notice
from records.models import AuditEntry, OutgoingMail
from tests.factories.people import make_agency, make_member
from tests.factories.programs import make_program
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
    return with_address(official_of(program.parties.first().agency))


# By hand, the same people


def test_reminding_by_hand_reaches_the_office_that_serves_the_lead_once_an_account(program, settings):
    settings.MAIL_ON = True
    lead = program.parties.last().agency
    office = with_address(make_member(make_agency(program.unit, "van-phong-giup", serves=[lead])))
    both = with_address(official_of(lead))
    second = make_member(lead, Role.SECRETARY)
    second.user = both.user
    second.save(update_fields=["user"])
    with_address(make_member(lead, Role.LEADER))
    with_address(make_member(make_agency(program.unit, "ngoai")))
    task = make_task(program, title="Bên kia chủ trì", lead=lead)
    drafting = make_member(program.drafting_agency, Role.SECRETARY)
    change = lists.remind_leads([task], actor=drafting)
    assert sorted(letter.to for letter in OutgoingMail.objects.all()) == sorted([office.user.email, both.user.email])
    assert all(letter.body.count(task.title) == 1 for letter in OutgoingMail.objects.all())
    assert change.rows.get().told == 2


# Old notices


def test_notices_that_were_read_go_after_a_year(program, official):
    an_old_task(program, due_on=TODAY)
    other = make_member(official.agency)
    remind(TODAY)
    with on(TODAY, hour=10):
        read = Notice.objects.get(member=official, occasion=Occasion.DUE)
        reminders.mark_as_read(actor=official, up_to=read.pk)
    with on(date(2023, 3, 30)):
        assert reminders.clear_old_notices(date(2023, 3, 30)) == 0
    with on(date(2023, 3, 31)):
        assert reminders.clear_old_notices(date(2023, 3, 31)) == 1
        entry = AuditEntry.objects.latest("sequence")
        assert entry.after == {"notices_removed": 1, "told_on": "2023-03-31"}
        assert reminders.clear_old_notices(date(2023, 3, 31)) == 0
    assert not Notice.objects.filter(pk=read.pk).exists()
    assert told(other, Occasion.DUE) == [("due", 0)], "nobody has read it"


def test_what_still_waits_for_an_answer_is_kept_and_not_told_again(program, official):
    task = make_task(program, "awaiting", due_on=date(2022, 9, 1))
    leader = make_member(task.confirming_agency, Role.LEADER)
    remind(TODAY)
    with on(TODAY, hour=10):
        reminders.mark_as_read(actor=leader, up_to=2**40)
    with on(date(2023, 4, 3)):
        assert reminders.clear_old_notices(date(2023, 4, 3)) == 0
    remind(date(2023, 4, 3))
    assert told(leader) == [("to_confirm", 0)]
