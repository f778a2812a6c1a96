"""Addresses, cookies and headers nobody types: every page answers in the office's words, whoever asks."""

import io
import logging

import pytest
from django.core.signals import request_started
from django.db import close_old_connections
from django.test import Client

from portal.wsgi import application
from tests.factories.story import told_story
from tests.integration.hostile import TOO_LONG, rows_kept, told

YEARS = ("0", "-1", "99999", "abc", "2022.5", "9" * 40, "\x00", "٢٠٢٢", "", "1e9")
WORDS = (
    TOO_LONG,
    "a\x00b",
    "tên\u202egnp",
    "%",
    "_",
    "\\",
    "'; DROP TABLE x;--",
    "{{7*7}}",
    "<script>alert(1)</script>",
)
CODES = ("\x00", "abc", "-1", "9" * 40, "DH-2022-02", "hh-2022-01", "__proto__", "'", "<script>", TOO_LONG[:60_000])
PAGES = ("-1", "0", "1e9", "1000000000", "9" * 40, "abc", "\x00", "last")
SORTS = ("user__password", "-lead__user__password", "password", "?", "code;drop", "\x00", "pk")
DAYS = ("31/02/2022", "\x00", "9" * 40, "2022-01-01", "03/05/2022", "abc")
MONTHS = ("0", "13", "-1", "abc", "٣", "\x00")
KEYS = {
    "year": YEARS,
    "q": WORDS,
    "page": PAGES,
    "sort": SORTS,
    "group": SORTS,
    "due_from": DAYS,
    "due_to": DAYS,
    "due_month": MONTHS,
    "mine": ("2", "\x00"),
    **dict.fromkeys(("program", "lead", "involves", "area", "agency", "status", "bucket", "section"), CODES),
    "password": ("x",),
    "a\x00": ("b",),
}
READING = {
    "/nhiem-vu/": KEYS,
    "/chuong-trinh/": ("year", "q", "status", "page"),
    "/tong-quan/": ("year", "program", "agency", "area", "lead", "day"),
    "/danh-gia/": ("year", "agency"),
    "/danh-gia/2021/": ("year", "agency", "program"),
    "/danh-gia/2021/phieu/": ("agency",),
    "/danh-gia/2021-6-thang-dau/": ("year", "program"),
    "/danh-gia/2021/tu-danh-gia/": ("year", "agency"),
    "/danh-gia/2021/cheo/": ("agency",),
    "/hoi-nghi/": ("year", "page"),
    "/bao-cao/": ("year",),
    "/co-quan/": ("q", "year"),
    "/tim-kiem/": ("q", "kind", "year", "page"),
    "/nhiem-vu/tao/": ("program", "section", "area", "year"),
    "/viec-cua-toi/": ("year",),
    "/chuong-trinh/dh-2022-02/nhiem-vu/": KEYS,
    "/tai-khoan/": ("next",),
    "/dang-nhap/": ("next",),
}
HUGE = str(10**30)
PATHS = (
    "/nhiem-vu/a%00b/",
    "/nhiem-vu/a%00b/tien-do/",
    "/nhiem-vu/%E2%80%AEabc/",
    "/nhiem-vu/%ED%A0%80/",
    "/nhiem-vu/..%2f..%2fetc%2fpasswd/",
    f"/nhiem-vu/{'x' * 3000}/",
    "/nhiem-vu/%0d%0aSet-Cookie:x/",
    "/khong-co%00",
    f"/minh-chung/{HUGE}/",
    "/danh-gia/99999/cheo/",
    "/danh-gia/0000/",
    "/danh-gia/2021-quy-9/",
    f"/danh-gia/tieu-chi/{HUGE}/sua/",
    f"/chuong-trinh/dh-2022-02/ky-ket/{HUGE}/nguoi-ky/",
    f"/chuong-trinh/dh-2022-02/ky-ket/{HUGE}/ban-quet/",
    f"/chuong-trinh/dh-2022-02/soan/muc/{HUGE}/",
    f"/hoi-nghi/2022-03-30-chieu/bien-ban/{HUGE}/",
    "/hoi-nghi/2022-02-30-chieu/",
    f"/hoi-nghi/{'9' * 3000}/",
    f"/bao-cao/van-ban/{HUGE}.pdf",
    "/bao-cao/chuong-trinh/hh-2022-01.pdf",
    "/co-quan/hh/khong-co/",
)


@pytest.fixture(scope="module")
def story(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), told_story() as told_one:
        yield told_one


@pytest.fixture(autouse=True)
def _database(db, monkeypatch):
    """Each test of the module writes into a savepoint of its own; refusals are expected here, so not logged."""
    for name in ("django.request", "django.security"):
        monkeypatch.setattr(logging.getLogger(name), "disabled", True)


@pytest.fixture
def secretary(story, sign_in):
    client = sign_in(story.cast.secretary)
    client.raise_request_exception = False
    return client


@pytest.mark.parametrize("address", sorted(READING))
def test_every_query_key_takes_every_value(address, secretary):
    before, faults = rows_kept(), []
    for key in READING[address]:
        for value in KEYS.get(key, CODES):
            answer = secretary.get(address, {key: value})
            what = f"{key}={value[:40]!r}"
            if answer.status_code not in (200, 302, 404):
                faults.append(f"{what}: {answer.status_code} {getattr(answer, 'exc_info', '')}")
            elif b"<script>alert" in answer.content or b"Traceback" in answer.content:
                faults.append(f"{what}: shown as it came")
            elif b"\x00" in answer.content or len(answer.content) > 1_000_000 > 300 * len(value):
                faults.append(f"{what}: NUL or too much of it is sent back")
    assert not faults, told(faults)
    assert rows_kept() == before


def test_keys_sent_many_times_are_read_within_bounds(secretary):
    for page in ("/nhiem-vu/", "/chuong-trinh/", "/tong-quan/", "/tim-kiem/"):
        many = [
            (key, f"x{number}") for number in range(100) for key in ("program", "lead", "status", "year", "q", "area")
        ]
        assert secretary.get(page, {key: [v for k, v in many if k == key] for key, _value in many}).status_code in (
            200,
            404,
        )
        assert secretary.get(page, {f"x{number}": "1" for number in range(2001)}).status_code == 400


@pytest.mark.parametrize("path", PATHS)
def test_an_address_nobody_can_type_is_not_found(path, story, secretary, sign_in):
    administrator = sign_in(story.cast.members["quan-tri"])
    for client in (secretary, administrator):
        client.raise_request_exception = False
        answer = client.get(path)
        assert answer.status_code in (403, 404), path
        assert "text/html" in answer["Content-Type"]
        assert client.post(path, {"a": "b"}).status_code in (403, 404, 405)


@pytest.mark.parametrize(
    "cookie",
    [
        'sessionid="abcdefgh\\000abc"',
        f"sessionid={'a' * 5000}",
        'messages="a\\000:b"',
        'django_language="\\000"',
        "=;=;",
    ],
)
def test_a_forged_cookie_is_a_visitor_not_signed_in(cookie):
    client = Client(raise_request_exception=False)
    assert client.get("/viec-cua-toi/", HTTP_COOKIE=cookie).status_code == 302
    assert client.get("/dang-nhap/", HTTP_COOKIE=cookie).status_code == 200


def test_a_failed_sign_in_is_noted_however_the_client_calls_itself():
    client = Client(raise_request_exception=False)
    odd = {"HTTP_USER_AGENT": "x\x01" * 3000, "HTTP_ACCEPT": "y" * 5000, "HTTP_X_FORWARDED_FOR": "1.2.3.4\x00<script>"}
    answer = client.post(f"/dang-nhap/?a=%00&b={'c' * 5000}", {"username": "ai-do\nroot", "password": "y\x01"}, **odd)
    assert answer.status_code == 422


def served(content_type: str, *, query: str = "q=a", body: bytes = b"", method: str = "GET") -> str:
    """The status line the WSGI door answers with, below every middleware."""
    answered = []
    environ = {
        "REQUEST_METHOD": method,
        "PATH_INFO": "/dang-nhap/",
        "QUERY_STRING": query,
        "CONTENT_TYPE": content_type,
        "CONTENT_LENGTH": str(len(body)),
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": io.StringIO(),
    }
    request_started.disconnect(close_old_connections)  # the test's own connection stays open, as for the test client
    try:
        application(environ, lambda status, headers, exc_info=None: answered.append(status))
    finally:
        request_started.connect(close_old_connections)
    return answered[0]


@pytest.mark.parametrize(
    "charset", ["rot13", "hex", "zlib", "idna", "undefined", "punycode", "unicode_escape", "x-none"]
)
def test_a_charset_that_is_none_does_not_reach_the_portal(charset):
    """Rule: everything is read as UTF-8; a name such as rot13 would otherwise fail below every error page."""
    form = b'--x\r\nContent-Disposition: form-data; name="username"\r\n\r\n\\ud800\r\n--x--\r\n'
    for claimed in (f"charset={charset}", f'Charset = "{charset}"', f"charset*=utf-8''{charset}"):
        assert served(f"text/plain; {claimed}").startswith("200")
        posted = served(f"multipart/form-data; boundary=x; {claimed}", body=form, method="POST")
        assert posted.startswith("403"), "no token was sent"
