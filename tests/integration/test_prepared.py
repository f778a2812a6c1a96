"""Statements put together once answer for whoever asks, with the values given each time."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agencies.access.enums import Role
from coordination.programs.models import Program
from coordination.programs.queries import programs_covering, years_of
from coordination.programs.queries.years import periods_seen
from coordination.reminders.queries import frame_counts
from coordination.tasks.models import Task
from records.prepared import Prepared
from tests.factories.people import make_agency, make_member
from tests.factories.programs import make_program
from tests.factories.tasks import make_task

pytestmark = pytest.mark.django_db
TODAY = date(2022, 3, 30)


def _titles(keys: tuple[int, ...], day: date, program: int):
    return Task.objects.filter(pk__in=keys, deadline__lt=day, program=program).order_by("pk").values_list("code")


def test_each_value_goes_where_it_belongs(signed_program):
    codes = [make_task(signed_program, title=f"Việc {day}", due_on=date(2022, 4, day)).code for day in (1, 2, 3)]
    keys, program = tuple(Task.objects.order_by("pk").values_list("pk", flat=True)), signed_program.pk
    asked = Prepared(_titles)
    for given in (
        {"keys": keys, "day": date(2022, 4, 3), "program": program},
        {"keys": keys, "day": date(2022, 4, 2), "program": program},
        {"keys": keys[1:], "day": date(2022, 5, 1), "program": program},
        {"keys": keys[::-1], "day": date(2022, 5, 1), "program": program},
        {"keys": keys, "day": date(2022, 5, 1), "program": program + 1},
        {"keys": (), "day": date(2022, 5, 1), "program": program},
    ):
        assert asked.rows(**given) == list(_titles(**given)), given
    assert [code for (code,) in asked.rows(keys=keys, day=date(2022, 5, 1), program=program)] == codes


def test_each_member_is_told_what_they_see_and_nothing_of_whoever_asked_before(signed_program):
    parties = [party.agency for party in signed_program.parties.all()]
    stranger = make_agency(signed_program.unit, "la", "Hội Lạ")
    make_task(signed_program, "in_progress", due_on=date(2022, 3, 15), lead=parties[0])
    other = make_program("signed", unit=signed_program.unit, agencies=parties[:2])
    members = [make_member(agency, Role.OFFICIAL) for agency in (*parties, stranger)]
    members.append(make_member(parties[0], Role.UNIT_ADMIN))
    for member in (*members, *members[::-1]):
        seen = list(Program.objects.visible_to(member).order_by("pk").values_list("pk", flat=True))
        assert [key for key, *_years in periods_seen(member)] == seen
    assert [len(periods_seen(member)) for member in members][-2:] == [0, 0]
    assert other.pk in {key for key, *_years in periods_seen(members[0])}
    assert [frame_counts(member, TODAY).overdue for member in members] == [1] + [0] * (len(members) - 1)


def test_tasks_among_the_programs_someone_sees_are_just_those_they_see(signed_program):
    parties = [party.agency for party in signed_program.parties.all()]
    outside, stranger = (make_agency(signed_program.unit, code, f"Hội {code}") for code in ("ngoai", "la"))
    theirs = make_task(signed_program, title="Cùng làm", lead=parties[0], coordinators=(outside,))
    make_task(signed_program, title="Của các bên", lead=parties[1])
    draft = make_program("draft", unit=signed_program.unit, agencies=parties[1:])
    make_task(draft, title="Chưa thống nhất", lead=parties[1])
    members = [make_member(agency, Role.OFFICIAL) for agency in (*parties, outside, stranger)]
    members.append(make_member(parties[0], Role.UNIT_ADMIN))
    seen = []
    for member in members:
        among = Task.objects.visible_to(member, among=programs_covering(member, 2022))
        seen.append(set(among.values_list("pk", flat=True)))
        assert seen[-1] == set(Task.objects.visible_to(member).of_year(2022).values_list("pk", flat=True))
    assert [len(found) for found in seen] == [2, 3, 3, 1, 0, 0]
    assert seen[3] == {theirs.pk}
    assert not Task.objects.visible_to(members[3], among=programs_covering(members[3], 2021)).exists()


def test_what_is_asked_is_remembered_only_while_a_page_is_read(signed_program):
    member = make_member(signed_program.drafting_agency, Role.OFFICIAL)
    member.agency_ids()
    for remembers, queries in ((False, 2), (True, 1)):
        if remembers:
            member.remember_answers()
        with CaptureQueriesContext(connection) as asked:
            assert years_of(member) == years_of(member)
        assert len(asked) == queries
