"""The address of the queue: understood, or refused in words before anything starts."""

import pytest

from portal.settings import queue


@pytest.mark.parametrize(
    "named",
    [
        "",
        "django_tasks_db.DatabaseBackend",
        "redis://127.0.0.1:6379/0",
        "rediss://:mat-khau@kho.example.vn",
        "redis://k",
    ],
)
def test_what_is_understood_is_not_refused(named):
    assert list(queue.faults_of_queue(named)) == []


@pytest.mark.parametrize(
    "named", ["redis:///0", "redis://host:70000", "redis://host/mot", "http://host:6379/0", "amqp://h"]
)
def test_what_is_not_understood_is_refused_in_words(named):
    [words] = queue.faults_of_queue(named)
    assert "redis://127.0.0.1:6379/0" in words
    assert named not in words, "it may hold a password"


@pytest.mark.parametrize("behind", ["ssl_ca_certs=/khong-co.pem", "ssl_cert_reqs=none", "la=1", "ssl_ca_certs"])
def test_nothing_behind_the_address_weakens_the_line_or_is_not_there(behind):
    [words] = queue.faults_of_queue(f"rediss://:mat-khau@kho.example.vn/0?{behind}")
    assert "ssl_ca_certs" in words and "mat-khau" not in words


def test_the_authorities_of_redis_may_stand_behind_its_address(tmp_path):
    (tmp_path / "ca.pem").touch()
    assert list(queue.faults_of_queue(f"rediss://kho.example.vn/0?ssl_ca_certs={tmp_path / 'ca.pem'}")) == []


def test_an_address_of_redis_without_its_packages_says_which(monkeypatch):
    monkeypatch.setattr(queue, "find_spec", lambda name: None)
    [words] = queue.faults_of_queue("redis://127.0.0.1:6379/0")
    assert "requirements-redis.txt" in words


def test_without_a_name_the_queue_is_a_table():
    assert queue.backend_of("") == queue.TABLE
    assert queue.backend_of("redis://127.0.0.1/0") == "records.jobs.redis_queue.Backend"
