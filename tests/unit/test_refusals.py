"""What the settings of a service refuse, each fault in a sentence of its own, all at once."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from portal.settings import refusals

GOOD = "k" * 32


@pytest.mark.parametrize(("key", "faults"), [("", 1), ("k" * 31, 1), (GOOD, 0), ("of the demo " * 4, 1)])
def test_a_secret_is_there_long_enough_and_no_demo_s(key: str, faults: int, tmp_path):
    (tmp_path / "secret-key").write_text("of the demo " * 4 + "\n")
    found = list(refusals.faults_of_key(key.strip(), tmp_path / "secret-key"))
    assert [fault.startswith(("PORTAL_SECRET_KEY", "Thiếu PORTAL_SECRET_KEY")) for fault in found] == [True] * faults


@pytest.mark.parametrize(
    ("hosts", "faults"), [([], 1), ([""], 1), (["*"], 1), (["a.vn", "*"], 1), (["a.vn"], 0), (["a.vn", "b.vn"], 0)]
)
def test_hosts_are_named(hosts: list[str], faults: int):
    assert len(list(refusals.faults_of_hosts(hosts))) == faults


@pytest.mark.parametrize(
    ("environment", "faults"),
    [
        ({}, 0),
        ({"DEBUG": "0", "PORTAL_DEBUG": "False"}, 0),
        ({"DEBUG": "1"}, 1),
        ({"DEBUG": "on", "DJANGO_DEBUG": "yes"}, 2),
    ],
)
def test_debug_is_off(environment: dict[str, str], faults: int):
    assert len(list(refusals.faults_of_switches(environment))) == faults


def test_databases_and_proxies_are_known():
    assert list(refusals.faults_of_database("django.db.backends.postgresql")) == []
    assert len(list(refusals.faults_of_database("django.db.backends.mysql"))) == 1
    assert list(refusals.faults_of_sendfile("nginx")) == list(refusals.faults_of_sendfile("")) == []
    assert len(list(refusals.faults_of_sendfile("apache"))) == 1


def test_all_faults_are_told_at_once():
    refusals.refuse([])
    with pytest.raises(ImproperlyConfigured, match="one\ntwo"):
        refusals.refuse(["one", "two"])


@pytest.mark.parametrize(
    ("url", "address", "faults"),
    [
        ("", "", 0),
        ("", "https://a.vn/", 0),
        ("", "https://a.vn/cong", 1),
        ("", "https://[a.vn", 1),
        ("smtp+tls://ten:mat-khau@mail.a.vn:587", "https://a.vn", 0),
        ("smtp://mail.a.vn:25", "", 1),
        ("smtp://mail.a.vn:mot", "https://a.vn", 1),
        ("nonsense", "a.vn", 2),
    ],
)
def test_mail_has_a_server_and_an_address_to_lead_to(url: str, address: str, faults: int):
    assert len(list(refusals.faults_of_mail(url, address))) == faults


def test_a_value_that_is_not_understood_is_named_and_not_shown(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PORTAL_HSTS_SECONDS", "mat-khau")
    monkeypatch.setenv("DATABASE_URL", "postgres://a:mat-khau@b:mot/c")
    env = refusals.Environment()
    for name, ask in (("PORTAL_HSTS_SECONDS", env.int), ("DATABASE_URL", env.db_url)):
        with pytest.raises(ImproperlyConfigured, match=name) as refused:
            ask(name)
        assert "mat-khau" not in str(refused.value)
