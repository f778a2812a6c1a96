"""Search over a whole country: what is found, in which order, and that one indexed query finds it on both databases."""

import re
from datetime import date

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from agencies.access.enums import Role
from agencies.directory.enums import AgencyKind, Family, Standing
from agencies.directory.queries import PAGE_SIZE, Narrowing, search_directory
from agencies.directory.services import call_agency, end_agency, index_agencies, naming_from
from agencies.models import AdminUnit, Agency, AgencyWord, Membership
from agencies.units.enums import UnitKind
from agencies.units.services import call_unit
from records import text
from tests.factories.country import load_country
from tests.factories.people import make_agency, make_member, make_unit

MANY = 3000
DECOMPOSED = "\u0110a\u0302\u0300m Ha\u0300"


def codes(page) -> list[str]:
    return [row.agency.code for row in page.rows]


@pytest.fixture
def unit(db) -> AdminUnit:
    return make_unit("DH", "huyện Đầm Hà")


@pytest.fixture
def reader(unit) -> Membership:
    return make_member(make_agency(unit, "ubnd", "Ủy ban nhân dân", protocol_order=30))


class TestWhatIsFound:
    @pytest.mark.parametrize(
        "words",
        [
            "dam ha",
            "Đầm Hà",
            "ĐẦM  hà",
            "\u0110a\u0302\u0300m Ha\u0300",
            "uỷ ban",
            "ủy ban",
            "uy",
            "nhan dan",
            "h dam uy",
        ],
    )
    def test_marks_case_spaces_and_order_of_words_do_not_matter(self, words, reader):
        assert codes(search_directory(reader, words)) == ["ubnd"]

    @pytest.mark.parametrize("words", ["am ha", "damha", "dam hai", "dam ha xa", "%", "_", "'", "ubnd%", "\\"])
    def test_every_word_begins_a_word_of_the_agency_or_its_unit(self, words, reader):
        assert codes(search_directory(reader, words)) == (["ubnd"] if words == "ubnd%" else [])

    def test_abbreviation_code_kind_and_short_name_find_it(self, unit, reader):
        newspaper = make_agency(unit, "bao", "Báo Bình Minh", kind=AgencyKind.SPECIALISED)
        Agency.objects.filter(pk=newspaper.pk).update(kind=AgencyKind.OTHER, kind_label="Cơ quan báo chí")
        index_agencies(Agency.objects.filter(pk=newspaper.pk))
        for words in ("bao", "BAO", "bao chi", "binh minh"):
            assert codes(search_directory(reader, words)) == ["bao"], words

    def test_a_former_name_finds_the_agency_and_is_told(self, reader):
        agency = reader.agency
        naming = naming_from(agency.names.get())
        new = {"name": "Văn phòng tổng hợp", "short_name": "Văn phòng"}
        call_agency(agency, type(naming)(**vars(naming) | new), since=date(2020, 1, 1))
        (row,) = search_directory(reader, "nhan dan dam ha").rows
        assert (row.naming.name, row.found_by) == ("Văn phòng tổng hợp", "Ủy ban nhân dân")
        (row,) = search_directory(reader, "tong hop dam ha").rows
        assert row.found_by == ""

    def test_an_agency_follows_when_its_unit_is_called_otherwise(self, unit, reader):
        call_unit(unit, kind=UnitKind.DISTRICT, name="huyện Bình Minh", bare_name="Bình Minh", since=date(2020, 1, 1))
        for words in ("binh minh", "dam ha"):
            (row,) = search_directory(reader, words).rows
            assert row.unit_name == "huyện Bình Minh"

    def test_results_are_in_protocol_order_then_as_a_dictionary_sorts(self, unit, reader):
        for number, name in enumerate(("Đoàn", "Dân", "Đài", "Hội", "Án", "Ánh", "Ăn")):
            make_agency(unit, f"c{number}", name, protocol_order=60)
        make_agency(unit, "dau", "Ở trước", protocol_order=10)
        names = [row.naming.name for row in search_directory(reader, "").rows]
        assert names == ["Ở trước", "Ủy ban nhân dân", "Án", "Ánh", "Ăn", "Dân", "Đài", "Đoàn", "Hội"]

    def test_a_neighbour_is_not_found_whatever_is_typed(self, reader):
        make_agency(make_unit("HH", "huyện Hải Hà"), "ubnd", "Ủy ban nhân dân huyện Hải Hà")
        assert codes(search_directory(reader, "hai ha")) == []

    def test_what_has_ended_is_found_when_asked_for(self, unit, reader):
        end_agency(make_agency(unit, "cu", "Ban cũ"), last_day=date(2020, 12, 31))
        found = {standing: codes(search_directory(reader, "", narrowing=Narrowing(standing=standing))) for standing in
                 Standing}  # fmt: skip
        assert found == {Standing.ACTIVE: ["ubnd"], Standing.ENDED: ["cu"], Standing.ALL: ["ubnd", "cu"]}
        (row,) = search_directory(reader, "ban cu", narrowing=Narrowing(standing=Standing.ALL)).rows
        assert row.ended_on == date(2020, 12, 31)

    def test_filters_narrow_by_unit_kind_and_family(self, unit, reader):
        make_agency(unit, "mttq", "Ủy ban MTTQ", kind=AgencyKind.FRONT_COMMITTEE, family=Family.FRONT)
        for narrowing in (Narrowing(kind=AgencyKind.FRONT_COMMITTEE), Narrowing(family=Family.FRONT)):
            assert codes(search_directory(reader, "uy ban", narrowing=narrowing)) == ["mttq"]
        assert codes(search_directory(reader, "uy ban", narrowing=Narrowing(unit=unit))) == ["ubnd", "mttq"]

    @pytest.mark.parametrize("words", ["x " * 5000, "a" * 5000, " ".join(f"w{n}" for n in range(500))])
    def test_a_very_long_search_is_bounded(self, words, reader):
        with CaptureQueriesContext(connection) as made:
            assert codes(search_directory(reader, words)) == []
        assert len(made) <= 1
        assert not made or made[0]["sql"].count("agencies_agencyword") < 40

    def test_words_are_seen_with_their_agency(self, unit, reader):
        make_agency(make_unit(), "khac")
        seen = AgencyWord.objects.visible_to(reader).values_list("agency__unit__code", flat=True)
        assert set(seen) == {"DH"}


class TestPages:
    def test_each_agency_stands_on_one_page(self, unit, reader):
        for number in range(2 * PAGE_SIZE):
            make_agency(unit, f"c{number}", f"Hội {number % 7}", protocol_order=60 + number % 3)
        seen, after = [], None
        while True:
            page = search_directory(reader, "hoi", after)
            seen += codes(page)
            if not page.has_more:
                break
            after = page.last
        assert len(seen) == len(set(seen)) == 2 * PAGE_SIZE
        ranks = Agency.objects.filter(code__in=seen).in_protocol_order()
        assert seen == [agency.code for agency in ranks]

    def test_the_list_leads_to_the_next_page_and_keeps_the_words(self, unit, reader, sign_in):
        for number in range(PAGE_SIZE + 1):
            make_agency(unit, f"c{number:02}", f"Hội {number:02}", protocol_order=60)
        client = sign_in(reader)
        first = client.get("/co-quan/", {"q": "hoi"})
        last = first.context["found"].last
        assert f"q=hoi&amp;after={last.pk}" in first.content.decode()
        (row,) = client.get("/co-quan/", {"q": "hoi", "after": last.pk}).context["found"].rows
        assert row.agency.code == "c25"

    @pytest.mark.parametrize("after", ["x", "-1", "9" * 40, "\u0663", "0"])
    def test_an_address_that_makes_no_sense_begins_anew(self, after, reader, sign_in):
        answer = sign_in(reader).get("/co-quan/", {"after": after, "page": after, "unit": after, "kind": after})
        assert answer.status_code == 200

    def test_an_agency_of_a_neighbour_begins_anew_as_an_unknown_one_does(self, reader, sign_in):
        foreign = make_agency(make_unit(), "khac", protocol_order=900)
        client = sign_in(reader)
        assert [row.agency.code for row in client.get("/co-quan/", {"after": foreign.pk}).context["found"].rows] == [
            "ubnd"
        ]


@pytest.fixture(scope="module")
def country(django_db_setup, django_db_blocker):
    """A country of some thousand agencies, loaded once; each test works in a savepoint above it."""
    with django_db_blocker.unblock(), transaction.atomic():
        first = load_country(MANY)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        yield first
        transaction.set_rollback(True)


class Reader:
    """Whoever looks up: an official of a unit, or a system administrator."""

    def __init__(self, unit: AdminUnit, role: Role):
        self.unit_id, self.role = unit.pk, role


def plan_of(sql: str) -> str:
    """How the database would find it. Why scans are made dear: PostgreSQL reads tables of this size whole, whatever
    their indexes, and only then shows whether it could do without.
    """
    on_postgresql = connection.vendor == "postgresql"
    with transaction.atomic(), connection.cursor() as cursor:
        if on_postgresql:
            cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"{'EXPLAIN' if on_postgresql else 'EXPLAIN QUERY PLAN'} {sql}".replace("%", "%%"))
        plan = "\n".join(str(row[-1]) for row in cursor.fetchall())
        transaction.set_rollback(True)
    return plan


def scans_whole(plan: str, table: str) -> bool:
    """Whether a plan reads a table from end to end without an index."""
    if connection.vendor == "postgresql":
        return bool(re.search(rf"Seq Scan on {table}\b", plan))
    names = {table, *re.findall(r"\b[UVW]\d\b", plan)}
    return any(re.search(rf"SCAN {name}(?! USING)\b", plan) for name in names)


class TestAtTheSizeOfTheCountry:
    @pytest.mark.parametrize("role", [Role.SYSTEM_ADMIN, Role.OFFICIAL])
    @pytest.mark.parametrize("words", ["", "dam ha", "ubnd x dam", "uy ban mttq", "hoi nong dan xa tan", "khong co"])
    def test_one_indexed_query_makes_a_page(self, words, role, country, db):
        reader = Reader(AdminUnit.objects.get(code="TC3"), role)
        with CaptureQueriesContext(connection) as made:
            page = search_directory(reader, words)
        assert len(made) == 1
        plan = plan_of(made[0]["sql"])
        for table in ("agencies_agency", "agencies_agencyname", "agencies_agencyword"):
            assert not scans_whole(plan, table), plan
        assert words == "" or re.search(r"\bword\)?(::text\)?)? ?>", plan), plan  # a range of the index of words
        assert len(page.rows) <= PAGE_SIZE

    @pytest.mark.parametrize("words", ["dam ha", "ubnd x dam", "uỷ ban mttq", "hội nông dân xã tân"])
    def test_it_finds_what_reading_every_agency_would_find(self, words, country, db):
        reader = Reader(country, Role.SYSTEM_ADMIN)
        typed = text.words(words)
        expected = []
        for agency in Agency.objects.select_related("unit").in_protocol_order():
            known = text.words(" ".join((agency.current_name, agency.current_short_name, agency.code,
                                         agency.unit.current_name, agency.unit.code)))  # fmt: skip
            if all(any(one.startswith(word) for one in known) for word in typed):
                expected.append(agency.pk)
        page = search_directory(reader, words)
        assert [row.agency.pk for row in page.rows] == expected[:PAGE_SIZE]
        assert page.has_more is (len(expected) > PAGE_SIZE)

    def test_a_later_page_is_one_query_as_well(self, country, db):
        reader = Reader(country, Role.SYSTEM_ADMIN)
        first = search_directory(reader, "xa")
        with CaptureQueriesContext(connection) as made:
            search_directory(reader, "xa", first.last)
        assert len(made) == 1
