"""The one door to the time: Hà Nội's calendar, whatever the server's zone, and a clock that can stand still."""

from contextvars import Context
from datetime import UTC, date, datetime, timedelta

from django.test import override_settings

from records import clock


def test_the_day_turns_at_midnight_in_hanoi():
    before, after = datetime(2021, 12, 31, 16, 59, tzinfo=UTC), datetime(2021, 12, 31, 17, 1, tzinfo=UTC)
    assert (clock.local_day(before), clock.local_day(after)) == (date(2021, 12, 31), date(2022, 1, 1))


def test_a_held_clock_stands_and_goes_on_afterwards():
    outside = clock.now()
    with clock.standing_at(clock.at(date(2021, 1, 4), 8, 30)):
        assert clock.now() == clock.now() == datetime(2021, 1, 4, 1, 30, tzinfo=UTC)
        assert clock.today() == date(2021, 1, 4)
    assert clock.now() == outside


def test_the_demo_starts_at_its_moment_and_runs():
    """Read in a context of its own, where no test holds the clock."""
    with override_settings(PORTAL_CLOCK="2022-03-30T17:30:00+07:00"):
        first, second = Context().run(lambda: (clock.now(), clock.now()))
    assert date(2022, 3, 30) <= clock.local_day(first) <= date(2022, 3, 31)
    assert first <= second


def test_what_runs_out_goes_by_the_machine_s_clock_whatever_the_portal_s_shows():
    moment = datetime(2030, 1, 1, 8, 0, tzinfo=UTC)
    with clock.machine_standing_at(moment):
        assert clock.machine_now() == moment
        assert clock.now() != moment
    before = datetime.now(UTC)
    assert before <= clock.machine_now() <= datetime.now(UTC)


def test_a_moment_of_the_machine_is_told_as_long_ago_as_it_was():
    moment = datetime(2030, 1, 1, 8, 0, tzinfo=UTC)
    with clock.machine_standing_at(moment), clock.standing_at(clock.at(date(2022, 3, 30), 17, 30)):
        assert clock.told(moment - timedelta(minutes=5)) == clock.at(date(2022, 3, 30), 17, 25)
        assert clock.told(moment + timedelta(days=1)) == clock.at(date(2022, 3, 31), 17, 30)
        assert clock.told(None) is None
