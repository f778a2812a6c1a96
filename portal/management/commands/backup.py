"""`manage.py backup`: the whole office in one file, while people work; list what there is; prove one by restoring."""

import secrets
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils.translation import gettext as _

from portal.backup.archive import Listed, is_ours, listed
from portal.backup.errors import NotDone, Why
from portal.backup.making import make
from portal.backup.proving import prove
from portal.backup.sealing import Key
from portal.mishaps import sentence_of
from records import wording
from records.files.errors import StoreFailed

_NEW = ""


class Command(BaseCommand):
    help = "Write database, stored files and the list of settings into one file; exit status 0 only if all is well."

    def add_arguments(self, parser):
        parser.add_argument("--to", metavar="FOLDER", help="folder of the archives (default: PORTAL_BACKUPS)")
        parser.add_argument("--key", metavar="FILE", help="file of the key or passphrase (default: PORTAL_BACKUP_KEY)")
        parser.add_argument("--keep", type=int, default=0, metavar="N", help="keep only the N newest of this portal")
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--list", action="store_true", help="list the archives in the folder and do nothing else")
        what.add_argument("--new-key", metavar="FILE", help="make a new key, write it into a new file and end")
        what.add_argument(
            "--prove",
            nargs="?",
            const=_NEW,
            metavar="ARCHIVE",
            help="restore the new archive, or the one named, into a scratch database and compare",
        )

    def handle(self, *, to, key, keep: int, list: bool, new_key, prove: str | None, **options):
        if keep < 0:
            raise CommandError(_("Keep at least one archive: --keep 1 or more."))
        folder = Path(to) if to else settings.BACKUPS
        if list:
            return self.tell_all(folder)
        if new_key:
            return self.make_key(Path(new_key))
        key_file = key_file_of(key)
        archive = Path(prove) if prove else self.make_one(folder, key_file, keep)
        if prove is not None:
            self.prove(archive, key_file)

    def make_one(self, folder: Path, key_file: Path | None, keep: int) -> Path:
        """Write one archive and say what is in it.

        Raises: CommandError; with exit status 1 where the archive is whole and stored files were damaged before.
        """
        try:
            made = make(folder, Key.read(key_file) if key_file else None, keep)
        except NotDone as refusal:
            raise CommandError(str(refusal), returncode=refusal.why) from None
        except DatabaseError as error:
            said = {"error": str(error).strip()}
            raise CommandError(
                _("The database cannot be read; check DATABASE_URL. It says: %(error)s") % said, returncode=Why.REFUSED
            ) from None
        except StoreFailed as failed:
            raise CommandError(sentence_of(failed), returncode=Why.REFUSED) from None
        except OSError as error:
            said = {"folder": folder, "error": error}
            raise CommandError(
                _("The archive cannot be written into %(folder)s; nothing is left of it. Make room there. %(error)s")
                % said,
                returncode=Why.REFUSED,
            ) from None
        size = made.path.stat().st_size
        said = {"file": made.path, "rows": made.rows, "files": made.files, "mb": f"{size / 1024**2:.1f}"}
        self.stdout.write(_("%(file)s: %(rows)s rows, %(files)s files, %(mb)s MB.") % said)
        if key_file is None:
            self.stdout.write(_("It is not encrypted: whoever has the file can read everything. A key: --new-key FILE"))
        for path in made.removed:
            self.stdout.write(_("Removed, being older: %(file)s") % {"file": path.name})
        for digest in made.damaged:
            self.stdout.write(_("The file %(digest)s is missing or changed.") % {"digest": digest})
        if made.damaged:
            said = {"count": len(made.damaged)}
            raise CommandError(
                _("The archive is whole, but %(count)s stored files were damaged before. See: manage.py verify --files")
                % said,
                returncode=Why.FAULTS,
            )
        return made.path

    def prove(self, archive: Path, key_file: Path | None) -> None:
        done = prove(archive, key_file)
        if done.returncode:
            self.stdout.write(done.stdout.strip())
            raise CommandError(
                _("%(file)s could not be restored. Make a new one now.") % {"file": archive}, returncode=done.returncode
            )
        self.stdout.write(_("Proved: restored into a scratch database, every row and file as it was."))

    def tell_all(self, folder: Path) -> None:
        found = listed(folder)
        for one in found:
            self.stdout.write(_told(one))
        if not found:
            self.stdout.write(_("No archive in %(folder)s.") % {"folder": folder})

    def make_key(self, path: Path) -> None:
        try:
            with path.open("x") as file:
                path.chmod(0o600)
                file.write(secrets.token_hex(32) + "\n")
        except OSError as error:
            said = {"file": path, "error": error}
            raise CommandError(
                _("The key cannot be written into %(file)s: %(error)s") % said, returncode=Why.KEY
            ) from None
        self.stdout.write(
            _("%(file)s holds a new key. Keep a copy elsewhere: without it no archive can be read.") % {"file": path}
        )


def key_file_of(named: str | None) -> Path | None:
    """The file of the key: the one named, or that of the settings; none where archives are not encrypted."""
    chosen = named or settings.BACKUP_KEY
    return Path(chosen) if chosen else None


def _told(one: Listed) -> str:
    words = {
        "none": _("not encrypted"),
        "key": _("encrypted with a key"),
        "passphrase": _("encrypted with a passphrase"),
    }
    if not one.is_whole:
        kind = _("damaged or incomplete")
    elif not is_ours(one.header):
        kind = _("of another portal")
    else:
        kind = words[one.header["sealed"]]
    moment = wording.moment(one.made_at if one.header else None)
    return f"{one.path.name}  {moment}  {one.size_bytes / 1024**2:.1f} MB  {kind}"
