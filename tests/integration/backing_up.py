"""An office that is kept, restored, moved to the other engine and back; run as a program on a database of its own.

Why a process: an archive is read and put back outside any test's transaction, and the database changes under it.
"""

import json
import os
import random
import select
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from portal.backup.sealing import Key

RECOUNTED = {
    "coordination_programmark", "coordination_settledcount", "coordination_sightmark",
    "records_auditentry", "records_audithead",
}  # fmt: skip

READING, PAGES_EACH = ("secretary", "system_admin"), 25


def answer(act: Callable[[], object]) -> object:
    """What an act gives, or the exit status of its refusal."""
    from portal.backup.errors import NotDone

    try:
        return act()
    except NotDone as refusal:
        return refusal.why.name


def fill() -> None:
    """A small office: a program with its tasks, a stored file, a number that was given and taken back."""
    from records.files.enums import FileKind
    from records.files.services import keep_bytes
    from records.models import Job
    from tests.factories.programs import make_program

    make_program("signed")
    for number in range(3):
        keep_bytes(f"Biên bản {number}\\t.pdf", FileKind.PDF, os.urandom(200_000 * number + 10))
    from records import clock

    moment = {"asked_at": clock.machine_now(), "due_at": clock.machine_now(), "asked_by": 1}
    odd = 'Dòng\n"hai"\t\\N \u2028 𝟙'
    Job.objects.create(name="x", title="x", key="1", values={"b": [1.5, 2.0, None, odd], "a": 10**20}, **moment)
    Job.objects.create(name="x", title="x", key="2", **moment).delete()


class Reader:
    """Somebody signed in who reads pages without a server between; the session lives in the office's rows."""

    def __init__(self, role: str):
        from django.test import Client

        from agencies.access.enums import Role
        from agencies.models import Agency
        from tests.factories.people import make_member

        self.client = Client()
        member = make_member(Agency.objects.order_by("pk").first(), Role(role))
        self.client.force_login(member.user, backend="django.contrib.auth.backends.ModelBackend")

    def open(self, path: str):
        from tests.faults.visitor import Answer

        given = self.client.get(path)
        return Answer(given.status_code, given.getvalue(), given.headers.get("Location", ""))


def all_told() -> dict:
    """Rows and digest of every table of the database in use."""
    from portal.backup.rows import account_of
    from portal.backup.states import State, applied_here

    return {table.name: account_of(table) for table in State(applied_here()).tables()}


def stand_in(address: str) -> None:
    """Make another database the one in use."""
    import environ
    from django.db import connections

    connections["default"].close()
    given = environ.Env.db_url_config(address)
    on_sqlite = {"init_command": "PRAGMA foreign_keys=ON;", "transaction_mode": "IMMEDIATE"}
    options = on_sqlite if given["ENGINE"].endswith("sqlite3") else {}
    connections.settings["default"].update(given, OPTIONS=options)
    del connections["default"]


def next_number() -> int:
    """How far from the last row of a table the next one is numbered."""
    from records.models import Job

    last = Job.objects.order_by("-pk").values().first()
    given = Job.objects.create(**{**last, "id": None, "key": "next"}).pk
    Job.objects.filter(pk=given).delete()
    return given - last["id"]


def killed_rounds(folder: Path, rounds: int, *, seed: int = 9) -> dict[str, int]:
    """Backups killed at random moments: how many came to their end, and what is there afterwards."""
    from portal.backup.archive import listed, read_whole
    from portal.backup.making import make

    first, chance, finished = make(folder, None).path, random.Random(seed), 0
    told = first.read_bytes()
    for _round in range(rounds):
        finished += ended_before(chance.random() * 0.4, lambda: make(folder, None))
    names = [one.path for one in listed(folder)]
    for path in names:
        read_whole(path, None)
    make(folder, None)
    left = {path.name for path in folder.iterdir()} - {one.path.name for one in listed(folder) if one.is_whole}
    whole = first.read_bytes() == told and finished <= len(names) - 1 <= rounds
    return {"rounds": rounds, "finished": finished, "the first is whole": whole, "left behind": len(left)}


def ended_before(seconds: float, act: Callable[[], object]) -> bool:
    """Let a process of its own act and kill it after a while; whether it had ended by itself."""
    from django.db import connections

    connections.close_all()
    child = os.fork()
    if not child:
        try:
            act()
        finally:
            os._exit(0)
    ended = os.pidfd_open(child)
    select.select([ended], [], [], seconds)
    os.close(ended)
    os.kill(child, signal.SIGKILL)
    return os.waitpid(child, 0)[1] == 0


def refusals(path: Path, folder: Path, key) -> dict:
    """What archives that are damaged, of others or of later versions are answered; none changes anything."""
    from django.test import override_settings

    from portal.backup.restoring import proved, restore

    said, whole = {}, path.read_bytes()
    (folder / "cut").write_bytes(whole[:-1])
    flipped = bytearray(whole)
    flipped[len(whole) // 2] ^= 4
    (folder / "flipped").write_bytes(flipped)
    said["missing"] = answer(lambda: proved(folder / "none", key))
    said["cut off"] = answer(lambda: proved(folder / "cut", key))
    said["a flipped bit"] = answer(lambda: proved(folder / "flipped", key))
    said["no key"] = answer(lambda: proved(path, None))
    with override_settings(SECRET_KEY="of another portal"):
        said["another portal's"] = answer(lambda: proved(path, key))
    said["not empty"] = answer(lambda: restore(path, key))
    said["another name"] = answer(lambda: restore(path, key, replace="1:0123456789ab"))
    return said


def of_a_later_version(folder: Path, key) -> object:
    """What an archive is answered whose database has seen a migration that is not here."""
    from django.db import connection
    from django.db.migrations.recorder import MigrationRecorder

    from portal.backup.archive import ArchiveWriter, incoming, mark_of_portal
    from portal.backup.restoring import proved
    from portal.backup.states import applied_here

    applied = [*applied_here(), ("records", "9999_from_tomorrow")]
    assert MigrationRecorder(connection).has_table()
    told = {"made_at": "2022-03-30T10:30:00+00:00", "portal": mark_of_portal()}
    with incoming(folder, "later") as file:
        ArchiveWriter(file.out, told, key).finish({**told, "migrations": applied})
    return answer(lambda: proved(file.path, key))


@dataclass
class Kept:
    """An office whose archive was made: its tables as they were told, and the pages its readers were given."""

    home: Path
    key: "Key"
    path: Path
    rows: int
    tables: dict
    readers: list[Reader]
    pages: list[dict]
    last: int
    read_at: datetime

    def put_back(self, step: str, address: str) -> dict:
        """What is otherwise in another database than it was here: tables, files, log and pages."""
        from django.conf import settings

        from portal.backup.restoring import restore
        from records.audit.verification import faults

        stand_in(address)
        settings.MEDIA_ROOT = self.home / step
        wrong, now = restore(self.path, self.key).wrong, all_told()
        differs = [name for name, told in office_of(self.tables).items() if now.get(name) != told]
        return {
            step: [wrong, differs, len(list(settings.MEDIA_ROOT.glob("??/*")))],
            f"{step}: log": [str(fault) for fault in faults()],
            f"{step}: pages": self.pages_that_differ(),
        }

    def pages_that_differ(self) -> list[str]:
        from records import clock
        from tests.faults.asking import asked
        from tests.faults.second_machine import differing

        with clock.machine_standing_at(self.read_at):
            return [
                differs
                for reader, told in zip(self.readers, self.pages, strict=True)
                for differs in differing({"": told}, {"": asked(reader, told)}, self.last)
            ]


def main(other: str, third: str) -> dict:
    """Keep, refuse, restore; `other` is an empty database of the other engine, `third` one of this with tables."""
    from portal.backup.archive import listed
    from portal.backup.making import make

    office = keep_an_office()
    before = all_told()
    out = {
        "rows": office.rows == sum(table["rows"] for table in office.tables.values()) > 100,
        "refused": refusals(office.path, office.home, office.key),
        "a later version's": of_a_later_version(office.home, office.key),
        "unchanged by refusals": all_told() == before,
        "killed": killed_rounds(office.home / "killed", 3),
        "pages opened": sum(told[0] == 200 for one in office.pages for told in one.values()),
    }
    if other:
        out |= office.put_back("moved", other)
        office.path = make(office.path.parent, office.key, keep=1).path
        out |= {"kept": len(listed(office.path.parent)), "moved: next number": next_number()}
    out |= {**office.put_back("back", third), "back: next number": next_number()}
    of_the_portal = office.home / "key"
    of_the_portal.write_text(office.key.secret.hex())
    return {**out, "of another portal": of_another_portal(office.path, office.home, of_the_portal)}


def keep_an_office() -> Kept:
    """Fill it, make its archive, and only then read its pages."""
    from django.conf import settings

    from portal.backup.making import make
    from portal.backup.sealing import Key
    from records import clock
    from tests.faults.apart import entries_told
    from tests.faults.asking import walked

    home = Path(settings.MEDIA_ROOT).parent
    settings.SIGNING_TRUST = home / "trust"
    settings.SIGNING_TRUST.mkdir()
    (settings.SIGNING_TRUST / "root.pem").write_text("a certificate")
    fill()
    readers = [Reader(role) for role in READING]
    last = entries_told(readers[0].open("/metrics").text)
    key, tables = Key(os.urandom(32), is_passphrase=False), all_told()
    made = make(home / "archives", key)
    read_at = clock.machine_now()
    with clock.machine_standing_at(read_at):
        pages = [walked(reader, PAGES_EACH) for reader in readers]
    return Kept(home, key, made.path, made.rows, tables, readers, pages, last, read_at)


def of_another_portal(path: Path, home: Path, key) -> dict:
    """Which certificates lie in the folder of the trusted ones after this office was put back in another's place."""
    from io import StringIO

    from django.core.management import CommandError, call_command
    from django.test import override_settings

    from portal.backup.targets import held
    from records.audit.models import AuditEntry

    def there(trust: Path, **asked) -> list:
        said = StringIO()
        with override_settings(SECRET_KEY="of another portal", SIGNING_TRUST=trust):
            try:
                call_command("restore", str(path), key=str(key), replace=held().name, stdout=said, **asked)
            except CommandError as refusal:
                said.write(f"status {refusal.returncode}")
        told = AuditEntry.objects.order_by("-sequence").first().after.get("trusted")
        names = [one.name for one in trust.iterdir()] if trust.is_dir() else []
        return [names, told, "root.pem" in said.getvalue(), "status 1" in said.getvalue()]

    return {"left": there(home / "a", foreign=True), "taken": there(home / "b", foreign=True, with_trust=True)}


def office_of(told: dict) -> dict:
    """What was told of the tables, without what a restore counts anew or adds: marks, counts, its entry of the log."""
    return {name: one for name, one in told.items() if name not in RECOUNTED}


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")
    django.setup()
    from records import clock
    from tests.conftest import MOMENT

    with clock.standing_at(MOMENT):
        sys.stdout.write(json.dumps(main(os.environ["OTHER_DATABASE"], os.environ["THIRD_DATABASE"])))
