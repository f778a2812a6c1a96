"""The pages on which administrators look through the record of units and mend it."""

from datetime import date

import pytest
from django.db import transaction
from django.urls import reverse

from agencies.access.enums import Role
from agencies.models import AdminUnit
from agencies.units.enums import SuccessionKind, UnitKind
from agencies.units.services import (
    call_unit,
    correct_unit_name,
    record_succession,
)
from records.audit.enums import AuditAction
from records.audit.queries import entries_about
from records.errors import Conflict, NotAllowed
from tests.factories.people import make_agency, make_member, make_unit
from tests.factories.units import founded

pytestmark = pytest.mark.django_db

LIST = "/quan-tri/don-vi/"
REFORM, LAST_DISTRICT_DAY = date(2025, 7, 1), date(2025, 6, 30)


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


class TestPages:
    def test_the_list_shows_the_units_of_a_day(self, province, district, commune, system_admin, sign_in):
        founded("DH25", name="Đầm Hà", valid_from=REFORM, parent=province)
        client = sign_in(system_admin)

        def listed(**query) -> list[str]:
            return [unit.code for unit in client.get(LIST, query).context["page_obj"]]

        assert listed() == ["DH", "QN", "DH-TB", "HT"]
        assert listed(day="01/7/2025") == ["DH25", "QN", "HT"]
        assert listed(day="") == ["DH", "DH25", "QN", "DH-TB", "HT"]
        assert listed(q="dam ha", day="") == ["DH", "DH25"]
        assert listed(level="province") == ["QN"]
        assert listed(q="%") == []

    def test_the_list_tells_a_day_that_is_none(self, district, system_admin, sign_in):
        answer = sign_in(system_admin).get(LIST, {"day": "31/02/2022"})
        assert answer.status_code == 200
        assert "Ngày không có thật" in answer.content.decode()

    def test_a_unit_administrator_lists_their_own_and_those_below(self, province, commune, unit_admin, sign_in):
        founded("HH", UnitKind.DISTRICT, "Hải Hà", parent=province)
        client = sign_in(unit_admin)
        assert [unit.code for unit in client.get(LIST).context["page_obj"]] == ["DH", "DH-TB"]
        assert client.get(reverse("agencies:unit-detail", args=["hh"])).status_code == 404
        assert client.get(reverse("agencies:unit-detail", args=["khong-co"])).status_code == 404

    def test_a_units_page_tells_its_life(self, province, district, commune, system_admin, sign_in):
        new = founded("DH25", name="Đầm Hà", valid_from=REFORM, parent=province)
        make_agency(commune, "ubnd", "UBND xã Tân Bình")
        call_unit(commune, kind=UnitKind.COMMUNE, name="xã Bình Minh", bare_name="Bình Minh", since=date(2020, 1, 1))
        record_succession(
            [commune], new, kind=SuccessionKind.SPLIT, effective_on=REFORM, decision="Nghị quyết số 1",
            decided_on=date(2025, 6, 16), shares={commune.pk: 40}, mains=[commune.pk],
        )  # fmt: skip
        answer = sign_in(system_admin).get(reverse("agencies:unit-detail", args=["dh-tb"]))
        page = answer.content.decode()
        told = [(event.day, [kin.name for kin in event.before], [kin.name for kin in event.after]) for event in
                answer.context["life"].events]  # fmt: skip
        assert told == [
            (REFORM, ["xã Bình Minh"], ["xã Đầm Hà"]),
            (date(2020, 1, 1), ["xã Tân Bình"], ["xã Bình Minh"]),
        ]
        for words in ("Nghị quyết số 1", "16/6/2025", "40%", "nay là xã Đầm Hà", "UBND xã Tân Bình", "Huyện Đầm Hà"):
            assert words in page, words

    def test_a_lineage_leads_over_several_generations(self, system_admin, sign_in):
        days = [date(2010, 1, 1), date(2015, 1, 1), date(2020, 1, 1)]
        line = [founded(f"D{number}", name=f"Đời {number}") for number in range(4)]
        for before, after, day in zip(line[:-1], line[1:], days, strict=True):
            record_succession([before], after, kind=SuccessionKind.RENAMED, effective_on=day, decision="")
        first, last = (sign_in(system_admin).get(reverse("agencies:unit-detail", args=[one.slug])).context["life"]
                       for one in (line[0], line[-1]))  # fmt: skip
        assert [unit.code for unit in first.lineage.heirs] == ["D3"]
        assert [unit.code for unit in last.lineage.origins] == ["D0"]
        assert [event.day for event in first.events] == days[::-1]

    @pytest.mark.parametrize("count", [1, 3])
    def test_pages_keep_their_budget(self, count, province, system_admin, sign_in, django_assert_max_num_queries):
        district = founded("DX", UnitKind.DISTRICT, "Xa", parent=province)
        for number in range(count):
            below = founded(f"DX-{number}", parent=district)
            make_agency(district, f"co-quan-{number}")
            record_succession(
                [below], district, kind=SuccessionKind.MERGED, effective_on=date(2021, 1, 1), decision=f"{number}"
            )
        client = sign_in(system_admin)
        with django_assert_max_num_queries(9):
            client.get(LIST)
        with django_assert_max_num_queries(20):
            client.get(reverse("agencies:unit-detail", args=["dx"]))


class TestCorrecting:
    def address(self, unit: AdminUnit) -> str:
        return reverse("agencies:unit-name", args=[unit.slug, unit.names.get().pk])

    def typed(self, unit: AdminUnit, **changes) -> dict:
        fields = {"kind": "commune", "bare_name": "Tân Bình", "legal_basis": "Nghị quyết số 2", "reason": "Gõ sai"}
        return fields | {"revision": str(unit.revision)} | changes

    def test_a_mistake_is_mended_for_its_whole_period_with_the_reason(self, district, system_admin, sign_in):
        unit = founded("DH-TB", name="Tân Bin", parent=district, valid_to=LAST_DISTRICT_DAY)
        agency = make_agency(unit, "ubnd", "UBND xã")
        answer = sign_in(system_admin).post(self.address(unit), self.typed(unit))
        assert answer.status_code == 302
        unit = AdminUnit.objects.get(pk=unit.pk)
        assert (unit.names.get().name, unit.current_name, unit.revision) == ("xã Tân Bình", "xã Tân Bình", 1)
        assert "bin" not in unit.words.values_list("word", flat=True)
        assert "binh" in agency.words.values_list("word", flat=True)
        entry = entries_about(unit).filter(action=AuditAction.CHANGED).first()
        assert (entry.before["name"], entry.after["name"], entry.after["reason"]) == (
            "xã Tân Bin", "xã Tân Bình", "Gõ sai"
        )  # fmt: skip

    def test_whoever_comes_second_is_told(self, commune, system_admin, sign_in):
        answer = sign_in(system_admin).post(self.address(commune), self.typed(commune, revision="7"))
        assert answer.status_code == 409
        assert commune.names.get().name == "xã Tân Bình"

    @pytest.mark.parametrize("changes", [{"reason": ""}, {"kind": "town"}, {"bare_name": ""}, {"bare_name": "a\x00"}])
    def test_a_correction_is_no_way_round_the_rules(self, changes, commune, system_admin, sign_in):
        answer = sign_in(system_admin).post(self.address(commune), self.typed(commune, **changes))
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, [*changes])

    def test_each_name_is_corrected_by_its_keepers(self, province, district, commune, unit_admin, sign_in):
        client = sign_in(unit_admin)
        assert client.post(self.address(commune), self.typed(commune)).status_code == 302
        assert client.get(self.address(province)).status_code == 404
        name = province.names.get()
        facts = {"kind": "province", "bare_name": "Khác", "legal_basis": "", "reason": "Thử", "revision": 0}
        with pytest.raises(NotAllowed), transaction.atomic():
            correct_unit_name(name, actor=unit_admin, **facts)
        foreign = reverse("agencies:unit-name", args=["dh-tb", name.pk])
        assert client.get(foreign).status_code == 404

    def test_the_service_refuses_a_stale_revision(self, commune, system_admin):
        facts = {"kind": "commune", "bare_name": "Khác", "legal_basis": "", "reason": "Thử", "revision": 3}
        with pytest.raises(Conflict):
            correct_unit_name(commune.names.get(), actor=system_admin, **facts)
