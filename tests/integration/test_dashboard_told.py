"""What the dashboard tells beside its figures: who is awaited, who is silent, what slipped, which targets were met."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from agencies.access.enums import Role
from agencies.models import Membership
from coordination.figures.queries import figures_of, scope_for
from coordination.partyreports import services as partyreports
from coordination.tasks import services as tasks
from coordination.tasks.enums import TaskState
from records import clock
from reports.dashboard.facts import FactKind, facts_of
from reports.dashboard.told import awaited_in, silent_in, slipped_in
from tests.factories.consultations import make_round
from tests.factories.people import make_agency, make_member, make_unit
from tests.factories.programs import make_program, secretary_of
from tests.factories.tasks import make_task, official_of
from tests.integration.test_dashboard import assert_links_show_what_they_count, shown, text_between
from tests.integration.test_figures_sample import District

LATER = clock.at(date(2022, 4, 6), 9)


@pytest.fixture
def unit(db):
    return make_unit("DH")


@pytest.fixture
def agencies(unit):
    codes = ("ubnd", "mttq", "hnd")
    return [make_agency(unit, code, protocol_order=10 * place) for place, code in enumerate(codes, start=1)]


@pytest.fixture
def leader(agencies) -> Membership:
    return make_member(agencies[0], Role.LEADER)


def facts(leader: Membership, **narrowed):
    today = clock.today()
    return facts_of(scope_for(leader, **narrowed), 2022, as_of=today, today=today)


def test_a_program_in_every_state_says_whom_it_waits_for(agencies, leader):
    signing = make_program("signing", agencies=agencies, signed=1)
    consulting = make_round(make_program(agencies=agencies)).program
    asked = make_program("signed", agencies=agencies)
    partyreports.call_for_reports(
        asked,
        actor=secretary_of(agencies[0]),
        year=2022,
        due_on=date(2022, 4, 5),
        cut_off_on=date(2022, 4, 1),
    )
    names = [agency.current_short_name for agency in agencies]
    awaited = {(one.kind, one.code): one for one in awaited_in(facts(leader))}
    assert len(awaited[FactKind.SIGNATURE, signing.code].who) == 2
    assert awaited[FactKind.ANSWER, consulting.code].who == tuple(names[1:])
    reports = awaited[FactKind.REPORT, asked.code]
    assert reports.who == tuple(names)
    assert not reports.is_late_on(date(2022, 4, 5))
    assert reports.is_late_on(date(2022, 4, 6))


def test_awaited_parties_are_narrowed_and_shown(agencies, leader, sign_in):
    first = make_program("signing", agencies=agencies, signed=1)
    other = make_round(make_program(agencies=agencies)).program
    make_task(make_program("signed", agencies=agencies))
    page = shown(sign_in(leader), "?year=2022")
    assert f"/chuong-trinh/{first.slug}/ky-ket/" in page
    assert f"/chuong-trinh/{other.slug}/y-kien/" in page
    only = awaited_in(facts(leader, program_ids=(other.pk,)))
    assert {one.code for one in only} == {other.code}
    of_one = awaited_in(facts(leader, agency_id=agencies[2].pk))
    assert all(one.who == (agencies[2].current_short_name,) for one in of_one)


def test_strangers_are_told_of_nobody(agencies, leader):
    make_round(make_program(agencies=agencies))
    make_program("signing", agencies=agencies, signed=1)
    stranger = make_member(make_agency(make_unit("HH"), "ubnd"), Role.LEADER)
    assert not facts(stranger)


def test_an_official_is_reminded_of_the_own_report_only(agencies):
    program = make_program("signed", agencies=agencies)
    partyreports.call_for_reports(
        program, actor=secretary_of(agencies[0]), year=2022, due_on=date(2022, 4, 5), cut_off_on=date(2022, 4, 1)
    )
    told = awaited_in(facts(official_of(agencies[1])))
    assert [one.who for one in told] == [(agencies[1].current_short_name,)]


def test_days_of_silence_run_from_the_last_report(agencies, leader):
    program = make_program("signed", agencies=agencies)
    make_task(program, "in_progress", coordinators=(agencies[1],))
    with clock.standing_at(LATER):
        moves = figures_of(scope_for(leader), 2022, as_of=clock.today()).moves
        silent = {one.agency_id: one for one in silent_in(moves)}
        assert silent[agencies[0].pk].days_on(clock.today()) == 7
        assert silent[agencies[1].pk].days_on(clock.today()) is None
        assert agencies[2].pk not in silent


def test_who_never_reported_stands_first(agencies, leader, sign_in):
    program = make_program("signed", agencies=agencies)
    make_task(program, "in_progress", coordinators=(agencies[1],))
    page = shown(sign_in(leader), "?year=2022")
    words = text_between(page, "silence-title", "years-title" if "years-title" in page else "</main>")
    assert words.index(agencies[1].current_short_name) < words.index(agencies[0].current_short_name)


def test_slippage_counts_what_was_moved_back_since_signing(agencies, leader, sign_in):
    program = make_program("signed", agencies=agencies)
    secretary = secretary_of(agencies[0])
    with clock.standing_at(clock.at(date(2022, 3, 31))):
        moved, back = (make_task(program) for _turn in range(2))
    with clock.standing_at(LATER):
        first = moved.due_on
        tasks.move_due_date(moved, actor=secretary, new_due_on=first + timedelta(10), reason="Mưa bão")
        tasks.move_due_date(moved, actor=secretary, new_due_on=first + timedelta(14), reason="Mưa bão")
        tasks.move_due_date(back, actor=secretary, new_due_on=first + timedelta(5), reason="Chờ vốn")
        tasks.move_due_date(back, actor=secretary, new_due_on=first, reason="Đã có vốn")
    with clock.standing_at(LATER + timedelta(days=1)):
        (slipped,) = slipped_in(facts(leader))
        assert (slipped.moved, slipped.total_days, slipped.median_days) == (1, 14, 14)
        assert slipped.added == 2
        page = shown(sign_in(leader), "?year=2022")
        assert f"/chuong-trinh/{program.slug}/so-voi-ban-ky/" in page
        before = facts_of(scope_for(leader), 2022, as_of=date(2022, 4, 5), today=clock.today())
        assert not [one for one in slipped_in(before) if one.moved]


def test_targets_are_reached_exceeded_or_missed(unit, sign_in):
    district = District(unit)
    program = district.program(2022, 1, ("ubnd", "mttq"))
    states = {50: TaskState.IN_PROGRESS, 45: TaskState.IN_PROGRESS, 44: TaskState.SUSPENDED, 0: TaskState.NOT_STARTED}
    for value, state in states.items():
        task = district.task(program, "ubnd", state=state, last_value=Decimal(value) or None)
        task.targets.create(position=1, value=45, unit="hộ")
    page = shown(sign_in(district.leader), "?year=2022")
    assert "2/3 (66,7%)" in text_between(page, "targets-title", "area-title")
    assert_links_show_what_they_count(sign_in(district.leader), page)


def test_years_stand_side_by_side_with_their_lists(unit, sign_in):
    district = District(unit)
    for year in (2020, 2021, 2022):
        program = district.program(year, 1, ("ubnd", "mttq"))
        for month in range(1, year - 2017):
            district.task(program, "ubnd", "mttq", state=TaskState.COMPLETED, due_on=date(year, month, 20))
    reader = sign_in(district.leader)
    for query in ("?year=2022", "?year=2022&agency=mttq", "?year=2022&area=tt"):
        page = shown(reader, query)
        assert page.count('aria-labelledby="years-') == 3 + 1, query
        assert assert_links_show_what_they_count(reader, page) > 5
    assert "years-title" not in shown(reader, "?year=2020")


def test_an_earlier_day_opens_lists_of_that_day_and_waits_for_nobody(agencies, leader, sign_in):
    make_round(make_program(agencies=agencies))
    task = make_task(make_program("signed", agencies=agencies), "in_progress")
    reader = sign_in(leader)
    with clock.standing_at(LATER):
        tasks.report_progress(task, actor=official_of(agencies[0]), value=Decimal(45), percent=None)
        page = shown(reader, "?year=2022&day=31/3/2022")
        assert "1/1" not in text_between(page, "targets-title", "area-title")
        assert assert_links_show_what_they_count(reader, page) > 5
        assert "1/1" in text_between(shown(reader, "?year=2022"), "targets-title", "area-title")
    assert "awaited-title" not in page
    assert "31/3/2022" in text_between(page, "<main", "</main>")
