"""The page of the rules of reminding: everybody reads it, secretaries set them there."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agencies.access.enums import Role
from coordination.programs.models import Program
from coordination.reminders.models import ReminderRules
from coordination.reminders.queries import rules_held
from coordination.reminders.timing import USUAL, Rules
from records.models import AuditEntry
from tests.factories.people import make_agency, make_member, make_unit
from tests.factories.programs import make_program
from tests.factories.reminders import on, set_rules, with_address
from tests.factories.tasks import official_of
from tests.factories.wording import said

pytestmark = pytest.mark.django_db
PAGE, USUAL_AGAIN = "/nhac-viec/quy-tac/", "/nhac-viec/quy-tac/nhu-thuong/"
FILLED = {"days_before": "10, 2", "on_the_day": "on", "every_days": "3", "leaders_after": "8", "revision": "0"}


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


@pytest.fixture
def secretary(program):
    """Of an agency of the unit that has nothing to do with the program."""
    return make_member(make_agency(program.unit, "van-thu"), Role.SECRETARY)


def test_everyone_reads_the_rules_and_only_secretaries_find_a_form(official, secretary, sign_in):
    set_rules(secretary, Rules(days_before=(10, 2), every_days=3, leaders_after=8))
    reader, writer = sign_in(official).get(PAGE), sign_in(secretary).get(PAGE)
    for page in (reader, writer):
        words = page.content.decode()
        assert page.status_code == 200
        assert said("%(first)s and %(last)s", first="10", last="2") in words
        assert (
            said("Leaders of the lead agency: from working day %(days)s after the deadline, every week.", days=8)
            in words
        )
    assert 'name="days_before"' not in reader.content.decode()
    assert (
        said("Secretaries set when tasks are called to mind. Ask the secretary of your agency.")
        in reader.content.decode()
    )
    assert 'value="10, 2"' in writer.content.decode()
    assert sign_in(official).post(PAGE, FILLED | {"revision": "1"}).status_code == 403
    assert sign_in(official).post(USUAL_AGAIN).status_code == 403
    assert ReminderRules.objects.count() == 1


def test_administrators_have_no_business_with_the_rules(official, sign_in):
    for role in (Role.UNIT_ADMIN, Role.SYSTEM_ADMIN):
        client = sign_in(make_member(official.agency, role))
        assert [client.get(PAGE).status_code, client.post(PAGE, FILLED).status_code] == [403, 403]


def test_another_unit_reads_its_own_rules(official, secretary, sign_in):
    set_rules(secretary, Rules(days_before=(29, 28)))
    stranger = make_member(make_agency(make_unit(), "xa"))
    assert said("%(first)s and %(last)s", first="29", last="28") not in sign_in(stranger).get(PAGE).content.decode()


def test_the_form_sets_the_rules_and_the_log_tells_it(program, secretary, sign_in):
    client = sign_in(secretary)
    assert client.post(PAGE, FILLED).status_code == 302
    assert rules_held(program.unit).rules == Rules((10, 2), True, 3, 8)
    entry = AuditEntry.objects.latest("sequence")
    assert entry.actor_id == secretary.pk
    assert entry.before == {"days_before": "7, 3, 1", "on_the_day": True, "every_days": 0, "leaders_after": 5}
    assert entry.after == {"days_before": "10, 2", "on_the_day": True, "every_days": 3, "leaders_after": 8}
    never = {"days_before": " 4;2 ", "every_days": "week", "leaders_after": "never", "revision": "1"}
    assert client.post(PAGE, never).status_code == 302
    assert rules_held(program.unit).rules == Rules((4, 2), False, None, None)


def test_one_click_goes_back_to_the_usual_rules(program, secretary, sign_in):
    client = sign_in(secretary)
    assert USUAL_AGAIN not in client.get(PAGE).content.decode()
    client.post(PAGE, FILLED)
    assert USUAL_AGAIN in client.get(PAGE).content.decode()
    assert client.post(USUAL_AGAIN).status_code == 302
    assert rules_held(program.unit).rules == USUAL
    assert client.post(USUAL_AGAIN).status_code == 302
    assert rules_held(program.unit).revision == 2


def test_two_who_set_the_rules_at_once_see_both(program, secretary, sign_in):
    client = sign_in(secretary)
    set_rules(secretary, Rules(days_before=(25, 24)))
    answer = client.post(PAGE, FILLED)
    words = answer.content.decode()
    assert answer.status_code == 409
    assert 'value="10, 2"' in words
    assert said("%(first)s and %(last)s", first="25", last="24") in words
    assert 'name="revision" value="1"' in words
    assert client.post(PAGE, FILLED | {"revision": "1"}).status_code == 302
    assert rules_held(program.unit).rules == Rules((10, 2), True, 3, 8)


@pytest.mark.parametrize(
    "wrong",
    [
        {"days_before": "7 và 3"},
        {"days_before": "٧"},
        {"days_before": "-1"},
        {"days_before": "0"},
        {"days_before": "31"},
        {"days_before": "1,2,3,4,5,6"},
        {"days_before": "9" * 50},
        {"days_before": "7\x00"},
        {"days_before": "", "on_the_day": ""},
        {"every_days": "11"},
        {"every_days": ""},
        {"leaders_after": "21"},
        {"leaders_after": "abc"},
    ],
)
def test_what_cannot_be_comes_back_with_the_form(secretary, sign_in, wrong):
    answer = sign_in(secretary).post(PAGE, FILLED | wrong)
    assert answer.status_code == 422
    assert 'class="pf-err"' in answer.content.decode()
    assert not ReminderRules.objects.exists()


def test_the_page_is_read_in_a_fixed_number_of_queries(secretary, sign_in):
    client = sign_in(secretary)

    def count() -> int:
        client.get(PAGE)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(PAGE).status_code == 200
        return len(captured)

    set_rules(secretary, Rules(days_before=(9,)))
    once = count()
    set_rules(secretary, Rules(days_before=(8,)))
    set_rules(secretary, Rules(days_before=(7,)))
    assert count() == once <= 9


def test_the_pages_of_notices_and_of_the_account_lead_to_the_rules(official, sign_in):
    client = sign_in(official)
    for page in ("/thong-bao/", "/tai-khoan/nhac-viec/"):
        assert f'href="{PAGE}"' in client.get(page).content.decode()


def test_the_page_of_the_account_tells_the_rules_of_the_unit(official, secretary, sign_in):
    set_rules(secretary, Rules(days_before=(22, 11)))
    words = sign_in(official).get("/tai-khoan/nhac-viec/").content.decode()
    assert said("%(first)s and %(last)s", first="22", last="11") in words
