"""What the machine itself brings along: fonts, libraries, clock and time zone."""

import ctypes
import hashlib
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.condition.finding import Finding, broken, in_order, warning
from records import clock, wording
from records.audit.queries import last_moment
from reports.pdf.assets import FACES

# What draws papers, by the names the engine opens them with, and the Debian package that brings each.
LIBRARIES = {
    "libpango-1.0.so.0": "libpangoft2-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz.so.0": "libpangoft2-1.0-0",
    "libfontconfig.so.1": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}
HANOI_FROM_UTC = timedelta(hours=7)
# No portal ran before this moment: a machine that says so has lost its clock.
FIRST_DAY = datetime(2026, 1, 1, tzinfo=UTC)
MOST_NAMED = 5
DATABASE_MAY_DIFFER, DATABASE_MUST_NOT_DIFFER = timedelta(seconds=5), timedelta(minutes=2)
_NOT_SYNCHRONISED = 5  # what adjtimex(2) answers then
_BYTES_OF_TIMEX = 512  # more than any kernel's struct
_PIN = re.compile(r"^([\w.-]+)(?:\[[^\]]*\])?==([^\s;\\]+)\s*\\?$", re.MULTILINE)


def fonts(faces: tuple[Path, ...] = FACES) -> Iterator[Finding]:
    """The four typefaces of the papers are there, byte for byte."""
    label = _("Typefaces of papers")
    wrong = [face.name for face in faces if not _is_as_it_came(face)]
    if wrong:
        seen = _("Missing or changed: %(names)s") % {"names": ", ".join(wrong)}
        yield broken("fonts", label, seen, _("Install the portal's files again: these lie in static/fonts/tinos/."))
        return
    yield in_order("fonts", label, _("Tinos, %(count)s faces, unchanged") % {"count": len(faces)})


def libraries() -> Iterator[Finding]:
    """The system's libraries that draw papers can be opened, and the Python packages are those pinned."""
    label = _("Libraries that draw papers")
    if missing := [name for name in LIBRARIES if not _opens(name)]:
        packages = " ".join(sorted({LIBRARIES[name] for name in missing}))
        fix = _("As root: apt-get install --no-install-recommends %(packages)s; then start the portal again.")
        yield broken("libraries", label, ", ".join(missing), fix % {"packages": packages})
    else:
        yield in_order("libraries", label, ", ".join(LIBRARIES))
    yield from packages_as_pinned(settings.ROOT / "requirements.txt")


def packages_as_pinned(pins: Path) -> Iterator[Finding]:
    """The installed Python packages are those the portal was tested with."""
    label = _("Python packages")
    pinned = dict(_PIN.findall(pins.read_text()))
    other = [name for name, wanted in pinned.items() if _installed(name) != wanted]
    if other:
        fix = _("In the portal's folder: .venv/bin/python -m pip install --require-hashes -r requirements.txt; then "
                "start the portal again.")  # fmt: skip
        count = {"count": len(other), "names": ", ".join(other[:MOST_NAMED])}
        seen = ngettext(
            "%(count)s package is not the pinned one: %(names)s",
            "%(count)s packages are not the pinned ones: %(names)s",
            len(other),
        )
        yield warning("packages", label, seen % count, fix)
        return
    seen = ngettext("%(count)s package, as pinned", "%(count)s packages, as pinned", len(pinned))
    yield in_order("packages", label, seen % {"count": len(pinned)})


def time_zone() -> Iterator[Finding]:
    """Days and numbers follow the calendar of Hà Nội."""
    label = _("Time zone")
    if timezone.get_default_timezone().utcoffset(FIRST_DAY.replace(tzinfo=None)) != HANOI_FROM_UTC:
        fix = _("As root: apt-get install tzdata; the portal's zone is Asia/Ho_Chi_Minh.")
        yield broken("time-zone", label, _("%(zone)s is not UTC+7") % {"zone": settings.TIME_ZONE}, fix)
        return
    yield in_order("time-zone", label, f"{settings.TIME_ZONE}, UTC+7")


def machine_clock() -> Iterator[Finding]:
    """The machine's clock is plausible, kept on time, and has not been put back."""
    label, now = _("Clock"), clock.machine_now()
    shown = wording.moment(now)
    fix = _("As root: timedatectl set-ntp true (package systemd-timesyncd or chrony), then timedatectl.")
    if now < FIRST_DAY:
        yield broken("clock", label, _("The machine says it is %(moment)s.") % {"moment": shown}, fix)
    elif _was_put_back():
        seen = _("It is %(moment)s here, and the last entry of the log is of later.") % {"moment": shown}
        yield broken("clock", label, seen, fix)
    elif _is_unsynchronised():
        seen = _("%(moment)s, and no time server keeps it on time.") % {"moment": shown}
        yield warning("clock", label, seen, fix)
    else:
        yield in_order("clock", label, shown)


def database_clock() -> Iterator[Finding]:
    """The database server's clock says what this machine's says."""
    if connection.vendor != "postgresql":
        return
    label = _("Clock of the database")
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        apart = abs(cursor.fetchone()[0] - clock.machine_now())
    seen = _("%(seconds)s seconds from this machine's") % {"seconds": round(apart.total_seconds())}
    fix = _("Let both machines follow the same time server: timedatectl set-ntp true.")
    if apart > DATABASE_MUST_NOT_DIFFER:
        yield broken("database-clock", label, seen, fix)
    elif apart > DATABASE_MAY_DIFFER:
        yield warning("database-clock", label, seen, fix)
    else:
        yield in_order("database-clock", label, seen)


def _is_as_it_came(face: Path) -> bool:
    digests = json.loads((face.parent / "MANIFEST.json").read_text())["sha256"]
    return face.is_file() and hashlib.sha256(face.read_bytes()).hexdigest() == digests.get(face.name)


def _opens(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def _installed(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _was_put_back() -> bool:
    """Whether the log knows of a later moment. The demo's clock starts again with each process and tells nothing."""
    last = None if settings.PORTAL_CLOCK else last_moment()
    return last is not None and last > clock.now() + timedelta(minutes=5)


def _is_unsynchronised() -> bool:
    """Whether the kernel says that nothing keeps its clock on time; where it does not say, it is believed."""
    try:
        return ctypes.CDLL(None).adjtimex(ctypes.create_string_buffer(_BYTES_OF_TIMEX)) == _NOT_SYNCHRONISED
    except (OSError, AttributeError):
        return False
