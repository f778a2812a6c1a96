"""A form that arrives after the session has ended: what was typed goes on with whoever signs in again."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.contrib.sessions.models import Session
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from agencies.accounts.services import sign_ins
from agencies.models import SignIn
from records import clock
from tests.factories.accounts import code_of, set_up_second_factor, type_code, type_password
from tests.factories.people import PASSWORD, make_agency, make_member, make_unit
from tests.integration.hostile import Page

pytestmark = pytest.mark.django_db

TYPED = {"title": "Vận động hộ dân hiến đất <b>", "deliverable": "Danh sách hộ\r\nBiên bản", "area": "7"}


@pytest.fixture
def member():
    return make_member(make_agency(make_unit(), "vp"), username="chuyen-vien")


@pytest.fixture
def client(member, sign_in) -> Client:
    """Signed in as a browser is: with a token for forms, and forms without it refused."""
    client = sign_in(member, enforce_csrf_checks=True)
    client.get(reverse("account"))
    return client


def send(client: Client, path: str = "/tai-khoan/?x=1", **more):
    return client.post(path, {**TYPED, "csrfmiddlewaretoken": client.cookies["csrftoken"].value, **more})


def sent_late(client: Client, **more):
    with clock.machine_standing_at(clock.machine_now() + timedelta(minutes=31)):
        return send(client, **more)


def kept_in(page: str) -> str:
    return next(form for form in Page(page).forms if "kept" in form.controls).controls["kept"].values[0]


def sign_in_again(client: Client, page: str, username: str = "chuyen-vien", password: str = PASSWORD):
    token = Page(page).forms and client.cookies["csrftoken"].value
    typed = {"username": username, "password": password, "kept": kept_in(page), "csrfmiddlewaretoken": token}
    return client.post(reverse("sign-in"), typed)


def test_the_answer_is_the_sign_in_page_and_says_that_nothing_is_lost(client):
    answer = sent_late(client)
    assert answer.status_code == 403
    page = answer.content.decode()
    assert "Phiên làm việc đã hết. Đăng nhập lại, nội dung bạn vừa nhập được giữ nguyên." in page
    assert kept_in(page)


def test_after_signing_in_everything_is_there_to_be_sent_with_one_button(client):
    again = sign_in_again(client, sent_late(client).content.decode())
    assert again.status_code == 200
    form = next(form for form in Page(again.content.decode()).forms if "title" in form.controls)
    assert form.action == "/tai-khoan/?x=1"
    assert {name: control.values for name, control in form.controls.items()} == {k: [v] for k, v in TYPED.items()}
    assert "<b>" not in again.content.decode().split("pf-error__typed")[1].split("</ul>")[0]


def test_a_wrong_password_and_the_second_step_do_not_lose_it(client, member):
    page = sent_late(client).content.decode()
    set_up_second_factor(member.user)
    again = sign_in_again(client, page, password="sai-mat-khau")
    assert again.status_code == 422
    step = sign_in_again(client, again.content.decode())
    assert "ma-xac-thuc" in step.content.decode()
    token = client.cookies["csrftoken"].value
    code = {"code": code_of(member.user, steps_ahead=1), "kept": kept_in(step.content.decode())}
    done = client.post(reverse("sign-in-code"), code | {"csrfmiddlewaretoken": token})
    assert any("title" in form.controls for form in Page(done.content.decode()).forms)


@pytest.mark.parametrize("ended", ["signed out elsewhere", "session gone", "suspended and restored"])
def test_it_does_not_matter_how_the_session_ended(ended, client, member):
    if ended == "signed out elsewhere":
        sign_ins.end(SignIn.objects.get(), "from_elsewhere")
    elif ended == "session gone":
        client.session.flush()
        client.cookies["sessionid"] = "a" * 32
    else:
        sign_ins.end_all(member.user, because="suspended")
    answer = send(client)
    assert answer.status_code == 403
    assert sign_in_again(client, answer.content.decode()).status_code == 200


def test_another_account_does_not_get_to_see_it(client, member):
    make_member(member.agency, username="nguoi-khac")
    again = sign_in_again(client, sent_late(client).content.decode(), username="nguoi-khac")
    assert again["Location"] == "/"


def test_a_forged_form_is_not_kept(client):
    with clock.machine_standing_at(clock.machine_now() + timedelta(minutes=31)):
        answer = client.post("/tai-khoan/", TYPED)
    assert answer.status_code == 403
    assert "kept" not in answer.content.decode()


def test_passwords_and_codes_are_not_kept(client):
    page = sent_late(client, old_password="bi-mat-cu", new_password1="bi-mat-moi", code="123456").content.decode()
    held = signing.loads(kept_in(page), salt="portal.kept")
    assert [name for name, _value in held["fields"]] == list(TYPED)


def test_where_nothing_can_be_kept_nothing_is_promised(client):
    sign_ins.end(SignIn.objects.get(), "from_elsewhere")
    token = client.cookies["csrftoken"].value
    page = client.post(
        reverse("account-password"), {"old_password": "x", "csrfmiddlewaretoken": token}
    ).content.decode()
    assert "Phiên làm việc đã hết. Đăng nhập lại để làm việc tiếp." in page
    assert 'name="kept"' not in page


def test_that_files_are_lost_is_told(client):
    page = sent_late(client, evidence=SimpleUploadedFile("a.pdf", b"x")).content.decode()
    assert "Tệp đính kèm không giữ được" in sign_in_again(client, page).content.decode()


def test_nothing_of_it_is_stored(client):
    page = sent_late(client).content.decode()
    sign_in_again(client, page, password="sai-mat-khau")
    tried = AccessAttempt.objects.get().post_data
    assert "kept=***" in tried
    assert kept_in(page)[:20] not in tried
    assert not any("kept" in str(session.get_decoded()) for session in Session.objects.all())


def test_what_was_changed_on_the_way_is_not_taken(client):
    page = sent_late(client).content.decode()
    changed = page.replace(kept_in(page), kept_in(page)[:-2] + "xx")
    assert sign_in_again(client, changed)["Location"] == "/"


def test_whoever_was_never_signed_in_is_simply_shown_the_way():
    answer = Client().post(reverse("account"), TYPED)
    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, reverse("sign-in"))


def test_a_fresh_sign_in_keeps_nothing(member):
    assert type_password("chuyen-vien")["Location"] == "/"
    assert type_code(Client(), "123456")["Location"] == reverse("sign-in")
