"""The help page: the guide of one's own role, in one's own language, and the way there from each page."""

import pytest

from agencies.access.enums import Role
from portal.guidance import LANGUAGES, guide_of
from tests.factories.people import make_agency, make_member, make_unit

pytestmark = pytest.mark.django_db

HELP = "/tro-giup/"


@pytest.fixture
def ubnd():
    return make_agency(make_unit("DT", "huyện Đông Triều"), "ubnd", "UBND huyện", protocol_order=20)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("role", Role)
def test_every_role_reads_its_own_guide_in_its_language(ubnd, sign_in, role: Role, language: str):
    member = make_member(ubnd, role)
    member.user.language = language
    member.user.save()
    page = sign_in(member).get(HELP).content.decode()
    guide = guide_of(role, language)
    shown = [step for step in guide.steps if not step.is_trial]
    assert guide.title in page
    assert page.count('class="pf-guide"') == sum(block.kind == "picture" for step in shown for block in step.blocks)
    assert all(f'href="{step.page}"' in page and f'id="{step.anchor}"' in page for step in shown)


def test_another_role_can_be_read_without_a_way_into_its_pages(ubnd, sign_in):
    page = sign_in(make_member(ubnd)).get(HELP, {"role": "unit_admin"}).content.decode()
    assert guide_of(Role.UNIT_ADMIN, "vi").title in page
    assert 'href="/quan-tri/' not in page


@pytest.mark.parametrize("asked", ["", "chairman", "9" * 30, "<b>"])
def test_a_role_that_is_none_shows_ones_own(ubnd, sign_in, asked: str):
    page = sign_in(make_member(ubnd, Role.LEADER)).get(HELP, {"role": asked}).content.decode()
    assert guide_of(Role.LEADER, "vi").title in page


def test_nobody_signed_in_reads_the_guide_of_officials(client):
    assert guide_of(Role.OFFICIAL, "vi").title in client.get(HELP).content.decode()


@pytest.mark.parametrize("demo", [True, False])
def test_how_to_sign_in_to_the_sample_data_is_told_there_only(client, settings, demo: bool):
    settings.DEMO = demo
    page = client.get(HELP).content.decode()
    assert ("phoi-hop-dam-ha-2022" in page) is demo


def test_help_leads_to_the_step_about_the_page_one_is_on(ubnd, sign_in):
    client = sign_in(make_member(ubnd))
    assert f'href="{HELP}#buoc-3"' in client.get("/nhiem-vu/tao/").content.decode()
    assert f'href="{HELP}#buoc-1"' in client.get("/viec-cua-toi/").content.decode()
    assert f'href="{HELP}"' in client.get("/tai-khoan/").content.decode()


def test_the_page_asks_the_database_as_often_as_any_other_without_content(ubnd, sign_in, django_assert_num_queries):
    client = sign_in(make_member(ubnd))
    client.get(HELP)
    with django_assert_num_queries(7):
        client.get(HELP)
