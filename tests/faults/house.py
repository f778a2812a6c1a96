"""A bare folder that becomes the house of docs/deploy.md: its own commands, typed one after another, without systemd.

What differs from a machine of its own: paths lie below the folder, nobody else's account is needed, ports are free ones
on loopback, and the services are started from their unit files by this process instead of systemd.
"""

import contextlib
import http.client
import os
import re
import shlex
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.over_tls import Visitor

ROOT = Path(__file__).resolve().parent.parent.parent
_STEP = re.compile(r"^\*\*(\d+)\. .*?^```\n(.*?)\n```", re.MULTILINE | re.DOTALL)
_SLOWEST_STEP_SECONDS = 1200
_NGINX = """daemon off;
{user}pid {home}/nginx.pid;
error_log {home}/nginx-error.log;
worker_processes 2;
events {{ worker_connections 1024; }}
http {{
    include /etc/nginx/mime.types;
    access_log off;
    client_body_temp_path {home}/body; proxy_temp_path {home}/proxied;
    fastcgi_temp_path {home}/f; uwsgi_temp_path {home}/u; scgi_temp_path {home}/s;
    include {home}/etc/nginx/sites-enabled/*;
}}
"""


def steps() -> dict[int, str]:
    """The commands of the page, by the numbers of their steps."""
    return {int(number): command for number, command in _STEP.findall((ROOT / "docs" / "deploy.md").read_text())}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@dataclass
class House:
    """One installation in a folder, on a PostgreSQL server given to it."""

    home: Path
    admin_url: str
    has_own_packages: bool = False
    environment: dict[str, str] = field(default_factory=dict)
    version: str = "HEAD"
    administrator: str = "quan-tri"
    tls: int = field(default_factory=free_port)
    plain: int = field(default_factory=free_port)
    inside: int = field(default_factory=free_port)
    processes: list[subprocess.Popen] = field(default_factory=list)
    said: dict[int, str] = field(default_factory=dict)
    seconds: dict[int, float] = field(default_factory=dict)

    def here(self, text: str) -> str:
        """A command or a file of the page as it is typed in this folder."""
        for folder in ("/var/lib/portal", "/etc/portal", "/opt/portal", "/etc/nginx/sites-", "/usr/local/sbin"):
            text = re.sub(rf"(?<![\w/]){folder}", f"{self.home}{folder}", text)
        text = re.sub(r"-o \w+ -g [\w-]+ ", "", text).replace("runuser -u portal -- ", "")
        text = text.replace("runuser -u postgres -- psql", f"psql {shlex.quote(self.admin_url)}")
        text = text.replace("ADDRESS-OF-THE-REPOSITORY", f"file://{ROOT}")
        text = text.replace("first_administrator quan-tri", f"first_administrator {self.administrator}")
        text = text.replace("nginx -t && systemctl reload nginx", f"nginx -t -q -c {self.home}/nginx.conf")
        return re.sub(r"^portal-manage", f"{self.home}/usr/local/sbin/portal-manage", text)

    def walk(self, *numbers: int) -> None:
        """Type these steps.

        Raises: RuntimeError with the words of the step that failed.
        """
        for number in numbers:
            self._type(number, self.here(steps()[number]))
            getattr(self, f"_after_{number}", lambda: None)()

    def _type(self, number: int, command: str) -> None:
        began = time.monotonic()
        done = subprocess.run(
            ["bash", "-euc", command],
            cwd=self.home,
            env=self._environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=_SLOWEST_STEP_SECONDS,
        )
        self.seconds[number], self.said[number] = time.monotonic() - began, done.stdout.strip()
        if done.returncode:
            raise RuntimeError(f"Step {number} failed: {command}\n{done.stdout}{done.stderr}")

    def install(self) -> None:
        """From the bare folder to open doors."""
        for folder in ("etc/nginx/sites-available", "etc/nginx/sites-enabled", "usr/local/sbin", "opt", "var/lib"):
            (self.home / folder).mkdir(parents=True)
        self._leave_the_name_of_the_portal()
        self.walk(3, 4)
        if self.version != "HEAD":
            self.lay_out(self.version, "opt/portal")
        elif self.has_own_packages:
            self.walk(5)
        else:
            (self.home / "opt/portal/.venv").symlink_to(ROOT / ".venv")
        self.walk(6, 7, 8, 9, 10, 11, 12, 13)
        began = time.monotonic()
        self.start()
        self.seconds[14] = time.monotonic() - began

    def start(self) -> None:
        """What step 14 has systemd do; nginx beside it."""
        for unit in ("portal-web", "portal-worker", "portal-courier"):
            self.start_unit(unit)
        self._run(["nginx", "-c", f"{self.home}/nginx.conf"], self._environment())
        self.wait()

    def start_unit(self, unit: str, code: str = "opt/portal", **environment: str) -> subprocess.Popen:
        """A unit's command in the folder of its code, with its environment and its mask."""
        told = dict(re.findall(r"^(ExecStart|UMask)=(.*)$", self._file(f"{unit}.service"), re.MULTILINE))
        command = shlex.split(self.here(told["ExecStart"]))
        return self._run(command, self._environment() | environment, umask=int(told["UMask"], 8), code=code)

    def ask_database(self, statement: str) -> str:
        """What the portal's own account is answered by its database."""
        command = ["psql", self._environment()["DATABASE_URL"], "-qAtc", statement]
        return subprocess.run(command, check=True, capture_output=True, text=True, timeout=60).stdout.strip()

    def manage(self, *arguments: str, code: str = "") -> subprocess.CompletedProcess[str]:
        """One of the portal's commands, as step 8 has it typed, or with the code of another folder."""
        own = [str(ROOT / ".venv/bin/python"), "manage.py"]
        command = [*(own if code else [f"{self.home}/usr/local/sbin/portal-manage"]), *arguments]
        place = self.home / code if code else None
        return subprocess.run(command, cwd=place, env=self._environment(), capture_output=True, text=True, timeout=300)

    def lay_out(self, version: str, code: str) -> None:
        """Put the code of a version into a folder of its own, with the packages of this one."""
        place = self.home / code
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(parents=True)
        packed = subprocess.run(["git", "archive", version], cwd=ROOT, check=True, capture_output=True).stdout
        subprocess.run(["tar", "-x"], cwd=place, input=packed, check=True)
        (place / ".venv").symlink_to(ROOT / ".venv")

    def stop(self) -> None:
        """End what was started, the first one last."""
        for process in reversed(self.processes):
            process.terminate()
        for process in self.processes:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(30)
            process.kill()

    def visitor(self, source: str = "127.0.0.1") -> Visitor:
        return Visitor(self.tls, self.home / "etc/portal/tls/fullchain.pem", source)

    def _leave_the_name_of_the_portal(self) -> None:
        """The server's owner is called as the portal's account will be, which is to be no owner of the server."""
        self._psql("CREATE ROLE keeper SUPERUSER LOGIN PASSWORD 'keeper'")
        self.admin_url = re.sub(r"//[^@]*@", "//keeper:keeper@", self.admin_url)
        self._psql("ALTER ROLE portal RENAME TO founder")

    def _psql(self, statement: str) -> None:
        subprocess.run(["psql", self.admin_url, "-qc", statement], check=True, capture_output=True, timeout=60)

    def _after_6(self) -> None:
        """Ports and the server of PostgreSQL that this proof was given."""
        path = self.home / "etc/portal/portal.env"
        place = re.search(r"@([\d.]+:\d+)/", self.admin_url)[1]
        text = path.read_text().replace("127.0.0.1:5432", place).replace("127.0.0.1:8000", f"127.0.0.1:{self.inside}")
        text = text.replace("PORTAL_VAR=/var/lib", f"PORTAL_VAR={self.home}/var/lib")
        path.write_text(text + "".join(f"{name}={value}\n" for name, value in self.environment.items()))

    def _after_8(self) -> None:
        path = self.home / "usr/local/sbin/portal-manage"
        path.write_text(self.here(path.read_text()))

    def _after_12(self) -> None:
        """The shipped configuration on ports of its own; paths are this folder's, nothing else is changed."""
        user = "user root;\n" if os.geteuid() == 0 else ""
        (self.home / "nginx.conf").write_text(_NGINX.format(home=self.home, user=user))
        shipped = self.home / "opt/portal/docs/deploy/nginx.conf"
        text = self.here(shipped.read_text()).replace("listen 80;", f"listen 127.0.0.1:{self.plain};")
        text = text.replace("listen 443 ", f"listen 127.0.0.1:{self.tls} ").replace(
            "127.0.0.1:8000", f"127.0.0.1:{self.inside}"
        )
        shipped.write_text(re.sub(r"^ *listen \[::\].*\n", "", text, flags=re.MULTILINE))

    def _file(self, name: str) -> str:
        return (self.home / "opt/portal/docs/deploy" / name).read_text()

    def _environment(self) -> dict[str, str]:
        base = {"PATH": f"{os.environ['PATH']}:/usr/sbin", "HOME": str(self.home), "LANG": "C.UTF-8"}
        path = self.home / "etc/portal/portal.env"
        lines = path.read_text().splitlines() if path.exists() else []
        return base | dict(line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))

    def _run(
        self, command: list[str], env: dict[str, str], umask: int = -1, code: str = "opt/portal"
    ) -> subprocess.Popen:
        streams = {"stdin": subprocess.DEVNULL, "stderr": subprocess.STDOUT}
        with self.log_of(len(self.processes)).open("w") as log:
            place = self.home / code
            self.processes.append(subprocess.Popen(command, cwd=place, env=env, stdout=log, umask=umask, **streams))
        return self.processes[-1]

    def log_of(self, number: int) -> Path:
        """What the process said that was started as this one, counted from nought."""
        return self.home / f"log-{number}"

    def wait(self) -> None:
        until = time.monotonic() + 300
        while time.monotonic() < until and all(each.poll() is None for each in self.processes):
            with contextlib.suppress(OSError, http.client.HTTPException):
                if self.visitor().ask("/healthz").status == 200:
                    return
            threading.Event().wait(1)
        raise RuntimeError("\n".join(self.log_of(number).read_text() for number in range(len(self.processes))))


@contextlib.contextmanager
def installed(home: Path, admin_url: str, **kind) -> Iterator[House]:
    """A house with open doors; everything it started has ended afterwards."""
    house = House(home, admin_url, **kind)
    try:
        house.install()
        yield house
    finally:
        house.stop()
        shutil.rmtree(home, ignore_errors=True)
