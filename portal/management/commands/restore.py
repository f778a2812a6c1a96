"""`manage.py restore ARCHIVE`: put an office back, on either database; what does not fit is refused, unharmed."""

from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils.translation import gettext as _

from portal.backup.errors import NotDone, Why
from portal.backup.restoring import Restored, proved, restore, settings_in
from portal.backup.sealing import Key
from portal.backup.trust import Trust, trust_of
from portal.management.commands.backup import key_file_of
from portal.mishaps import sentence_of
from records import wording
from records.files.errors import StoreFailed


class Command(BaseCommand):
    help = "Put an archive of manage.py backup into an empty database and the folder of stored files."
    requires_system_checks = []  # they may ask a database that is not there yet

    def add_arguments(self, parser):
        parser.add_argument("archive", help="the file manage.py backup wrote")
        parser.add_argument("--key", metavar="FILE", help="file of the key or passphrase (default: PORTAL_BACKUP_KEY)")
        parser.add_argument("--check", action="store_true", help="read the archive from end to end; change nothing")
        parser.add_argument("--replace", default="", metavar="NAME", help="give up the content of this name")
        parser.add_argument("--foreign", action="store_true", help="take over the archive of another portal")
        parser.add_argument(
            "--with-trust", action="store_true", help="with --foreign: trust the certificates it trusted here as well"
        )

    def handle(self, *, archive: str, key: str | None, check: bool, replace: str, foreign: bool, **options):
        path, key_file, with_trust = Path(archive), key_file_of(key), options["with_trust"]
        try:
            own = Key.read(key_file) if key_file else None
            if check:
                manifest, _state = proved(path, own, foreign=foreign)
                self.tell(manifest)
                self.tell_trust(trust_of(path, manifest, with_trust=with_trust))
                self.tell_settings(settings_in(path, own))
                return
            self.tell_restored(restore(path, own, foreign=foreign, with_trust=with_trust, replace=replace))
        except NotDone as refusal:
            raise CommandError(str(refusal), returncode=refusal.why) from None
        except DatabaseError as error:
            said = {"error": str(error).strip()}
            raise CommandError(
                _("The database cannot be reached; check DATABASE_URL. It says: %(error)s") % said,
                returncode=Why.REFUSED,
            ) from None
        except StoreFailed as failed:
            raise CommandError(sentence_of(failed), returncode=Why.REFUSED) from None
        except OSError as error:
            raise CommandError(
                _("The disk refused; the database is as it was. Make room, then repeat. %(error)s") % {"error": error},
                returncode=Why.REFUSED,
            ) from None

    def tell(self, manifest: dict) -> None:
        rows = sum(table["rows"] for table in manifest["tables"].values())
        files = sum(name.startswith("files/") for name in manifest["members"])
        moment = wording.moment(datetime.fromisoformat(manifest["made_at"]))
        said = {"moment": moment, "owner": manifest["owner"] or "–", "rows": rows, "files": files}
        self.stdout.write(_("Made %(moment)s, office: %(owner)s; %(rows)s rows, %(files)s files.") % said)
        self.stdout.write(_("Head of the log: %(head)s") % {"head": manifest["head"]})

    def tell_trust(self, trust: Trust) -> None:
        """Say of another portal's certificates whether signatures they prove count here from now on."""
        if trust.is_own or not trust.names:
            return
        said = {"names": ", ".join(trust.names), "folder": settings.SIGNING_TRUST}
        if trust.is_taken:
            told = _("Certificates of the other portal that are trusted here as well: %(names)s. Folder: %(folder)s.")
        else:
            told = _(
                "Certificates the other portal trusted are left out and not trusted here: %(names)s. To trust them: "
                "repeat with --with-trust, or put those you have checked into %(folder)s."
            )
        self.stdout.write(told % said)

    def tell_settings(self, named: dict[str, str]) -> None:
        self.stdout.write(_("Settings it was made with (secrets are not in it):"))
        for name, value in named.items():
            self.stdout.write(f"  {name}={value}")

    def tell_restored(self, done: Restored) -> None:
        """Say what was put back. Raises: CommandError with exit status 1 for faults the archive brought along."""
        self.tell(done.manifest)
        self.tell_trust(done.trust)
        for line in done.wrong:
            self.stdout.write(line)
        if done.wrong:
            raise CommandError(
                _("Restored as it was made, with %(count)s faults it had before. See: manage.py verify --files")
                % {"count": len(done.wrong)},
                returncode=Why.FAULTS,
            )
        self.stdout.write(_("Restored: every row and every file as it was, the log unbroken."))
