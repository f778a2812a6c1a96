"""`manage.py directory`: names whose day has come, and what is derived from units and agencies."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command

from agencies.directory.services import call_agency, naming_from
from agencies.models import Agency, AgencyWord, UnitReach, UnitWord
from records import clock
from tests.factories.people import make_agency, make_unit

pytestmark = pytest.mark.django_db


def said(*options: str) -> str:
    out = StringIO()
    call_command("directory", *options, stdout=out)
    return out.getvalue()


@pytest.fixture
def agency() -> Agency:
    return make_agency(make_unit("DH", "huyện Đầm Hà"), "ubnd", "UBND huyện")


def test_a_name_recorded_ahead_becomes_the_present_one_on_its_day(agency):
    ahead = vars(naming_from(agency.names.get())) | {"name": "UBND mới"}
    call_agency(agency, type(naming_from(agency.names.get()))(**ahead), since=date(2023, 1, 1))
    assert "0 cơ quan" in said()
    with clock.standing_at(clock.at(date(2023, 1, 1))):
        assert "1 cơ quan" in said()
    assert Agency.objects.get().current_name == "UBND mới"


def test_what_is_derived_is_derived_anew_when_asked(agency):
    kept = {model: set(model.objects.values_list(*columns)) for model, columns in COLUMNS.items()}
    assert all(kept.values())
    for model in COLUMNS:
        model.objects.all().delete()
    said()
    assert not UnitReach.objects.exists()
    said("--rebuild")
    assert {model: set(model.objects.values_list(*columns)) for model, columns in COLUMNS.items()} == kept


COLUMNS = {
    UnitReach: ("above_id", "below_id"),
    UnitWord: ("unit_id", "word"),
    AgencyWord: ("agency_id", "word"),
}
