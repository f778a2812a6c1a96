"""`manage.py serve`: bring the database, the static files and the demo story up to date, then open the door."""

import hashlib
import logging
import os
import shutil
import socket
import sys
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connections
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from portal.checks import refuse_unsafe
from portal.condition.looks.buckets import fix_of, why_closed
from portal.condition.looks.database import pending_migrations
from portal.condition.looks.places import can_write, nearest

log = logging.getLogger(__name__)

ROOM_TO_START = 16 * 1024**2


class Command(BaseCommand):
    help = "Bring the database and the static files up to date, load the demo story once, then serve on loopback."
    requires_system_checks = []  # a service is checked below, with its database; the settings of the demo by the tests

    def add_arguments(self, parser):
        parser.add_argument("--port", default=os.environ.get("PORT", "8000"), help="port on 127.0.0.1 (default: 8000)")

    def handle(self, *, port: str, **options):
        refuse_taken_port(port)
        refuse_no_room()
        refuse_closed_bucket()
        # What is written is for the account that serves it; where a proxy sends files, for its group as well.
        os.umask(0o027 if settings.SENDFILE else 0o077)
        self.tell_address(port)
        try:
            self.migrate()
            self.collect_static()
            if settings.DEMO:
                call_command("demo", stdout=self.stdout)
            else:
                refuse_unsafe()
        except KeyboardInterrupt:
            raise CommandError("Stopped. The next run goes on from here.", returncode=130) from None
        self.open_the_door(port)

    def tell_address(self, port: str) -> None:
        """What is printed from here on, such as the codes on the signed papers of the sample, leads to this door."""
        os.environ["PORTAL_BIND"] = f"127.0.0.1:{port}"
        if settings.DEMO:
            settings.PORTAL_ADDRESS = f"http://127.0.0.1:{port}"

    def migrate(self) -> None:
        if reachable_pending_migrations():
            self.stdout.write("Preparing the database")
            call_command("migrate", verbosity=0, interactive=False)

    def collect_static(self) -> None:
        """Copy the static files beside the database only when one of them has changed."""
        stamp, seen = settings.VAR / "static-collected", fingerprint_of_static()
        if stamp.exists() and stamp.read_text() == seen:
            return
        self.stdout.write("Collecting static files")
        call_command("collectstatic", verbosity=0, interactive=False)
        stamp.write_text(seen)

    def open_the_door(self, port: str) -> None:
        """Become the web server: signals reach it directly and Ctrl+C leaves nothing behind."""
        connections.close_all()
        self.stdout.flush()
        os.chdir(settings.ROOT)
        command = [sys.executable, "-m", "gunicorn", "--config", str(Path("portal", "gunicorn.py"))]
        os.execv(command[0], command)


def refuse_taken_port(port: str) -> None:
    """A port that cannot be opened is told at once, before any work.

    Raises: CommandError naming the port and what to type.
    """
    if not port.isdecimal() or not 0 < int(port) < 65536:
        raise CommandError(f"PORT must be a number from 1 to 65535, not {port!r}.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(port)))
        except PermissionError:
            raise CommandError(f"Port {port} is for administrators only. Choose another: make run PORT=8000") from None
        except OSError:
            other = int(port) + 1 if int(port) < 65535 else 8000
            hint = f"Stop the program that uses it or choose another: make run PORT={other}"
            raise CommandError(f"Port {port} is taken. {hint}") from None


def refuse_no_room() -> None:
    """Nothing is begun on a disk that can take nothing more, or in a folder of somebody else.

    Rule: R-DEPLOY-5. Raises: CommandError naming the folder and what is left there.
    """
    for folder in (settings.VAR, Path(settings.MEDIA_ROOT)):
        there = nearest(folder)
        free = shutil.disk_usage(there).free
        if free < ROOM_TO_START or not can_write(there):
            told = {"folder": there, "free": filesizeformat(free)}
            raise CommandError(
                _(
                    "Nothing can be written in %(folder)s, %(free)s are free there. Make room on its disk, or give the "
                    "folder to the account of the portal."
                )
                % told
            )


def refuse_closed_bucket() -> None:
    """A service does not open on a bucket that refuses it; one that is away is told of, and waited for.

    Rule: R-DEPLOY-7. Raises: CommandError with what the store says and what to do.
    """
    if failed := why_closed():
        words = f"{failed.trouble.words} {fix_of(failed)}"
        if not failed.trouble.passes:
            raise CommandError(words)
        log.error("%s", words)


def reachable_pending_migrations() -> list:
    """`pending_migrations`, or what is wrong with the way to the database.

    Raises: CommandError with the database's own words.
    """
    try:
        return pending_migrations()
    except OperationalError as error:
        told = {"reason": str(error).strip()}
        raise CommandError(_("The database cannot be reached. Look at DATABASE_URL: %(reason)s") % told) from None


def refuse_older_database() -> None:
    """A web server does not open on a database its code does not fit.

    Rule: R-DEPLOY-3. Raises: CommandError naming the command that mends it.
    """
    if pending := reachable_pending_migrations():
        told = {"count": len(pending)}
        raise CommandError(
            _("The database lacks %(count)s migrations of this version. First: manage.py migrate") % told
        )


def refuse_uncollected_static() -> None:
    """A service does not open with pages whose looks and scripts are not where the server hands them out.

    Rule: R-DEPLOY-9. Raises: CommandError naming the command that mends it.
    """
    collected = getattr(staticfiles_storage, "hashed_files", None)
    if collected is None:
        return
    missing = [path for finder in get_finders() for path, _storage in finder.list([]) if path not in collected]
    if missing:
        told = {"count": len(missing), "folder": settings.STATIC_ROOT}
        raise CommandError(
            _("%(folder)s lacks %(count)s static files of this version. First: manage.py collectstatic --noinput")
            % told
        )


def fingerprint_of_static() -> str:
    """A digest of every static file's place, size and time of change, and of where they are collected."""
    digest = hashlib.sha256(str(settings.STATIC_ROOT).encode())
    for finder in get_finders():
        for path, storage in sorted(finder.list([]), key=lambda found: found[0]):
            state = os.stat(storage.path(path))
            digest.update(f"{path}\0{state.st_size}\0{state.st_mtime_ns}\n".encode())
    return digest.hexdigest()
