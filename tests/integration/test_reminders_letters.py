"""Letters with what is new: one a day or a week for each person, none where nothing is, nothing twice."""

from datetime import date

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext

from agencies.access.enums import Role
from coordination.programs.models import Program
from coordination.reminders.enums import Rhythm
from coordination.reminders.models import Digest, Notice
from coordination.reminders.services import (
    choose_rhythm,
    remind_in_working_hours,
    send_digests,
    tell_whom_it_concerns,
)
from coordination.tasks import services as tasks
from coordination.tasks.models import Task
from records import clock
from records.models import AuditEntry, OutgoingMail
from tests.factories.people import make_member, make_unit
from tests.factories.programs import make_program, secretary_of
from tests.factories.reminders import an_old_task, on, remind, told, with_address
from tests.factories.tasks import make_task, make_upload, official_of

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
    """Of the first party, which the secretary who made the program acts for as well."""
    return with_address(official_of(program.parties.first().agency))


# Letters


def letters() -> list[OutgoingMail]:
    return list(OutgoingMail.objects.order_by("pk"))


def test_everything_new_stands_in_one_letter(program, official):
    late = an_old_task(program, title="Việc đã quá hạn", due_on=date(2022, 3, 28))
    soon = an_old_task(program, title="Việc sắp đến hạn", due_on=date(2022, 4, 1))
    fresh = make_task(program, title="Việc mới", due_on=date(2022, 9, 1))
    awaited = make_task(
        program, "awaiting", title="Việc chờ xác nhận", lead=program.parties.last().agency, due_on=date(2022, 9, 1),
        confirming_agency=official.agency,
    )  # fmt: skip
    assert remind(TODAY)[1] == 1
    (letter,) = letters()
    assert letter.to == official.user.email
    places = [
        letter.body.index(title) for title in ("Việc đã quá hạn", "Việc sắp đến hạn", "Việc chờ xác nhận", "Việc mới")
    ]
    assert places == sorted(places)
    for task in (late, soon, fresh, awaited):
        assert f"https://phoi-hop.example/nhiem-vu/{task.slug}/" in letter.body
    assert Notice.objects.filter(member=official, digest=None).count() == 0


def test_nothing_new_brings_no_letter(program, official):
    an_old_task(program, due_on=date(2022, 9, 1))
    assert remind(TODAY) == (0, 0)
    assert letters() == []


def test_a_day_brings_one_letter_whatever_happens_later(program, official):
    an_old_task(program, due_on=TODAY)
    remind(TODAY)
    make_task(program, title="Việc mới", due_on=date(2022, 9, 1))
    assert remind(TODAY)[1] == 0
    assert remind(date(2022, 3, 31))[1] == 1
    assert ["Việc mới" in letter.body for letter in letters()] == [False, True]


def test_a_person_in_two_roles_gets_one_letter(program, official):
    other = make_program("signed", unit=make_unit())
    second = make_member(other.parties.first().agency, Role.OFFICIAL)
    second.user = official.user
    second.save(update_fields=["user"])
    an_old_task(program, title="Việc ở đây", due_on=TODAY)
    make_task(other, title="Việc ở kia", due_on=TODAY, actor=second)
    assert remind(TODAY)[1] == 1
    (letter,) = letters()
    assert "Việc ở đây" in letter.body and "Việc ở kia" in letter.body


def test_a_weekly_letter_comes_on_the_first_working_day_of_the_week_with_all_of_the_last(program, official):
    choose_rhythm(Rhythm.WEEKLY, actor=official)
    an_old_task(program, title="Việc trong tuần", due_on=date(2022, 4, 15))
    for day in (TODAY, date(2022, 4, 5), date(2022, 4, 7), date(2022, 4, 8)):
        assert remind(day)[1] == 0, day
    assert remind(date(2022, 4, 11)) == (0, 0)  # the day in lieu of the Hùng Kings
    assert remind(date(2022, 4, 12))[1] == 1
    assert remind(date(2022, 4, 13))[1] == 0
    (letter,) = letters()
    assert letter.body.count("Việc trong tuần") == 1


def test_a_weekly_letter_that_was_missed_is_made_up_for_in_the_same_week(program, official):
    choose_rhythm(Rhythm.WEEKLY, actor=official)
    an_old_task(program, due_on=date(2022, 4, 1))
    with on(date(2022, 3, 28)):
        tell_whom_it_concerns(date(2022, 3, 28))
    assert remind(TODAY)[1] == 1


def test_whoever_wants_no_letters_or_has_no_address_gets_none(program, official):
    choose_rhythm(Rhythm.NEVER, actor=official)
    nowhere = make_member(official.agency)
    an_old_task(program, due_on=TODAY)
    assert remind(TODAY)[1] == 0
    assert told(official) == told(nowhere) == [("due", 0)]


def test_without_a_mail_server_people_are_told_on_the_page_only(program, official, settings):
    settings.MAIL_ON = False
    an_old_task(program, due_on=TODAY)
    assert remind(TODAY)[1] == 0
    assert told(official) == [("due", 0)]


def test_what_no_longer_stands_is_left_out_of_the_letter(program, official):
    choose_rhythm(Rhythm.WEEKLY, actor=official)
    moved = an_old_task(program, title="Đã dời hạn", due_on=date(2022, 4, 1))
    done = an_old_task(program, title="Đã xong", due_on=date(2022, 4, 1))
    an_old_task(program, title="Còn đó", due_on=date(2022, 4, 8))
    remind(TODAY)
    tasks.move_due_date(moved, actor=secretary_of(program.drafting_agency), new_due_on=date(2022, 9, 1), reason="Mưa")
    with on(TODAY):
        tasks.report_progress(
            done, actor=official, value=45, percent=None, claims_completion=True, files=[make_upload()]
        )
    assert remind(date(2022, 4, 4))[1] == 1
    body = letters()[0].body
    assert "Còn đó" in body and "Đã dời hạn" not in body and "Đã xong" not in body


def test_who_no_longer_sees_a_task_is_not_told_of_it(program, official):
    helper = with_address(make_member(program.parties.last().agency))
    make_task(program, title="Việc kín", due_on=date(2022, 9, 1), coordinators=(helper.agency,))
    with on(TODAY):
        tell_whom_it_concerns(TODAY)
    outside = make_program("signed", unit=make_unit())
    Task.objects.update(program=outside)
    Notice.objects.get(member=helper).task.roles.all().delete()
    with on(TODAY):
        assert send_digests(TODAY) == 0


def test_a_title_is_read_as_nothing_but_a_title(program, official):
    """Abuse 37: braces, percent signs and line ends of a title reach the letter as they were typed."""
    an_old_task(program, title="{{7*7}} {x.__init__} 100% %(code)s", due_on=TODAY)
    remind(TODAY)
    assert "{{7*7}} {x.__init__} 100% %(code)s" in letters()[0].body


def test_the_letter_is_in_the_readers_language(program, official):
    an_old_task(program, due_on=TODAY)
    official.user.language = "en"
    official.user.save(update_fields=["language"])
    remind(TODAY)
    assert letters()[0].subject == "Your work on 30/3/2022: 1 falling due"


# Nothing twice


def test_a_process_that_dies_while_it_writes_leaves_nothing_and_the_next_one_writes_it_once(program, official):
    """The database goes away after the letter and before the entry of the audit: nothing of it stays."""
    an_old_task(program, due_on=TODAY)

    def goes_away(execute, sql, params, many, context):
        if "INSERT" in sql and "coordination_digest" in sql:
            raise OperationalError("the server is gone")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(goes_away), pytest.raises(OperationalError):
        remind(TODAY)
    assert (letters(), Digest.objects.count()) == ([], 0)
    remind(TODAY), remind(TODAY)
    assert len(letters()) == 1


def test_an_address_no_letter_can_reach_keeps_nobody_elses_letter_back(program, official):
    first = official_of(program.parties.last().agency)
    with_address(first, "khong phai dia chi")
    an_old_task(program, due_on=TODAY)
    an_old_task(program, due_on=TODAY, lead=first.agency)
    assert remind(TODAY)[1] == 1
    assert [letter.to for letter in letters()] == [official.user.email]


def test_the_command_can_be_repeated(program, official, capsys):
    an_old_task(program, due_on=TODAY)
    for _each in range(3):
        call_command("remind")
    assert len(letters()) == 1
    said = capsys.readouterr().out.splitlines()
    assert said == ["30/03/2022: 2 notices, 1 letters", *["30/03/2022: 0 notices, 0 letters"] * 2]


def test_every_piece_written_leaves_its_entry(program, official):
    an_old_task(program, due_on=TODAY)
    before = AuditEntry.objects.count()
    remind(TODAY)
    entries = list(AuditEntry.objects.order_by("sequence")[before:])
    assert [(entry.object_kind, entry.after.get("notices")) for entry in entries] == [
        ("", 2),
        ("coordination.digest", 1),
    ]


def test_the_queries_of_a_run_do_not_grow_with_the_tasks(program, official):
    def count(day: date) -> int:
        with CaptureQueriesContext(connection) as captured, on(day):
            assert tell_whom_it_concerns(day)
        return len(captured)

    an_old_task(program, due_on=date(2022, 4, 1))
    first = count(TODAY)
    for number in range(6):
        an_old_task(program, title=f"Việc {number}", due_on=date(2022, 4, 1))
    assert count(date(2022, 3, 31)) == first


def test_people_are_reminded_by_themselves_from_seven_in_the_morning_on(program, official):
    an_old_task(program, due_on=TODAY)
    for hour, minute, letter_count in ((0, 5, 0), (6, 59, 0), (7, 0, 1), (16, 30, 1)):
        with clock.standing_at(clock.at(TODAY, hour, minute)):
            remind_in_working_hours()
        assert len(letters()) == letter_count, (hour, minute)
