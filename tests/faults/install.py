"""From a bare folder to the first sign-in by the commands of docs/deploy.md: `python -m tests.faults.install`.

Packages of Debian and the account are left out (steps 1 and 2). systemd reads the units where its programs are there;
what they start is started by this process (step 14). With --packages pip installs requirements.txt as step 5 says.
Prints what each step took and what was seen; status 1 where anything is not as told.
"""

import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.checkers.headers import loose
from tests.faults.house import ROOT, House, installed, steps

sys.path.append(str(ROOT / ".ci"))
import cluster
import machine

PASSWORD = "mot-mat-khau-rieng-2026"
_LONGEST_SECONDS = 15 * 60


def first_sign_in(house: House) -> Iterator[tuple[str, bool]]:
    """What must be seen, and whether it was."""
    visitor = house.visitor()
    link = house.said[11].splitlines()[-1].partition("phoi-hop.example.vn")[2]
    chosen = visitor.fill_in(link, new_password1=PASSWORD, new_password2=PASSWORD)
    yield "the link of step 11 lets a password be chosen", chosen.status in (302, 303)
    entered = visitor.fill_in("/dang-nhap/", username="quan-tri", password=PASSWORD)
    yield "which signs in", entered.status == 302
    page = visitor.ask(entered.headers["Location"])
    yield "and leads on to the second factor", visitor.ask("/tai-khoan/xac-thuc-hai-lop/").status == 200
    yield "cookies belong to this host alone", all(name.startswith("__Host-") for name in visitor.cookies)
    yield "pages run nothing of their own", page.status in (200, 302) and loose(page.headers) == []
    yield "browsers insist on https", "max-age=31536000" in page.headers["Strict-Transport-Security"]


def doors(house: House) -> Iterator[tuple[str, bool]]:
    """What nginx gives and what it does not."""
    visitor = house.visitor()
    sheet = visitor.ask("/dang-nhap/").text.partition('rel="stylesheet" href="')[2].partition('"')[0]
    packed = visitor.ask(sheet, **{"Accept-Encoding": "gzip"})
    yield "static files are packed beforehand", packed.headers["Content-Encoding"] == "gzip"
    yield "and kept for ever", "immutable" in packed.headers["Cache-Control"]
    kept = house.home / "var/lib/portal/files/ab"
    kept.mkdir()
    (kept / "abc").write_text("secret")
    yield "no stored file can be asked for", visitor.ask("/stored/ab/abc").status == 404
    yield "nor what is measured inside", visitor.ask("/metrics").status == 404
    too_large = visitor.ask("/dang-nhap/", {"username": "x"}, **{"Content-Length": str(221 * 1024 * 1024)})
    yield "a body too large is refused in words", too_large.status == 413 and "20 MB" in too_large.text


def services(house: House) -> Iterator[tuple[str, bool]]:
    """Each service is a process of its own."""
    web, worker, courier, _nginx = house.processes
    yield "web, worker and courier run", all(each.poll() is None for each in (web, worker, courier))
    children = Path(f"/proc/{web.pid}/task/{web.pid}/children").read_text().split()
    beside = [child for child in children if b"manage.py" in Path(f"/proc/{child}/cmdline").read_bytes()]
    yield "and the web server starts nothing beside itself", bool(children) and not beside


def configured(house: House) -> Iterator[tuple[str, bool]]:
    """What Django and systemd say of what was installed."""
    told = house.manage("check", "--deploy", "--fail-level", "WARNING")
    yield "check --deploy has nothing to say", told.returncode == 0 and "0 silenced" in told.stdout
    if shutil.which("systemd-analyze"):
        units = [house.home / path.name for path in (house.home / "opt/portal/docs/deploy").glob("*.service")]
        for unit in units:
            unit.write_text(house.here((house.home / "opt/portal/docs/deploy" / unit.name).read_text()))
        read = subprocess.run(["systemd-analyze", "verify", *units], capture_output=True, text=True, timeout=60)
        yield f"systemd reads the units{read.stderr and ': ' + read.stderr}", read.returncode == 0


def main(arguments: list[str]) -> int:
    home = Path(tempfile.mkdtemp(prefix="portal-bare-"))
    with (
        cluster.throw_away_cluster() as address,
        installed(home, address, has_own_packages="--packages" in arguments) as house,
    ):
        began = time.monotonic()
        seen = [*first_sign_in(house)]
        seconds = sum(house.seconds.values()) + time.monotonic() - began
        seen += [*doors(house), *services(house), *configured(house)]
    for number, spent in sorted(house.seconds.items()):
        machine.say(f"step {number:>2} {spent:6.1f} s  {steps()[number].splitlines()[0][:80]}")
    for told, was_so in seen:
        machine.say(f"{'seen' if was_so else 'NOT SO':<7} {told}")
    packages = "with" if house.has_own_packages else "without"
    taken, target = f"{seconds:.0f} s", f"under {_LONGEST_SECONDS} s"
    machine.say(f"| install | bare folder to first sign-in, {packages} pip's packages | {taken} | {target} |")
    return 0 if all(was_so for _told, was_so in seen) and seconds < _LONGEST_SECONDS else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
