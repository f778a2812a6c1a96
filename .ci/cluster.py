"""A PostgreSQL server of our own for the length of the tests: private port, private data, gone at the end."""

import glob
import os
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

OWNER = "postgres"  # initdb refuses root; the Debian package brings this account
# A crash would cost nothing but the tests, so nothing waits for the disk.
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "64MB",
}


class CannotStart(Exception):
    """The server did not start; the message carries its own words."""


@dataclass(frozen=True)
class Server:
    """A server that can be ended and started again at the same address."""

    home: Path
    address: str
    settings: dict[str, str] | None = None

    def stop(self) -> None:
        """End it at once, as a power cut ends its processes.

        Raises: CannotStart where it does not run.
        """
        _run(self.home, "pg_ctl", "stop", "--pgdata", self.home / "data", "--mode", "immediate", "--silent")

    def start(self) -> None:
        """Raises: CannotStart."""
        _start(self.home, self.settings, port=int(self.address.rpartition(":")[2].partition("/")[0]))


@contextmanager
def throw_away_server(settings: dict[str, str] | None = None, place: Path | None = None) -> Iterator[Server]:
    """Start a server, yield it, stop it and remove its data whatever happens.

    `settings` are those that differ from the ones of a server whose data nobody misses; its data lie at `place`.

    Raises: CannotStart.
    """
    home = Path(tempfile.mkdtemp(prefix="portal-postgresql-", dir=place))
    try:
        _hand_over(home)
        password = secrets.token_urlsafe(16)
        _make(home, password)
        port = _start(home, settings)
        server = Server(home, f"postgres://portal:{password}@127.0.0.1:{port}/postgres", settings)
        try:
            yield server
        finally:
            with suppress(CannotStart):  # it may have ended itself
                server.stop()
    finally:
        shutil.rmtree(home, ignore_errors=True)


@contextmanager
def throw_away_cluster(settings: dict[str, str] | None = None) -> Iterator[str]:
    """The address, as a DATABASE_URL, of a server that is gone at the end; `settings` as above.

    Raises: CannotStart.
    """
    with throw_away_server(settings) as server:
        yield server.address


@contextmanager
def throw_away_pair() -> Iterator[tuple[str, str]]:
    """A server and a copy that follows it, both gone at the end; their addresses.

    Why remote_apply: what has been committed is on the copy as well, unless a session asks for less.
    Raises: CannotStart.
    """
    with throw_away_cluster() as address:
        home = Path(tempfile.mkdtemp(prefix="portal-postgresql-copy-"))
        try:
            _hand_over(home)
            source = ["--dbname", address, "--write-recovery-conf", "--no-sync", "--checkpoint", "fast"]
            _run(home, "pg_basebackup", "--pgdata", home / "data", *source)
            port = _start(home)
            try:
                yield address, _at_port(address, port)
            finally:
                _run(home, "pg_ctl", "stop", "--pgdata", home / "data", "--mode", "immediate", "--silent")
        finally:
            shutil.rmtree(home, ignore_errors=True)


def _at_port(address: str, port: int) -> str:
    before, _colon, after = address.rpartition(":")
    return f"{before}:{port}/{after.partition('/')[2]}"


def _make(home: Path, password: str) -> None:
    secret = home / "password"
    secret.write_text(password)
    _hand_over(secret)
    login = ["--username", "portal", "--auth", "scram-sha-256", "--pwfile", secret]
    _run(home, "initdb", "--pgdata", home / "data", "--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync", *login)


def version() -> str:
    """Name and version of the server's programs."""
    told = subprocess.run([_newest("postgres"), "--version"], capture_output=True, text=True).stdout.split()
    return f"PostgreSQL {told[2]}"


def _start(home: Path, settings: dict[str, str] | None = None, port: int = 0) -> int:
    port = port or _free_port()
    chosen = SETTINGS | (settings or {}) | {"port": str(port)}
    options = " ".join(f"-c {name}='{value}'" for name, value in chosen.items())
    log = ["--log", home / "log"]
    try:
        _run(home, "pg_ctl", "start", "--pgdata", home / "data", *log, "--wait", "--silent", "--options", options)
    except CannotStart as reason:
        words = (home / "log").read_text() if (home / "log").exists() else ""
        raise CannotStart(f"{reason}\n{words}") from None
    return port


def _hand_over(path: Path) -> None:
    if os.geteuid() == 0:
        shutil.chown(path, OWNER)


def _run(home: Path, program: str, *arguments: str | Path) -> None:
    """Run one of the server's own programs, as its ordinary owner when we are root."""
    as_owner = ["runuser", "-u", OWNER, "--"] if os.geteuid() == 0 else []
    command = [*as_owner, _newest(program), *arguments]
    done = subprocess.run(command, cwd=home, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode:
        raise CannotStart(f"{program} failed: {done.stdout.strip()}")


def _newest(program: str) -> str:
    found = glob.glob(f"/usr/lib/postgresql/*/bin/{program}")
    if not found:
        raise CannotStart(f"{program} was not found under /usr/lib/postgresql")
    return max(found, key=lambda path: int(path.split("/")[4]))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
