"""The files of docs/deploy/ say what the portal's settings say, and the page uses all of them."""

import configparser
import os
import re
import subprocess

import pytest

from portal.sendfile import STORED
from portal.settings import base
from tests.consistency.tree import PROJECT
from tests.faults.house import steps

FOLDER = PROJECT / "docs" / "deploy"
NGINX = (FOLDER / "nginx.conf").read_text()
UNITS = sorted(path.name for path in FOLDER.glob("*.service"))
HARDENED = {
    "NoNewPrivileges": "true", "ProtectSystem": "strict", "ProtectHome": "true", "PrivateTmp": "true",
    "PrivateDevices": "true", "CapabilityBoundingSet": "", "SystemCallFilter": "@system-service",
    "RestrictSUIDSGID": "true", "User": "portal", "UMask": "0027", "ReadWritePaths": "/var/lib/portal",
    "EnvironmentFile": "/etc/portal/portal.env", "Restart": "always",
}  # fmt: skip


def service(unit: str) -> dict[str, str]:
    read = configparser.RawConfigParser(strict=False)
    read.optionxform = str
    read.read(FOLDER / unit)
    return dict(read["Service"])


def test_nginx_takes_bodies_as_large_as_the_portal_s():
    assert f"client_max_body_size {base.REQUEST_MAX_BYTES // 1024**2}m;" in NGINX


def test_nginx_keeps_stored_files_to_itself():
    block = re.search(rf"location {STORED} \{{(.*?)\}}", NGINX, re.DOTALL)[1]
    assert "internal;" in block
    assert "alias /var/lib/portal/files/;" in block


def test_nginx_says_itself_who_asks():
    assert "proxy_set_header X-Forwarded-For $remote_addr;" in NGINX
    assert "proxy_add_x_forwarded_for" not in NGINX


@pytest.mark.parametrize("unit", UNITS)
def test_a_unit_is_fenced(unit: str):
    told = service(unit)
    assert {name: told.get(name) for name in HARDENED} == HARDENED
    assert re.fullmatch(r"[23]G", told["MemoryMax"])


def test_each_service_has_its_unit():
    commands = {unit: service(unit)["ExecStart"].removeprefix("/opt/portal/.venv/bin/python ") for unit in UNITS}
    assert commands == {
        "portal-courier.service": "manage.py deliver_mail",
        "portal-web.service": "-m gunicorn --config portal/gunicorn.py",
        "portal-worker.service": "manage.py work",
    }


def test_the_environment_names_only_what_is_read():
    known = set(re.findall(r"^\| `(\w+)` \|", (PROJECT / "docs" / "operations.md").read_text(), re.MULTILINE))
    named = set(re.findall(r"^#?([A-Z_]+)=", (FOLDER / "portal.env").read_text(), re.MULTILINE))
    assert named - known == set()
    assert {"PORTAL_SENDFILE", "PORTAL_COMPANIONS", "PORTAL_SECRET_KEY", "PORTAL_HOSTS"} <= named


def test_a_secret_has_to_be_made():
    assert "\nPORTAL_SECRET_KEY=\n" in (FOLDER / "portal.env").read_text()


def test_every_step_is_one_command_bash_can_read():
    assert list(steps()) == list(range(1, 16))
    for number, command in steps().items():
        read = subprocess.run(["bash", "-n", "-c", command], capture_output=True, env={"PATH": os.environ["PATH"]})
        assert (number, "\n" in command, read.returncode) == (number, False, 0)
