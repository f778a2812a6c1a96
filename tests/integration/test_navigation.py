"""The year's switch: an object's own year is the current one, and the switch leads back to the list."""

import pytest
from django.urls import reverse

from tests.factories.programs import make_program, secretary_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def client_of_both_years(sign_in):
    old = make_program("signed", year=2021)
    new = make_program("signed", unit=old.unit, agencies=[row.agency for row in old.parties.all()], year=2022)
    return sign_in(secretary_of(old.drafting_agency)), old, new


def shell(client, path: str):
    return client.get(path).context["shell"]


def test_a_program_of_another_year_makes_its_year_the_current_one(client_of_both_years):
    client, old, new = client_of_both_years
    for program in (old, new):
        frame = shell(client, reverse("coordination:program-detail", args=[program.slug]))
        assert (frame.year, frame.years) == (program.year, (2021, 2022))
        assert frame.years_at == reverse("coordination:program-list")


def test_a_query_does_not_outdo_the_year_of_the_object(client_of_both_years):
    client, old, _new = client_of_both_years
    assert shell(client, reverse("coordination:program-detail", args=[old.slug]) + "?year=2022").year == 2021


def test_a_list_switches_in_place_and_follows_the_query(client_of_both_years):
    client, _old, _new = client_of_both_years
    frame = shell(client, reverse("coordination:program-list") + "?year=2021")
    assert (frame.year, frame.years_at) == (2021, "")


def test_a_year_without_programs_in_the_address_is_not_offered(client_of_both_years):
    client, _old, _new = client_of_both_years
    assert shell(client, "/chuong-trinh/dh-2099-09/").years == (2021, 2022)
