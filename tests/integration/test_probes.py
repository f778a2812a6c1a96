"""What machines ask: /healthz, /readyz, /metrics."""

import re
from pathlib import Path

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from portal.condition.metrics import Figure

pytestmark = pytest.mark.django_db
LINE = re.compile(r'portal_[a-z_]+(\{([a-z]+="[^"\n]*",?)+\})? -?[0-9.e+-]+')


def test_ready_says_in_one_word_why_it_is_not(client, settings):
    assert (client.get("/readyz").status_code, client.get("/readyz").json()) == (200, {"status": "ready"})
    was, settings.MEDIA_ROOT = settings.MEDIA_ROOT, Path("/proc/files")
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (503, {"status": "not ready", "reason": "files"})
    settings.MEDIA_ROOT = was
    app, name = max(one for one in MigrationRecorder(connection).applied_migrations() if one[0] == "records")
    MigrationRecorder(connection).record_unapplied(app, name)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["reason"]) == (503, "migrations")


@pytest.mark.parametrize("probe", ["/healthz", "/readyz", "/metrics"])
def test_probes_are_answered_under_whatever_name_and_kept_by_nobody(probe: str):
    answer = Client(headers={"host": "10.0.0.7:8000"}).get(probe)
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    assert "Set-Cookie" not in answer.headers


def test_figures_are_written_as_prometheus_reads_them(client):
    answer = client.get("/metrics")
    assert answer["Content-Type"].startswith("text/plain; version=0.0.4")
    lines = answer.content.decode().splitlines()
    told = [line for line in lines if not line.startswith("#")]
    assert [line for line in told if not LINE.fullmatch(line)] == []
    names = {re.split(r"[ {]", line)[0] for line in told}
    helped = [line.split()[2] for line in lines if line.startswith("# HELP ")]
    assert sorted(helped) == sorted(names)
    assert {"portal_ready", "portal_jobs", "portal_disk_free_bytes", "portal_audit_entries"} <= names
    assert "portal_ready 1" in told


@pytest.mark.parametrize(
    ("address", "headers", "proxies", "answer"),
    [
        ("127.0.0.1", {}, [], 200),
        ("::1", {}, [], 200),
        ("192.0.2.9", {}, [], 404),
        ("not an address", {}, [], 404),
        # Behind a proxy on this machine that nobody named: everybody seems to be here.
        ("127.0.0.1", {"X-Forwarded-For": "192.0.2.9"}, [], 404),
        ("127.0.0.1", {"X-Forwarded-Proto": "https"}, [], 404),
        ("127.0.0.1", {"X-Forwarded-For": "192.0.2.9"}, ["127.0.0.1"], 404),
        ("127.0.0.1", {"X-Forwarded-For": "127.0.0.1, 192.0.2.9"}, ["127.0.0.1"], 404),
        ("192.0.2.9", {"X-Forwarded-For": "127.0.0.1"}, [], 404),
    ],
)
def test_figures_are_for_this_machine_only(settings, address: str, headers: dict, proxies: list, answer: int):
    settings.TRUSTED_PROXIES = proxies
    assert Client(REMOTE_ADDR=address, headers=headers).get("/metrics").status_code == answer


def test_figures_are_for_the_networks_a_service_names(settings):
    settings.METRICS_FROM = ["192.0.2.0/24"]
    assert Client(REMOTE_ADDR="192.0.2.9").get("/metrics").status_code == 200
    assert Client(REMOTE_ADDR="127.0.0.1").get("/metrics").status_code == 404


def test_a_moment_is_told_to_the_second():
    assert str(Figure("backup_timestamp_seconds", "", 1795760287.0)) == "portal_backup_timestamp_seconds 1795760287"


def test_a_label_cannot_end_its_own_line():
    written = str(Figure("disk_free_bytes", "", 5, {"path": 'a"b\\c\nd'}))
    assert written == r'portal_disk_free_bytes{path="a\"b\\c\nd"} 5'
