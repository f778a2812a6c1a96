"""An office begins with an empty portal: one command makes its first administrator, and never a second one."""

from io import StringIO
from urllib.parse import urlsplit

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from agencies.access.enums import Role
from agencies.models import AdminUnit, Agency, Membership, User
from records.models import AuditEntry

pytestmark = pytest.mark.django_db
PASSWORD = "mot-mat-khau-rat-dai"
ASKED = {"unit_code": "XD", "unit_kind": "commune", "unit_name": "Đầm Hà", "office": "Văn phòng HĐND và UBND xã Đầm Hà"}


def begin(username: str = "quan-tri", **changes) -> str:
    said = StringIO()
    call_command("first_administrator", username, **{**ASKED, **changes}, stdout=said)
    return urlsplit(said.getvalue().strip()).path


def test_the_link_lets_the_administrator_in_and_everything_else_is_entered_on_screen():
    link, client = begin(), Client()
    answer = client.post(link, {"new_password1": PASSWORD, "new_password2": PASSWORD})
    assert answer.status_code == 302
    assert Client().post(link, {"new_password1": PASSWORD, "new_password2": PASSWORD}).status_code == 404
    client = Client()
    client.post("/dang-nhap/", {"username": "quan-tri", "password": PASSWORD})
    assert client.get("/quan-tri/", follow=True).status_code == 200
    for page in ("/quan-tri/don-vi/", "/quan-tri/nguoi-dung/moi/", "/co-quan/tao/"):
        assert client.get(page).status_code == 200, page
    assert Membership.objects.get().role == Role.SYSTEM_ADMIN
    assert AdminUnit.objects.get().current_name == "xã Đầm Hà"
    assert Agency.objects.get().offices.get().is_head


def test_it_leaves_its_trace_in_the_log():
    begin()
    told = set(AuditEntry.objects.values_list("object_kind", flat=True))
    assert {"agencies.adminunit", "agencies.agency", "agencies.office", "agencies.user", "agencies.membership"} <= told


def test_there_is_never_a_second_first_administrator():
    begin()
    with pytest.raises(CommandError, match="quản trị hệ thống"):
        begin("quan-tri-hai", unit_code="XE")
    assert User.objects.count() == AdminUnit.objects.count() == 1


@pytest.mark.parametrize("changes", [{"username": "Quản trị"}, {"unit_code": ""}, {"office": " "}], ids=str)
def test_what_cannot_be_entered_is_refused_and_leaves_nothing(changes):
    with pytest.raises(CommandError):
        begin(**changes)
    assert not User.objects.exists()
    assert not AdminUnit.objects.exists()
