"""The page of an agency tells what it came from and what became of it, over several generations, on screen only."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.urls import reverse

from agencies.directory.services import call_agency, end_agency, naming_from
from agencies.models import Agency, AgencySuccession, Membership
from agencies.units.enums import SuccessionKind
from records import clock
from tests.factories.people import make_agency, make_member, make_unit

pytestmark = pytest.mark.django_db

DECIDED, DAY = date(2021, 6, 16), date(2021, 7, 1)


def passed(before: Agency, after: Agency, kind: SuccessionKind, day: date = DAY, **facts) -> AgencySuccession:
    return AgencySuccession.objects.create(
        predecessor=before, successor=after, kind=kind, effective_on=day, decision="Quyết định số 5", **facts
    )


def address(agency: Agency) -> str:
    return reverse("agencies:agency-detail", args=[agency.unit.slug, agency.code])


@pytest.fixture
def unit():
    return make_unit("BM", "huyện Bình Minh")


@pytest.fixture
def board(unit) -> Agency:
    return make_agency(unit, "btg", "Ban Tuyên giáo")


@pytest.fixture
def reader(unit) -> Membership:
    return make_member(make_agency(unit, "ubnd", "UBND huyện"))


@pytest.fixture
def told(reader, sign_in):
    """What the timeline of an agency tells: day, sides, decision."""

    def events(agency: Agency) -> list[tuple]:
        found = sign_in(reader).get(address(agency)).context["life"].events
        return [
            (one.day, [kin.name for kin in one.before], [kin.name for kin in one.after], one.decision) for one in found
        ]

    return events


def test_a_new_name_and_another_parent_are_turns_of_its_life(unit, board, told):
    committee = make_agency(unit, "hu", "Huyện ủy")
    new = vars(naming_from(board.names.get())) | {"name": "Ban Tuyên giáo và Dân vận", "legal_basis": "Quyết định số 9"}
    call_agency(board, type(naming_from(board.names.get()))(**new), since=DAY, parent=committee)
    renamed, moved = told(board)
    assert renamed == (DAY, ["Ban Tuyên giáo"], ["Ban Tuyên giáo và Dân vận"], "Quyết định số 9")
    assert (moved[0], moved[2], moved[3]) == (DAY, ["Huyện ủy"], "Quyết định số 9")


def test_a_merger_is_one_turn_with_all_it_came_from(unit, board, told):
    mobilisation, joint = make_agency(unit, "bdv", "Ban Dân vận"), make_agency(unit, "btgdv", "Ban chung")
    for one in (board, mobilisation):
        passed(one, joint, SuccessionKind.MERGED, decided_on=DECIDED)
    ((day, before, after, decision),) = told(joint)
    assert (day, before, after) == (DAY, ["Ban Dân vận", "Ban Tuyên giáo"], ["Ban chung"])
    assert "Quyết định số 5" in decision and "16/6/2021" in decision


def test_a_split_is_one_turn_with_the_shares_of_all_it_became(unit, board, reader, sign_in, told):
    for code, share in (("mot", 60), ("hai", 40)):
        terms = {"share_percent": share, "is_main": share > 50}
        passed(board, make_agency(unit, code, f"Ban {code}"), SuccessionKind.SPLIT, **terms)
    ((day, before, after, _decision),) = told(board)
    assert (day, before, after) == (DAY, ["Ban Tuyên giáo"], ["Ban mot", "Ban hai"])
    page = sign_in(reader).get(address(board)).content.decode()
    assert "60%" in page and "40%" in page


def test_what_ended_without_a_successor_was_dissolved(board, reader, told):
    end_agency(board, last_day=DAY - timedelta(days=1), decision="Quyết định số 7")
    assert told(board) == [(DAY - timedelta(days=1), ["Ban Tuyên giáo"], [], "Quyết định số 7")]


def test_a_line_is_followed_over_several_generations_both_ways(unit, reader, sign_in):
    line = [make_agency(unit, f"d{number}", f"Đời {number}") for number in range(4)]
    for number, (before, after) in enumerate(pairwise(line)):
        passed(before, after, SuccessionKind.RENAMED, date(2010 + number, 1, 1))
    client = sign_in(reader)
    first, last = client.get(address(line[0])).content.decode(), client.get(address(line[-1])).content.decode()
    assert f'<a href="{address(line[-1])}">nay là Đời 3</a>' in first
    assert f'<a href="{address(line[0])}">trước là Đời 0</a>' in last
    assert all(f"Đời {number}" in page for number in range(4) for page in (first, last))
    assert len(client.get(address(line[1])).context["life"].events) == 3


def test_an_agency_that_goes_on_after_giving_a_part_away_is_nothing_else_now(unit, board, reader, sign_in):
    passed(board, make_agency(unit, "mot", "Ban mới"), SuccessionKind.SPLIT, share_percent=30, is_main=False)
    page = sign_in(reader).get(address(board)).content.decode()
    assert "30%" in page
    assert "nay là" not in page


def test_bodies_are_called_in_a_turn_as_they_were_called_then(unit, board, told):
    later = make_agency(unit, "sau", "Ban sau")
    passed(board, later, SuccessionKind.RENAMED)
    naming = naming_from(later.names.get())
    call_agency(later, type(naming)(**vars(naming) | {"name": "Ban mới nhất"}), since=date(2022, 1, 1))
    assert (DAY, ["Ban Tuyên giáo"], ["Ban sau"], "Quyết định số 5") in told(later)


def test_a_successor_in_a_unit_that_is_not_reached_is_named_without_a_link(board, reader, sign_in):
    foreign = make_agency(make_unit("XA", "huyện Xa"), "btg", "Ban ở nơi khác")
    passed(board, foreign, SuccessionKind.MERGED)
    client = sign_in(reader)
    page = client.get(address(board)).content.decode()
    assert "nay là Ban ở nơi khác" in page
    assert address(foreign) not in page
    assert client.get(address(foreign)).status_code == 404


def test_a_circle_of_successions_ends(unit, board, told):
    other = make_agency(unit, "khac", "Ban khác")
    passed(board, other, SuccessionKind.MERGED, date(2020, 1, 1))
    passed(other, board, SuccessionKind.MERGED, date(2021, 1, 1))
    assert len(told(board)) == 2


def test_an_ended_agency_says_so_and_offers_its_history(board, reader, sign_in):
    end_agency(board, last_day=clock.today() - timedelta(days=1))
    answer = sign_in(reader).get(address(board))
    assert answer.context["ended_on"] == clock.today() - timedelta(days=1)
    assert reverse("agencies:agency-history", args=[board.unit.slug, board.code]) in answer.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_keeps_its_budget_whatever_the_line(
    count, unit, board, reader, sign_in, django_assert_max_num_queries
):
    for number in range(count):
        passed(make_agency(unit, f"cu-{number}", f"Ban cũ {number}"), board, SuccessionKind.MERGED)
        terms = {"share_percent": 10, "is_main": number == 0}
        passed(board, make_agency(unit, f"moi-{number}"), SuccessionKind.SPLIT, date(2021, 8, 1), **terms)
    client = sign_in(reader)
    with django_assert_max_num_queries(30):
        client.get(address(board))
