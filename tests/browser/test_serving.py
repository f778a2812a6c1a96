"""`manage.py serve` is what `make run` ends in: it starts again at once, keeps the data, and says no in plain words."""

import socket

from tests.browser.server import Server


def test_second_start_prepares_nothing_and_keeps_the_data(server: Server, accounts):
    again = Server(server.home).start()
    try:
        assert "Preparing the database" in server.said
        assert "Preparing the database" not in again.said
        assert "Collecting static files" not in again.said
        assert [each["user"] for each in accounts] and all(each["user"] in again.said for each in accounts)
    finally:
        code = again.stop()
    assert code == 0
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", again.port)) != 0


def test_a_killed_server_leaves_no_process_behind(server: Server):
    """Neither its workers nor the process that sends mail."""
    killed = Server(server.home).start()
    assert killed.kill()
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", killed.port)) != 0


def test_taken_port_is_told_with_what_to_type(server: Server):
    refused = server.run("serve", "--port", str(server.port))
    assert refused.returncode == 1
    assert f"Port {server.port} is taken." in refused.stderr
    assert f"make run PORT={server.port + 1}" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_port_that_is_no_port_is_told(server: Server):
    refused = server.run("serve", "--port", "80x")
    assert refused.returncode == 1
    assert "PORT must be a number from 1 to 65535, not '80x'." in refused.stderr


def test_database_files_and_key_are_their_owners_alone(server: Server):
    kept = [*server.home.glob("portal.sqlite3*"), server.home / "secret-key", *server.home.glob("files/**/*")]
    assert len(kept) >= 2
    assert [path for path in kept if path.stat().st_mode & 0o077] == []
