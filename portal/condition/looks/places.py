"""The folders the portal writes into: there, writable, private, with room left, and backed up."""

import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from portal.backup.archive import newest_whole
from portal.backup.errors import NotDone
from portal.backup.sealing import Key
from portal.condition.finding import Finding, broken, in_order, warning
from portal.condition.looks.buckets import bucket
from records import clock, wording

MEGABYTE, GIGABYTE = 1024**2, 1024**3
ROOM_NEEDED, ROOM_WANTED = 256 * MEGABYTE, 2 * GIGABYTE
# A nightly backup that came late, and one nobody should be without.
BACKUP_WANTED, BACKUP_NEEDED = timedelta(hours=30), timedelta(days=7)


@dataclass(frozen=True)
class Room:
    """How much of a disk is free, and what of the portal lies on it. Units: bytes."""

    names: tuple[str, ...]
    path: Path
    free: int
    size: int


def can_write(folder: Path) -> bool:
    """Whether a file can be written there and brought to the disk; nothing is left of it."""
    try:
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(b"1")
            probe.flush()
            os.fsync(probe.fileno())
    except OSError:
        return False
    return True


def nearest(folder: Path) -> Path:
    """The folder, or the nearest one above that is there: what is missing is made when it is first needed."""
    return next(path for path in (folder, *folder.parents) if path.is_dir())


def files_are_writable() -> bool:
    """Whether stored files can be kept, in their folder or one that is made when the first file comes.

    Why no bucket is asked: one that is away would take every machine out at once, with all the pages that need no file.
    """
    return can_write(nearest(Path(settings.MEDIA_ROOT)))


def files() -> Iterator[Finding]:
    """The place of stored files takes and gives; a folder is closed to other accounts of the machine."""
    label, folder = _("Stored files"), Path(settings.MEDIA_ROOT)
    told = {"folder": folder}
    if settings.FILES_BUCKET:
        yield from bucket(label)
    elif not can_write(nearest(folder)):
        fix = _("Give it to the portal's account: chown -R ACCOUNT %(folder)s; see that its disk is not full.") % told
        yield broken("files", label, _("%(folder)s cannot be written") % told, fix)
    elif _is_served(folder):
        fix = _("Name a folder outside the static files in PORTAL_FILES and move the files there.")
        yield broken("files", label, _("%(folder)s is handed out to everybody as static files") % told, fix)
    elif folder.is_dir() and is_open_to_others(folder):
        fix = _("Close it: chmod 700 %(folder)s") % told
        yield broken("files", label, _("%(folder)s can be read by other accounts of this machine") % told, fix)
    else:
        yield in_order("files", label, _("%(folder)s, writable and private") % told)


def secrets() -> Iterator[Finding]:
    """The database of an office PC and the demo's key are closed to other accounts as well."""
    kept = [settings.VAR / "secret-key"]
    if connection.vendor == "sqlite":
        kept.append(Path(str(connection.settings_dict["NAME"])))
    opened = [str(path) for path in kept if path.is_file() and is_open_to_others(path)]
    if opened:
        seen = _("Can be read by other accounts of this machine: %(names)s") % {"names": ", ".join(opened)}
        yield broken("private", _("Database and key"), seen, f"chmod 600 {' '.join(opened)}")


def disks() -> Iterator[Finding]:
    """Every disk the portal writes on has room left."""
    for number, room in enumerate(rooms(), 1):
        yield room_left(f"disk-{number}", room)


def room_left(name: str, room: Room) -> Finding:
    """How a disk stands. Units: bytes."""
    label = _("Disk: %(names)s") % {"names": ", ".join(room.names)}
    sizes = {"free": filesizeformat(room.free), "size": filesizeformat(room.size), "path": room.path}
    seen = _("%(free)s of %(size)s free (%(path)s)") % sizes
    fix = _("Make room: remove what is not the portal's, move old backups to another machine, or enlarge the disk.")
    if room.free < ROOM_NEEDED:
        return broken(name, label, seen, fix)
    return warning(name, label, seen, fix) if room.free < ROOM_WANTED else in_order(name, label, seen)


def rooms() -> list[Room]:
    """The disks, each once, with what lies on it."""
    found: dict[int, tuple[list[str], Path]] = {}
    for name, folder in _places():
        there = nearest(folder)
        found.setdefault(os.stat(there).st_dev, ([], there))[0].append(name)
    usage = [(names, path, shutil.disk_usage(path)) for names, path in found.values()]
    return [Room(tuple(names), path, used.free, used.total) for names, path, used in usage]


def backups() -> Iterator[Finding]:
    """The newest archive of this portal that is whole is young enough."""
    label, last = _("Backup"), newest_whole(Path(settings.BACKUPS))
    fix = _("Run manage.py backup now, and let it run every night; keep a copy on another machine.")
    if last is None:
        seen = _("None in %(folder)s") % {"folder": settings.BACKUPS}
        yield (warning if settings.DEMO else broken)("backup", label, seen, fix)
        return
    told = {"name": last.path.name, "size": filesizeformat(last.size_bytes), "moment": wording.moment(last.made_at)}
    seen, age = _("%(name)s, %(size)s, of %(moment)s") % told, clock.machine_now() - last.made_at
    if age > BACKUP_NEEDED:
        yield broken("backup", label, seen, fix)
    elif age > BACKUP_WANTED:
        yield warning("backup", label, seen, fix)
    else:
        yield in_order("backup", label, seen)


def backup_key() -> Iterator[Finding]:
    """The key of the archives, where one is named, can be used; without one they are not encrypted.

    Why no warning without a key: an office may keep its archives where nobody gets at them.
    """
    label = _("Key of the backups")
    if not settings.BACKUP_KEY:
        yield in_order("backup-key", label, _("Not set: backups are not encrypted (PORTAL_BACKUP_KEY)"))
        return
    path = Path(settings.BACKUP_KEY)
    try:
        Key.read(path)
    except NotDone as refused:
        fix = _("Let PORTAL_BACKUP_KEY name the file of the key; manage.py backup --new-key FILE makes a new one.")
        yield broken("backup-key", label, str(refused), fix)
        return
    if is_open_to_others(path):
        seen = _("Can be read by other accounts of this machine: %(names)s") % {"names": path}
        yield broken("backup-key", label, seen, f"chmod 600 {path}")
    else:
        yield in_order("backup-key", label, _("Set: backups are encrypted"))


def is_open_to_others(path: Path) -> bool:
    """Whether an account that is neither the owner nor of its group gets at it: through every folder above."""
    path = path.resolve()
    own = stat.S_IROTH | stat.S_IWOTH | (stat.S_IXOTH if path.is_dir() else 0)
    return bool(path.stat().st_mode & own) and all(above.stat().st_mode & stat.S_IXOTH for above in path.parents)


def _places() -> Iterator[tuple[str, Path]]:
    if connection.vendor == "sqlite":
        yield _("database"), Path(str(connection.settings_dict["NAME"])).parent
    if not settings.FILES_BUCKET:
        yield _("stored files"), Path(settings.MEDIA_ROOT)
    yield _("drawn papers"), settings.VAR
    yield _("backups"), Path(settings.BACKUPS)
    yield _("temporary files"), Path(tempfile.gettempdir())


def _is_served(folder: Path) -> bool:
    served = [Path(settings.STATIC_ROOT), *map(Path, settings.STATICFILES_DIRS)]
    return any(folder.resolve().is_relative_to(place.resolve()) for place in served)
