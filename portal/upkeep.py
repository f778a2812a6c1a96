"""What the portal does by itself: names of the day, files the scanner has not seen, sessions, the proof, the backup."""

import os
from datetime import time, timedelta
from importlib import import_module
from io import StringIO

from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.management.commands.verify import UNREAD
from records import clock, verified
from records.errors import RuleBroken
from records.jobs.schedule.declared import Planned

SUNDAY = 6


def why_no_backup() -> str:
    """Why none is made at night on this machine; empty where one is."""
    if not settings.BACKUPS_KEPT:
        return _("Switched off by PORTAL_BACKUPS_KEPT")
    folder = next(place for place in (settings.BACKUPS, *settings.BACKUPS.parents) if place.exists())
    if not (folder.is_dir() and os.access(folder, os.W_OK | os.X_OK)):
        return _("%(folder)s cannot be written by the portal") % {"folder": settings.BACKUPS}
    return ""


def why_no_scan() -> str:
    """Why no file is shown to a scanner again; empty where the office has one."""
    return "" if settings.FILE_SCANNER else _("No virus scanner is set (FILE_SCANNER)")


NAMES = Planned(
    "directory",
    gettext_lazy("Names of units and agencies that hold from today"),
    act="portal.upkeep.bring_names_up_to_date",
    at=time(0, 5),
)
SCANNING = Planned(
    "scan-files",
    gettext_lazy("Show the virus scanner the files it has not seen"),
    act="portal.upkeep.scan_what_waits",
    every=timedelta(minutes=5),
    why_off=why_no_scan,
)
SESSIONS = Planned(
    "clear-sessions",
    gettext_lazy("Clear sessions that have run out"),
    act="portal.upkeep.clear_sessions",
    at=time(0, 45),
)
PROOF = Planned(
    "verify",
    gettext_lazy("Proof of the log, of versions, counts and files"),
    act="portal.upkeep.prove_records",
    at=time(1, 0),
    is_long=True,
)
BACKUP = Planned(
    "backup",
    gettext_lazy("Backup, and its proof by restoring it"),
    act="portal.upkeep.back_up",
    at=time(2, 0),
    is_long=True,
    why_off=why_no_backup,
)


ALL = (NAMES, SCANNING, SESSIONS, PROOF, BACKUP)


def bring_names_up_to_date() -> str:
    """What `manage.py directory` does: names recorded ahead become the present ones."""
    return _said_by("directory")


def scan_what_waits() -> str:
    """What `manage.py scan_files` does.

    Raises: RuleBroken while the scanner does not answer.
    """
    return _said_by("scan_files")


def clear_sessions() -> str:
    """Remove sessions that have run out."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    return ""


def prove_records() -> str:
    """What `manage.py verify` does; on Sundays, and where no backup reads them, stored files are read as well.

    Raises: RuleBroken with the number of faults.
    """
    with_files = clock.local_day(clock.machine_now()).weekday() == SUNDAY or bool(why_no_backup())
    try:
        call_command("verify", files=with_files, stdout=StringIO())
    except CommandError as refusal:
        if refusal.returncode == UNREAD:
            raise RuleBroken(str(refusal)) from refusal
        found = verified.last()
        told = {"faults": found.faults if found else "?"}
        raise RuleBroken(
            _("%(faults)s faults were found. Keep the database as it is; manage.py verify --files names each.") % told
        ) from refusal
    return _("Nothing is wrong, every file was read") if with_files else _("Nothing is wrong")


def back_up() -> str:
    """What `manage.py backup --prove` does, keeping the newest archives.

    Raises: RuleBroken with what stands in the way.
    """
    return _said_by("backup", prove="", keep=settings.BACKUPS_KEPT)


def _said_by(command: str, **options) -> str:
    """The first line a command says; what it ends with otherwise is the reason it failed."""
    said = StringIO()
    try:
        call_command(command, stdout=said, **options)
    except CommandError as refusal:
        raise RuleBroken(" ".join([*said.getvalue().split("\n"), str(refusal)]).strip()) from refusal
    return said.getvalue().split("\n")[0]
