"""Views of the list that are kept: one's own and those the agency shares."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from agencies.access.enums import Role
from coordination.lists import services as lists
from coordination.lists.models import SavedView
from records.audit.models import AuditEntry
from records.errors import NotAllowed, RuleBroken
from tests.factories.people import make_member
from tests.factories.programs import secretary_of
from tests.factories.tasks import make_task, official_of

pytestmark = pytest.mark.django_db
SAVE = "/nhiem-vu/bo-loc/luu/"


@pytest.fixture
def program(signed_program):
    return signed_program


@pytest.fixture
def official(program):
    return official_of(program.parties.first().agency)


@pytest.fixture
def stranger(program):
    return official_of(program.parties.last().agency)


def seen_by(actor) -> set[str]:
    return set(SavedView.objects.visible_to(actor).values_list("name", flat=True))


def test_the_list_looked_at_is_kept_in_two_clicks_and_stands_above_the_list(program, official, sign_in):
    make_task(program, title="Việc chung")
    client = sign_in(official)
    page = client.get("/nhiem-vu/?year=2022&mine=1&q=viec&group=area&column=program").content.decode()
    assert "/nhiem-vu/bo-loc/luu/?back=%3Fyear%3D2022" in page
    back = "?year=2022&mine=1&q=viec&group=area&column=program"
    response = client.post(SAVE, {"name": "Việc của tôi", "is_pinned": "on", "back": back}, follow=True)
    assert response.redirect_chain[-1][0] == "/nhiem-vu/?year=2022&mine=1&q=viec&group=area&column=title&column=program"
    page = response.content.decode()
    assert "Việc của tôi" in page
    assert 'aria-current="page">Việc của tôi <span class="n pf-num">1</span>' in page
    assert SavedView.objects.get().query == "mine=1&q=viec&group=area&column=title&column=program"


def test_a_shared_view_shows_each_reader_what_that_reader_may_see(program, official, stranger, sign_in):
    make_task(program, title="Việc của bên thứ nhất")
    lists.save_view(actor=official, name="Cơ quan tôi", query="mine=1", is_shared=True)
    colleague = make_member(official.agency, Role.LEADER)
    assert seen_by(colleague) == {"Cơ quan tôi"}
    assert seen_by(stranger) == set()
    assert "Cơ quan tôi" in sign_in(colleague).get("/nhiem-vu/").content.decode()


def test_one_s_own_view_is_nobody_else_s_not_even_the_secretary_s(program, official):
    view = lists.save_view(actor=official, name="Riêng", query="mine=1")
    secretary = secretary_of(official.agency)
    assert seen_by(secretary) == set()
    with pytest.raises(NotAllowed) as refusal:
        lists.delete_view(view, actor=secretary)
    assert refusal.value.decision.hidden


def test_a_shared_view_is_changed_by_its_keeper_or_the_secretary_and_by_nobody_else(official, sign_in):
    view = lists.save_view(actor=official, name="Chung", query="", is_shared=True)
    colleague, secretary = make_member(official.agency, Role.OFFICIAL), secretary_of(official.agency)
    address = f"/nhiem-vu/bo-loc/{view.pk}/"
    assert sign_in(colleague).post(address, {"name": "Khác"}).status_code == 403
    assert sign_in(secretary).post(address, {"name": "Khác", "is_shared": "on"}).status_code == 302
    assert SavedView.objects.get().name == "Khác"


def test_a_view_of_another_agency_answers_as_a_missing_one(official, stranger, sign_in):
    view = lists.save_view(actor=stranger, name="Bên kia", query="", is_shared=True)
    client = sign_in(official)
    for pk in (view.pk, 9_999_999, 10**30):
        assert client.get(f"/nhiem-vu/bo-loc/{pk}/").status_code == 404
        assert client.post(f"/nhiem-vu/bo-loc/{pk}/xoa/").status_code == 404
    assert SavedView.objects.count() == 1


def test_a_name_is_had_once_and_views_are_counted(official):
    lists.save_view(actor=official, name="Một", query="")
    with pytest.raises(RuleBroken) as refusal:
        lists.save_view(actor=official, name="Một", query="")
    assert refusal.value.field == "name"
    with pytest.raises(IntegrityError), transaction.atomic():
        SavedView.objects.create(
            member=official, agency=official.agency, name="Một", saved_at=SavedView.objects.get().saved_at
        )
    for number in range(29):
        lists.save_view(actor=official, name=f"Số {number}", query="")
    with pytest.raises(RuleBroken):
        lists.save_view(actor=official, name="Thừa", query="")


def test_a_form_sent_twice_keeps_one_view_abuse_61(official, sign_in):
    client = sign_in(official)
    typed = {"name": "Một lần", "back": "?year=2022", "form_token": "mot"}
    first, second = (client.post(SAVE, typed) for _time in range(2))
    assert (first.status_code, second.status_code, first.url) == (302, 302, second.url)
    assert SavedView.objects.count() == 1


@pytest.mark.parametrize(
    "back", ["https://xau.example/", "//xau.example", "?sort=user__password&status=TOTAL&q=" + "a" * 9000, "\x00", ""]
)
def test_only_filters_are_believed_of_the_way_back_abuse_12(official, sign_in, back):
    response = sign_in(official).post(SAVE, {"name": "Tên", "back": back})
    if response.status_code == 302:
        assert response.url.startswith("/nhiem-vu/?year=")
        assert "password" not in SavedView.objects.get().query
    else:
        assert response.status_code in (400, 422)


def test_saving_changing_and_deleting_leave_entries(official):
    before = AuditEntry.objects.count()
    view = lists.save_view(actor=official, name="Một", query="mine=1")
    lists.change_view(view, actor=official, name="Hai", is_shared=True, is_pinned=False)
    lists.delete_view(view, actor=official)
    assert [entry.action for entry in AuditEntry.objects.order_by("sequence")[before:]] == [
        "created",
        "changed",
        "ended",
    ]


def test_every_pinned_view_is_counted_without_another_query(program, official, sign_in):
    make_task(program)
    client = sign_in(official)

    def asked() -> int:
        client.get("/nhiem-vu/")
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/nhiem-vu/").status_code == 200
        return len(captured)

    lists.save_view(actor=official, name="Một", query="mine=1")
    one = asked()
    for name in ("Hai", "Ba"):
        lists.save_view(actor=official, name=name, query=f"q={name}&status=overdue")
    assert asked() == one
