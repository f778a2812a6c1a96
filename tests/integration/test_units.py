"""Administrative units by date: who enters them, what may not be entered, who reaches whom, how they are found."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from agencies.access.enums import Role
from agencies.models import AdminUnit, Agency, UnitReach, UnitWord
from agencies.units.enums import KINDS_OF_LEVEL, WORD_OF_KIND, SuccessionKind, UnitKind, UnitLevel
from agencies.units.reach import units_kept_by
from agencies.units.services import (
    add_unit,
    bring_unit_names_up_to_date,
    call_unit,
    end_unit,
    place_unit,
    rebuild_reach,
    record_succession,
)
from records import clock
from records.audit.enums import AuditAction
from records.audit.queries import entries_about
from records.errors import NotAllowed, RuleBroken
from tests.factories.people import BEGINNING, make_agency, make_member, make_unit
from tests.factories.units import founded

pytestmark = pytest.mark.django_db

LIST, CREATE = "/quan-tri/don-vi/", "/quan-tri/don-vi/tao/"
REFORM, LAST_DISTRICT_DAY = date(2025, 7, 1), date(2025, 6, 30)
DECOMPOSED = "\u0110a\u0302\u0300m Ha\u0300"


def reached_by(unit: AdminUnit) -> set[str]:
    return set(UnitReach.objects.filter(above=unit).values_list("below__code", flat=True))


@pytest.fixture
def province():
    return founded("QN", UnitKind.PROVINCE, "Quảng Ninh")


@pytest.fixture
def district(province):
    return founded("DH", UnitKind.DISTRICT, "Đầm Hà", parent=province, valid_to=LAST_DISTRICT_DAY)


@pytest.fixture
def commune(district):
    return founded("DH-TB", UnitKind.COMMUNE, "Tân Bình", parent=district, valid_to=LAST_DISTRICT_DAY)


@pytest.fixture
def system_admin():
    return make_member(make_agency(make_unit("HT"), "vp"), Role.SYSTEM_ADMIN)


@pytest.fixture
def unit_admin(district):
    return make_member(make_agency(district, "vp"), Role.UNIT_ADMIN)


def typed(**changes) -> dict:
    """A unit's form filled in well, with some fields changed."""
    fields = {
        "kind": "commune", "bare_name": "Tân Lập", "code": "DH-TL", "parent": "DH", "valid_from": "01/01/2016",
        "valid_to": "30/6/2025", "legal_basis": "",
    }  # fmt: skip
    return fields | changes


class TestAdding:
    def test_a_unit_is_entered_with_name_place_words_and_audit(self, province, system_admin, sign_in):
        answer = sign_in(system_admin).post(CREATE, typed(parent="quang ninh", valid_to="", bare_name=DECOMPOSED))
        unit = AdminUnit.objects.get(code="DH-TL")
        assert answer.headers["Location"] == reverse("agencies:unit-detail", args=["dh-tl"])
        assert (unit.level, unit.name_on(clock.today())) == (UnitLevel.COMMUNE, "xã Đầm Hà")
        assert unit.parents.get().parent == province
        assert set(unit.words.values_list("word", flat=True)) == {"dh", "tl", "xa", "dam", "ha"}
        assert entries_about(unit).get(action=AuditAction.CREATED).actor_id == system_admin.pk

    @pytest.mark.parametrize("kind", [kind for kinds in KINDS_OF_LEVEL.values() for kind in kinds])
    def test_every_kind_has_its_level(self, kind, system_admin):
        days = {"valid_from": REFORM if kind == UnitKind.SPECIAL_ZONE else BEGINNING}
        if kind in KINDS_OF_LEVEL[UnitLevel.DISTRICT] or kind == UnitKind.TOWNSHIP:
            days["valid_to"] = LAST_DISTRICT_DAY
        unit = add_unit(actor=system_admin, code="X1", kind=kind, bare_name="Thử", **days)
        assert kind in KINDS_OF_LEVEL[UnitLevel(unit.level)]
        assert unit.current_name == f"{WORD_OF_KIND[kind]} Thử"

    def test_the_administrator_of_the_country_keeps_a_commune_below_a_district(self, province, commune):
        country = founded("VN", UnitKind.COUNTRY, "Việt Nam")
        place_unit(province, country, since=date(2001, 1, 1))
        keeper = make_member(make_agency(country, "vp"), Role.UNIT_ADMIN)
        assert set(units_kept_by(keeper)) >= {country, province, commune}
        with pytest.raises(RuleBroken):
            founded("V2", UnitKind.COUNTRY, "Khác", parent=country)

    def test_there_is_one_country(self, system_admin):
        founded("VN", UnitKind.COUNTRY, "Việt Nam")
        with pytest.raises(RuleBroken) as refused:
            add_unit(actor=system_admin, code="V2", kind="country", bare_name="Khác", valid_from=BEGINNING)
        assert refused.value.field == "kind"
        with pytest.raises(IntegrityError), transaction.atomic():
            AdminUnit.objects.create(code="V3", level=UnitLevel.COUNTRY, valid_from=BEGINNING)

    def test_a_commune_stands_below_its_province_with_no_district_between(self, province, system_admin):
        unit = add_unit(
            actor=system_admin, code="DH25", kind="commune", bare_name="Đầm Hà", valid_from=REFORM, parent=province
        )
        assert unit.parents.get().parent == province

    def test_the_same_name_twice_is_two_units(self, province, system_admin):
        both = [
            add_unit(
                actor=system_admin, code=code, kind="commune", bare_name="Đầm Hà", valid_from=BEGINNING, parent=province
            )
            for code in ("DHA", "DHB")
        ]
        assert both[0] != both[1]
        assert AdminUnit.objects.filter(current_name="xã Đầm Hà").count() == 2

    def test_the_word_of_the_kind_is_not_typed_twice(self, system_admin):
        unit = add_unit(actor=system_admin, code="TB", kind="ward", bare_name="Phường  Hồng Hải", valid_from=REFORM)
        assert (unit.current_name, unit.current_bare_name) == ("phường Hồng Hải", "Hồng Hải")

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"code": ""}, "code"),
            ({"code": "dh tl"}, "code"),
            ({"code": "ĐH"}, "code"),
            ({"code": "TAO"}, "code"),
            ({"code": "dh-tb"}, "code"),
            ({"code": "A" * 11}, "code"),
            ({"bare_name": ""}, "bare_name"),
            ({"bare_name": "a\x00b"}, "bare_name"),
            ({"bare_name": "Đ" * 101}, "bare_name"),
            ({"kind": "canton"}, "kind"),
            ({"parent": "không có"}, "parent"),
            ({"parent": "DH-TB"}, "parent"),
            ({"valid_from": "31/02/2016"}, "valid_from"),
            ({"valid_from": "01/01/2025", "valid_to": "31/12/2024"}, "valid_to"),
            ({"valid_from": "01/01/1990"}, "parent"),
            ({"valid_to": ""}, "parent"),
            ({"valid_to": "01/7/2025"}, "parent"),
            ({"kind": "district", "parent": "QN", "valid_to": ""}, "valid_to"),
            ({"kind": "district", "parent": "QN", "valid_to": "01/7/2025"}, "valid_to"),
            ({"kind": "township", "valid_to": "01/7/2025"}, "valid_to"),
            ({"kind": "township", "valid_from": "01/7/2025", "valid_to": "", "parent": "QN"}, "valid_from"),
            ({"kind": "special_zone"}, "valid_from"),
            ({"kind": "district", "parent": "DH"}, "parent"),
            ({"kind": "province", "parent": "QN", "valid_to": ""}, "parent"),
        ],
    )
    def test_what_cannot_be_is_refused_beside_the_field(self, changes, field, commune, system_admin, sign_in):
        before = AdminUnit.objects.count()
        answer = sign_in(system_admin).post(CREATE, typed(**changes))
        assert answer.status_code == 422
        assert list(answer.context["form"].errors) == [field]
        assert AdminUnit.objects.count() == before

    def test_a_parent_that_several_units_fit_is_asked_for_by_code(self, district, commune, system_admin, sign_in):
        other = founded("HH-TB", UnitKind.DISTRICT, "Tân Bình")
        answer = sign_in(system_admin).post(CREATE, typed(parent="tan binh"))
        (message,) = answer.context["form"].errors["parent"]
        assert commune.code in message and other.code in message

    def test_a_unit_administrator_adds_below_their_own_unit_only(self, district, province, unit_admin, sign_in):
        client = sign_in(unit_admin)
        assert client.post(CREATE, typed()).status_code == 302
        outside = founded("HH", UnitKind.DISTRICT, "Hải Hà")
        for parent in (outside.code, province.code, ""):
            answer = client.post(CREATE, typed(code="X9", parent=parent))
            assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["parent"]), parent
        with pytest.raises(NotAllowed):
            add_unit(actor=unit_admin, code="X9", kind="commune", bare_name="Lạ", valid_from=BEGINNING, parent=outside)

    @pytest.mark.parametrize("role", [Role.OFFICIAL, Role.LEADER, Role.SECRETARY, Role.ORGANISER])
    def test_nobody_else_keeps_units(self, role, district, commune, sign_in):
        client = sign_in(make_member(make_agency(district, "ubnd"), role))
        for url in (LIST, CREATE, reverse("agencies:unit-detail", args=["dh-tb"])):
            assert client.get(url).status_code == 403, url
        assert client.post(CREATE, typed()).status_code == 403
        assert not AdminUnit.objects.filter(code="DH-TL").exists()


class TestOverTime:
    def test_a_name_follows_another_and_both_find_the_unit(self, commune):
        call_unit(
            commune, kind=UnitKind.COMMUNE, name="xã Bình Minh", bare_name="Bình Minh", since=date(2020, 1, 1),
            legal_basis="Nghị quyết số 1",
        )  # fmt: skip
        commune = AdminUnit.objects.get(pk=commune.pk)
        assert [commune.name_on(day) for day in (date(2019, 12, 31), date(2020, 1, 1))] == [
            "xã Tân Bình",
            "xã Bình Minh",
        ]
        assert commune.current_name == "xã Bình Minh"
        assert {"tan", "minh"} <= set(commune.words.values_list("word", flat=True))

    def test_a_name_recorded_ahead_becomes_the_present_one_on_its_day(self, commune):
        call_unit(commune, kind=UnitKind.COMMUNE, name="xã Mới", bare_name="Mới", since=date(2023, 1, 1))
        assert AdminUnit.objects.get(pk=commune.pk).current_name == "xã Tân Bình"
        assert bring_unit_names_up_to_date(date(2022, 12, 31)) == 0
        with clock.standing_at(clock.at(date(2023, 1, 1))):
            assert bring_unit_names_up_to_date(clock.today()) == 1
        assert AdminUnit.objects.get(pk=commune.pk).current_name == "xã Mới"

    @pytest.mark.parametrize("since", [date(1999, 12, 31), BEGINNING, date(2025, 7, 1)])
    def test_periods_never_overlap_nor_leave_the_unit(self, since, commune):
        with pytest.raises(RuleBroken):
            call_unit(commune, kind=UnitKind.COMMUNE, name="xã Khác", bare_name="Khác", since=since)
        with pytest.raises(RuleBroken):
            place_unit(commune, founded("Q2", UnitKind.PROVINCE, "Khác"), since=since)

    def test_a_kind_of_another_level_is_refused(self, commune):
        with pytest.raises(RuleBroken):
            call_unit(commune, kind=UnitKind.TOWN, name="thị xã Tân Bình", bare_name="Tân Bình", since=date(2020, 1, 1))

    def test_a_unit_ends_with_its_name_its_place_and_the_places_below_it(self, province):
        district = founded("BC", UnitKind.DISTRICT, "Ba Chẽ", parent=province)
        below = founded("BC-1", UnitKind.COMMUNE, "Đồn Đạc", parent=district)
        end_unit(district, last_day=LAST_DISTRICT_DAY, decision="Nghị quyết số 1")
        assert [rows.get().valid_to for rows in (district.names, district.parents, below.parents)] == [
            LAST_DISTRICT_DAY
        ] * 3
        place_unit(below, province, since=REFORM)
        assert [place.parent.code for place in below.parents.order_by("valid_from")] == ["BC", "QN"]

    def test_a_unit_does_not_end_before_what_is_recorded_of_it(self, province):
        district = founded("BC", UnitKind.DISTRICT, "Ba Chẽ")
        for last_day in (date(1999, 1, 1),):
            with pytest.raises(RuleBroken):
                end_unit(district, last_day=last_day)
        call_unit(district, kind=UnitKind.TOWN, name="thị xã Ba Chẽ", bare_name="Ba Chẽ", since=date(2021, 1, 1))
        with pytest.raises(RuleBroken):
            end_unit(district, last_day=date(2020, 12, 31))

    def test_a_successor_exists_on_the_day_and_is_not_the_predecessor(self, district, commune):
        later = founded("DH25", valid_from=REFORM)
        facts = {"kind": SuccessionKind.MERGED, "decision": "Nghị quyết số 1"}
        with pytest.raises(RuleBroken):
            record_succession([commune], later, effective_on=date(2025, 6, 1), **facts)
        with pytest.raises(RuleBroken):
            record_succession([commune], commune, effective_on=date(2020, 1, 1), **facts)
        with pytest.raises(RuleBroken):
            record_succession([commune], district, effective_on=REFORM, **facts)


class TestReach:
    def test_a_unit_reaches_all_below_it_at_any_depth_and_nothing_beside_it(self, province, district, commune):
        beside = founded("HH", UnitKind.DISTRICT, "Hải Hà", parent=province)
        assert reached_by(province) == {"QN", "DH", "DH-TB", "HH"}
        assert reached_by(district) == {"DH", "DH-TB"}
        assert reached_by(commune) == {"DH-TB"}
        assert reached_by(beside) == {"HH"}

    def test_a_place_given_later_reaches_what_lay_below_before(self, district, commune):
        other = founded("Q2", UnitKind.PROVINCE, "Khác")
        place_unit(district, other, since=date(2020, 1, 1))
        assert reached_by(other) == {"Q2", "DH", "DH-TB"}

    def test_a_successor_reaches_its_predecessors_and_what_lay_below_them(self, province, district, commune):
        new = founded("DH25", valid_from=REFORM, parent=province)
        assert reached_by(new) == {"DH25"}
        record_succession([district], new, kind=SuccessionKind.MERGED, effective_on=REFORM, decision="")
        assert reached_by(new) == {"DH25", "DH", "DH-TB"}
        assert reached_by(province) >= reached_by(new)
        assert "DH25" not in reached_by(district)

    def test_rebuilding_finds_what_was_kept_and_forgets_what_was_taken_back(self, province, district, commune):
        new = founded("DH25", valid_from=REFORM, parent=province)
        (passed,) = record_succession([district], new, kind=SuccessionKind.MERGED, effective_on=REFORM, decision="")
        kept = {unit: reached_by(unit) for unit in AdminUnit.objects.all()}
        rebuild_reach()
        assert {unit: reached_by(unit) for unit in AdminUnit.objects.all()} == kept
        passed.delete()
        rebuild_reach()
        assert reached_by(new) == {"DH25"}

    def test_a_circle_of_successions_ends(self, province):
        one, two = founded("A1"), founded("A2")
        for before, after, day in ((one, two, 1), (two, one, 2)):
            record_succession([before], after, kind=SuccessionKind.MERGED, effective_on=date(2020, 1, day), decision="")
        assert rebuild_reach() == UnitReach.objects.count()
        assert reached_by(one) == reached_by(two) == {"A1", "A2"}

    def test_members_see_what_their_unit_reaches_and_a_system_administrator_all(
        self, province, district, commune, system_admin
    ):
        official = make_member(make_agency(district, "ubnd"))
        make_agency(commune, "ubnd")
        seen = AdminUnit.objects.visible_to(official)
        assert {unit.code for unit in seen} == {"DH", "DH-TB"}
        assert {agency.unit.code for agency in Agency.objects.visible_to(official)} == {"DH", "DH-TB"}
        assert set(AdminUnit.objects.visible_to(system_admin)) == set(AdminUnit.objects.all())
        assert not AdminUnit.objects.visible_to(None).exists()

    def test_derived_rows_are_seen_with_the_units_they_tell_of(self, district, commune):
        official = make_member(make_agency(commune, "ubnd"))
        assert {word.unit_id for word in UnitWord.objects.visible_to(official)} == {commune.pk}
        assert {(pair.above_id, pair.below_id) for pair in UnitReach.objects.visible_to(official)} == {
            (commune.pk, commune.pk)
        }
