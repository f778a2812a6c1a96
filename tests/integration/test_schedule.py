"""What the portal does by itself: at its time, by one process, made up once, tried again, told with its reason."""

import logging
from datetime import date, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils.module_loading import import_string

from portal import upkeep
from records import clock, verified
from records.errors import Conflict, RuleBroken
from records.jobs.enums import LEASE
from records.jobs.schedule import declared
from records.jobs.schedule.declared import Planned, everything, named
from records.jobs.schedule.enums import RESTS, Outcome
from records.jobs.schedule.queries import stands
from records.jobs.schedule.services import call_soon, run, run_due
from records.models import ScheduledJob
from tests.integration.crowd import database_of_its_own, left_behind

pytestmark = pytest.mark.django_db
EVENING = clock.at(date(2026, 11, 27), 20)
NIGHT = clock.at(date(2026, 11, 28), 2)


class Watchman:
    """Does what the test laid on him, and remembers how often he went."""

    def __init__(self):
        self.rounds, self.act, self.off = 0, lambda: "Đã xong", ""

    def go(self) -> str:
        self.rounds += 1
        return self.act()


WATCHMAN = Watchman()


def go() -> str:
    return WATCHMAN.go()


@pytest.fixture(autouse=True)
def watchman(monkeypatch) -> Watchman:
    """One nightly round, and nothing else that is scheduled."""
    WATCHMAN.__init__()
    monkeypatch.setattr(declared, "_PLANNED", {})
    declared.declare(
        Planned("rounds", "Đi tuần", act=f"{__name__}.go", at=NIGHT.timetz(), why_off=lambda: WATCHMAN.off)
    )
    return WATCHMAN


def at(moment: datetime) -> ScheduledJob:
    """What a worker does at a moment; how the round stands then."""
    with clock.machine_standing_at(moment):
        stands()
        run_due(long=False)
    return ScheduledJob.objects.get()


@pytest.fixture
def known(watchman) -> ScheduledJob:
    """The portal was first started in the evening, and the round is asked for."""
    with clock.machine_standing_at(EVENING):
        return call_soon(named("rounds"))


@pytest.fixture
def waiting(known) -> ScheduledJob:
    ScheduledJob.objects.update(next_at=NIGHT)
    return known


def test_it_is_done_at_its_time_and_then_the_next_night(waiting, watchman):
    at(NIGHT - timedelta(seconds=1))
    assert watchman.rounds == 0
    row = at(NIGHT)
    assert (watchman.rounds, row.outcome, row.told) == (1, Outcome.DONE, "Đã xong")
    assert (row.ended_at, row.succeeded_at, row.attempts) == (NIGHT, NIGHT, 0)
    assert row.next_at == NIGHT + timedelta(days=1)
    at(NIGHT + timedelta(hours=1))
    assert watchman.rounds == 1


def test_nights_that_were_missed_are_made_up_once(waiting, watchman):
    morning = NIGHT + timedelta(days=7, hours=6)
    row = at(morning)
    at(morning + timedelta(hours=1))
    assert watchman.rounds == 1
    assert row.next_at == NIGHT + timedelta(days=8)


def test_a_new_portal_waits_for_the_night_and_reminds_at_once(watchman):
    nightly, often = named("rounds"), Planned("often", "", act="x", every=timedelta(minutes=15))
    assert (nightly.first_at(EVENING), often.first_at(EVENING)) == (NIGHT, EVENING)
    assert often.next_after(EVENING) == EVENING + timedelta(minutes=15)
    assert nightly.next_after(NIGHT) == NIGHT + timedelta(days=1), "the clock of Hà Nội, whatever the server's zone"


def test_what_fails_says_why_and_is_tried_again_with_growing_rests(waiting, watchman):
    def refuse():
        raise RuleBroken("Đĩa đầy")

    watchman.act, moment = refuse, NIGHT
    for number, rest in enumerate(RESTS, start=1):
        row = at(moment)
        assert (row.outcome, row.told, row.attempts) == (Outcome.FAILED, "Đĩa đầy", number)
        assert row.next_at == moment + rest
        moment = row.next_at
    row = at(moment)
    assert (row.attempts, row.next_at, row.succeeded_at) == (0, NIGHT + timedelta(days=1), None)
    watchman.act = lambda: ""
    assert at(row.next_at).outcome == Outcome.DONE


def test_what_went_wrong_inside_is_logged_and_told_without_its_words(waiting, watchman, caplog):
    def stumble():
        raise ValueError("bí mật")

    watchman.act = stumble
    with caplog.at_level(logging.ERROR):
        row = at(NIGHT)
    assert row.is_failed and "bí mật" not in row.told and "bí mật" in caplog.text


def test_a_run_whose_process_died_has_failed_and_rests(waiting, watchman):
    class Killed(BaseException):
        pass

    def die():
        raise Killed

    watchman.act = die
    with pytest.raises(Killed):
        at(NIGHT)
    watchman.act = lambda: ""
    assert at(NIGHT + timedelta(seconds=1)).is_held, "another process may still be at it"
    after = NIGHT + LEASE + timedelta(seconds=1)
    row = at(after)
    assert row.is_failed and not row.is_held and row.next_at == after + RESTS[0]
    assert at(row.next_at).outcome == Outcome.DONE
    assert watchman.rounds == 2


def test_what_is_being_done_is_neither_begun_nor_asked_for_again(waiting, watchman):
    def while_it_runs() -> str:
        assert run(named("rounds"), now_or_never=True) is None
        with pytest.raises(Conflict):
            call_soon(named("rounds"))
        return ""

    watchman.act = while_it_runs
    assert at(NIGHT).outcome == Outcome.DONE
    assert watchman.rounds == 1


def test_what_is_switched_off_is_not_done(waiting, watchman):
    watchman.off = "Đã tắt"
    at(NIGHT)
    assert watchman.rounds == 0
    with pytest.raises(CommandError, match="Đã tắt"):
        call_command("schedule", "--run", "rounds")


def test_asked_for_by_day_it_is_done_at_once_and_again_at_night(known, watchman):
    row = at(EVENING)
    assert (watchman.rounds, row.next_at) == (1, NIGHT)


def test_the_command_lists_and_does_one(watchman, capsys):
    call_command("schedule")
    assert "Đi tuần" in capsys.readouterr().out
    call_command("schedule", "--run", "rounds")
    assert capsys.readouterr().out == "Đi tuần: Đã xong\n"
    call_command("schedule")
    assert "Đã xong" in capsys.readouterr().out
    with pytest.raises(CommandError, match="rounds"):
        call_command("schedule", "--run", "nobody")

    def refuse():
        raise RuleBroken("Đĩa đầy")

    watchman.act = refuse
    with pytest.raises(CommandError, match="Đĩa đầy"):
        call_command("schedule", "--run", "rounds")


def test_the_listing_takes_one_query(known, django_assert_num_queries):
    with django_assert_num_queries(1):
        stands()


# What is scheduled


@pytest.fixture
def all_that_is_scheduled(monkeypatch) -> list[Planned]:
    monkeypatch.undo()
    return everything()


def test_each_floor_has_its_say_and_each_act_is_there(all_that_is_scheduled):
    names = [one.name for one in all_that_is_scheduled]
    assert sorted(names) == [
        "backup", "clear-old", "clear-sessions", "directory", "reminders", "scan-files", "verify", "weekly-sheets",
    ]  # fmt: skip
    assert all(callable(import_string(one.act)) for one in all_that_is_scheduled)


def test_what_is_quick_is_done_by_itself(all_that_is_scheduled):
    for name in ("clear-old", "clear-sessions", "directory", "reminders", "weekly-sheets"):
        row = run(named(name), now_or_never=True)
        assert row.outcome == Outcome.DONE, (name, row.told)


def test_the_nightly_proof_says_how_many_faults_it_found(monkeypatch, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    assert upkeep.prove_records()
    assert verified.last().faults == 0
    monkeypatch.setattr("portal.management.commands.verify.orphan_rows", lambda: iter(["one", "two"]))
    with pytest.raises(RuleBroken, match="2"):
        upkeep.prove_records()


def test_no_backup_is_made_where_none_can_be_or_shall_be(settings, tmp_path):
    settings.BACKUPS, settings.BACKUPS_KEPT = tmp_path / "not yet" / "there", 14
    assert upkeep.why_no_backup() == ""
    (tmp_path / "file").touch()
    settings.BACKUPS = tmp_path / "file" / "below"
    assert str(settings.BACKUPS) in upkeep.why_no_backup()
    settings.BACKUPS, settings.BACKUPS_KEPT = tmp_path, 0
    assert "PORTAL_BACKUPS_KEPT" in upkeep.why_no_backup()


def test_a_backup_that_cannot_be_made_says_why(settings, tmp_path):
    settings.BACKUPS, settings.BACKUP_KEY = tmp_path, str(tmp_path / "no-such-key")
    with pytest.raises(RuleBroken, match="no-such-key"):
        upkeep.back_up()
    assert not list(tmp_path.iterdir())


# Two at once


@pytest.fixture(scope="module")
def left(django_db_setup, django_db_blocker, tmp_path_factory) -> dict:
    with django_db_blocker.unblock(), database_of_its_own("schedule", tmp_path_factory.mktemp("schedule")) as address:
        return left_behind("rush_schedule", address)


def test_two_workers_at_once_do_each_once_and_make_up_for_one_that_was_killed(left):
    assert left == {
        "by the worker's child": ["reminders", "weekly-sheets"],
        "each was done once": ["a", "b", "c", "d"],
        "a run that was killed": "held",
        "then": "failed",
        "at last": "done",
        "how often it was begun": 2,
    }
