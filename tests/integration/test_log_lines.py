"""The lines of the server's log: they carry the request's number and cover what is secret."""

import json
import logging

import pytest
from django.db import DatabaseError, connection, transaction

from agencies.access.enums import Role
from portal.logs import Objects, Words, covered
from records.audit.origin import Origin, origin
from tests.factories.people import make_agency, make_member, make_unit


@pytest.fixture
def lines():
    """What the portal's own loggers say, as objects."""

    class Kept(logging.Handler):
        def emit(self, record):
            said.append(json.loads(Objects().format(record)))

    said, handler, told = [], Kept(), logging.getLogger("portal")
    told.addHandler(handler)
    requests, was = logging.getLogger("portal.requests"), logging.getLogger("portal.requests").level
    requests.setLevel(logging.INFO)
    yield said
    requests.setLevel(was)
    told.removeHandler(handler)


def entry(words: str, **more) -> logging.LogRecord:
    return logging.LogRecord("portal.x", logging.ERROR, "x.py", 1, words, (), more.get("exc_info"))


def test_a_line_in_a_request_carries_its_number_and_one_outside_has_none():
    token = origin.set(Origin(address="192.0.2.9", request_id="abc-1"))
    try:
        assert json.loads(Objects().format(entry("said")))["request"] == "abc-1"
        assert " portal.x [abc-1] said" in Words().format(entry("said"))
    finally:
        origin.reset(token)
    assert "request" not in json.loads(Objects().format(entry("said")))
    assert Words().format(entry("said")).endswith("ERROR portal.x said")


@pytest.mark.parametrize(
    ("words", "instead"),
    [
        ("550 no such mailbox nguyen.van.a@damha.gov.vn", "550 no such mailbox …@damha.gov.vn"),
        ("Not Found: /lien-ket/Zx81-_token/", "Not Found: /lien-ket/…/"),
        ("/cong-cu-ky/abc/tep.pdf and /lich/secret.ics?x", "/cong-cu-ky/…/tep.pdf and /lich/…?x"),
        ("postgres://portal:word@10.0.0.1/x", "postgres://…@10.0.0.1/x"),
        ("DETAIL:  Key (email)=(a b) already exists.", "DETAIL:  Key (email)=(…) already exists."),
        ("Failing row contains (1, Nguyễn Văn A, (x)).", "Failing row contains (…)."),
        ("Job 5 failed in try 2 at /chuong-trinh/dh-2022-01/", "Job 5 failed in try 2 at /chuong-trinh/dh-2022-01/"),
    ],
)
def test_what_is_secret_is_covered(words: str, instead: str):
    assert covered(words) == instead


@pytest.mark.django_db
@pytest.mark.on_postgresql
def test_values_in_a_trace_of_the_database_are_covered():
    with pytest.raises(DatabaseError) as raised, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE one (name text UNIQUE)")
        cursor.execute("INSERT INTO one SELECT 'Nguyễn Văn A' FROM generate_series(1, 2)")
    fault = raised.value
    line = Objects().format(entry("broken", exc_info=(type(fault), fault, fault.__traceback__)))
    assert "Key (name)=(…)" in json.loads(line)["trace"]
    assert "\n" not in line


@pytest.mark.django_db
def test_a_request_is_told_by_the_name_of_its_page_and_the_number_of_the_account(sign_in, lines):
    member = make_member(make_agency(make_unit("DH", "huyện Đầm Hà"), "vp", "Văn phòng"), Role.OFFICIAL)
    answer = sign_in(member).get("/tai-khoan/?q=Nguyen")
    [line] = [one for one in lines if one["logger"] == "portal.requests"]
    told = {name: line[name] for name in ("method", "route", "status", "account", "request")}
    assert told == {
        "method": "GET",
        "route": "account",
        "status": 200,
        "account": member.user_id,
        "request": answer["X-Request-ID"],
    }
    assert not any(secret in json.dumps(line) for secret in ("Nguyen", member.user.username, "127.0.0.1"))
