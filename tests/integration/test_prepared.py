"""Statements put together once answer for whoever asks, with the values given each time."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agencies.access.enums import Role
from coordination.programs.models import Program
from coordination.programs.queries import programs_covering, years_of
from coordination.reminders.queries import frame_counts
from coordination.tasks.judging import NOW, days_touch, days_touch_among
from coordination.tasks.models import Target, Task
from coordination.tasks.queries.whole import whole_task
from records.finding import holding
from records.keys import one_of
from records.prepared import Prepared, PreparedWords, attach
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
        assert sorted(programs_covering(member).keys) == seen
    assert [len(programs_covering(member).keys) for member in members][-2:] == [0, 0]
    assert other.pk in programs_covering(members[0]).keys
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
    for member, found in zip(members, seen, strict=True):
        assert set(Task.objects.visible_to(member, singly=True).of_year(2022).values_list("pk", flat=True)) == found
        programs = set(Program.objects.visible_to(member).values_list("pk", flat=True))
        assert set(Program.objects.visible_to(member, singly=True).values_list("pk", flat=True)) == programs
        codes = Task.objects.order_by("pk").values_list("code", flat=True)
        assert {task.pk for code in codes if (task := whole_task(member, code))} == found
    assert not Task.objects.visible_to(members[3], among=programs_covering(members[3], 2021)).exists()


def test_years_are_those_of_programs_made_and_of_those_only_worked_in(signed_program):
    party = signed_program.drafting_agency
    outside = make_agency(signed_program.unit, "ngoai", "Hội ngoài")
    make_task(signed_program, title="Cùng làm", lead=party, coordinators=(outside,))
    own = make_program("draft", unit=signed_program.unit, agencies=[outside, party], year=2021)
    partner, helper = (make_member(agency, Role.OFFICIAL) for agency in (party, outside))
    assert own.year == 2021
    assert years_of(partner) == years_of(helper) == [2022, 2021]
    for member in (partner, helper):
        with CaptureQueriesContext(connection) as asked:
            years_of(member)
        assert len(asked) == 1


def test_models_come_with_what_they_point_to_and_with_what_points_to_them(signed_program):
    tasks = [make_task(signed_program, title=title, target_value=45, target_unit="hộ") for title in ("Một", "Hai")]
    asked = Prepared(lambda code: Task.objects.filter(code=code).select_related("area", "program__drafting_agency"))
    for task in tasks:
        (found,) = asked.models(code=task.code)
        with CaptureQueriesContext(connection) as queries:
            assert (found.pk, found.title, found.area.pk) == (task.pk, task.title, task.area_id)
            assert found.program.drafting_agency.pk == signed_program.drafting_agency_id
        assert len(queries) == 0
    assert asked.models(code="KHONG-CO") == []
    attach(tasks, "targets", Target.objects.all())
    with CaptureQueriesContext(connection) as queries:
        assert [[target.task for target in task.targets.all()] for task in tasks] == [[task] for task in tasks]
    assert len(queries) == 0
    assert tasks[0].targets.filter(value=45).get() == tasks[0].targets.all()[0]


def test_tasks_whose_days_touch_a_year_are_the_same_in_either_words(signed_program):
    for start_on, due_on in ((None, date(2022, 4, 2)), (date(2022, 1, 5), date(2022, 12, 31))):
        make_task(signed_program, start_on=start_on, due_on=due_on)
    make_task(signed_program, schedule_kind="ongoing", due_on=None)
    counts = []
    for year in (2021, 2022, 2023):
        plain, among = (words(NOW, year) for words in (days_touch, days_touch_among))
        counts.append(Task.objects.filter(plain).count())
        assert list(Task.objects.filter(among).order_by("pk")) == list(Task.objects.filter(plain).order_by("pk"))
    assert counts == [1, 3, 1]


def test_rows_of_keys_known_are_just_those(signed_program):
    tasks = [make_task(signed_program, title=title) for title in ("Một", "Hai", "Ba")]
    assert set(Task.objects.filter(one_of("id", {tasks[0].pk, tasks[2].pk}))) == {tasks[0], tasks[2]}
    assert not Task.objects.filter(one_of("id", ())).exists()


def _holding(words: tuple[str, ...], keys: frozenset[int]):
    return Task.objects.filter(holding("title_folded", words) & one_of("id", keys)).order_by("pk")


def test_words_are_found_inside_others_and_signs_mean_only_themselves(signed_program):
    titles = ("Tập huấn 50% hộ dân", "Tập huấn 500 hộ_dân", "Hỗ trợ xóa nhà tạm")
    keys = frozenset(make_task(signed_program, title=title).pk for title in titles)
    asked, found = Prepared(_holding), []
    for words in (("huan",), ("50%",), ("o_d",), ("tro",), ("ho", "dan"), ("nha", "tam"), ("%",), ("a" * 50,), ("an",)):
        for among in (keys, keys - {min(keys)}):
            plain = list(_holding(words, among))
            assert asked.models(words=words, keys=among) == plain, (words, among)
            assert asked.first_models(1, words=words, keys=among) == plain[:1]
            found.append(len(plain))
    assert found[::2] == [2, 1, 1, 1, 2, 1, 0, 0, 0]


def test_a_piece_of_an_answer_is_just_that(signed_program):
    keys = tuple(make_task(signed_program, title=f"Việc {number}").pk for number in range(5))
    asked = Prepared(lambda keys: Task.objects.filter(pk__in=keys).order_by("pk").values_list("pk"))
    assert asked.piece(1, 3, keys=keys) == [(key,) for key in keys[1:3]]
    assert asked.piece(4, 9, keys=keys) == [(keys[4],)]
    assert asked.piece(0, 3, keys=()) == []


def test_a_statement_written_by_hand_is_told_who_asks_each_time(signed_program):
    keys = [make_task(signed_program, title=title).pk for title in ("Một", "Hai", "Ba")]

    def write(keys: frozenset[int], least: int) -> tuple[str, list]:
        written = ", ".join(map(str, keys))
        return f"SELECT id FROM coordination_task WHERE id IN ({written}) AND id >= %s ORDER BY id", [least]

    asked = PreparedWords(write)
    for among, least in (({*keys}, 0), ({*keys[1:]}, 0), ({*keys}, keys[2])):
        rows = asked.rows(keys=frozenset(among), least=least)
        assert [key for (key,) in rows] == [key for key in keys if key in among and key >= least]


def test_what_is_asked_is_remembered_only_while_a_page_is_read(signed_program):
    member = make_member(signed_program.drafting_agency, Role.OFFICIAL)
    member.agency_ids()
    for remembers, queries in ((False, 2), (True, 1)):
        if remembers:
            member.remember_answers()
        with CaptureQueriesContext(connection) as asked:
            assert years_of(member) == years_of(member)
        assert len(asked) == queries
