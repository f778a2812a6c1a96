"""An office in one file: kept while it lives, put back row for row, moved to the other engine, refused where it must.

Rules R-BACKUP-1 to 5.
"""

import json
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import override_settings

from portal.backup.archive import ArchiveWriter, incoming, listed, mark_of_portal
from portal.backup.errors import Why
from portal.backup.proving import prove
from portal.backup.sealing import SealedWriter
from portal.backup.targets import held
from portal.settings.bucket import VARIABLES
from records.audit.enums import AuditAction
from records.audit.services import record
from tests.integration.crowd import database_of_its_own


@pytest.fixture(scope="module")
def journey(django_db_setup, django_db_blocker, tmp_path_factory) -> dict:
    """What an office saw that was kept and restored; on PostgreSQL it was moved to SQLite and back."""
    folder = tmp_path_factory.mktemp("office")
    (folder / "third").mkdir()
    other = f"sqlite:///{folder / 'moved' / 'other.sqlite3'}" if connection.vendor == "postgresql" else ""
    with (
        django_db_blocker.unblock(),
        database_of_its_own("office", folder) as address,
        database_of_its_own("third", folder / "third") as third,
    ):
        given = {"DATABASE_URL": address, "OTHER_DATABASE": other, "THIRD_DATABASE": third, "TMPDIR": str(folder)}
        run = subprocess.run(
            [sys.executable, "-m", "tests.integration.backing_up"],
            cwd=settings.ROOT,
            env={**os.environ, **given},
            capture_output=True,
            text=True,
            timeout=400,
            check=False,
        )
    assert run.returncode == 0, run.stderr[-4000:]
    return json.loads(run.stdout)


EXPECTED = {
    "rows": True,
    "refused": {
        "missing": "NO_ARCHIVE",
        "cut off": "DAMAGED",
        "a flipped bit": "DAMAGED",
        "no key": "KEY",
        "another portal's": "FOREIGN",
        "not empty": "OCCUPIED",
        "another name": "OCCUPIED",
    },
    "a later version's": "NEWER",
    "unchanged by refusals": True,
}


@pytest.mark.parametrize("what", EXPECTED)
def test_what_does_not_fit_is_refused_and_changes_nothing(journey: dict, what: str):
    assert journey[what] == EXPECTED[what]


def test_a_killed_backup_is_never_listed_and_leaves_the_others_whole(journey: dict):
    assert journey["killed"]["the first is whole"]
    assert journey["killed"]["left behind"] == 0


@pytest.mark.parametrize("step", ["moved", "back"])
def test_an_office_comes_back_row_for_row(journey: dict, step: str):
    if step == "moved" and connection.vendor == "sqlite":
        assert "moved" not in journey  # shown from PostgreSQL
        return
    wrong, changed, files = journey[step]
    assert wrong == changed == []
    assert files >= 3
    assert journey[f"{step}: log"] == []
    # Whoever was signed in still is, and reads the same on every page.
    assert journey[f"{step}: pages"] == []
    assert journey["pages opened"] > 30
    # Two numbers were given; the second, taken back, is never given again.
    assert journey[f"{step}: next number"] == 2


def test_certificates_another_portal_trusted_are_trusted_only_where_that_is_asked_for(journey: dict):
    """Rule R-BACKUP-7. Status 1: the log is not sealed by the key here."""
    assert journey["of another portal"] == {
        "left": [[], [], True, True],
        "taken": [["root.pem"], ["root.pem"], True, True],
    }


def test_moments_are_told_on_the_clock_of_ha_noi(tmp_path: Path):
    with incoming(tmp_path, "x") as file:
        told = {"made_at": "2022-03-30T10:30:00+00:00", "portal": mark_of_portal()}
        ArchiveWriter(file.out, told, None).finish(told)
    said = StringIO()
    call_command("backup", to=str(tmp_path), list=True, stdout=said)
    assert "17:30 30/3/2022" in said.getvalue()


@pytest.mark.on_postgresql
def test_older_archives_make_room(journey: dict):
    assert journey["kept"] == 1


@pytest.mark.on_sqlite
def test_an_archive_that_cannot_be_restored_is_not_proved(tmp_path: Path, monkeypatch):
    """The restore command itself says no; that it says yes to a good one is shown by `tests/faults`, a new database.

    The office has a bucket, of which the proof knows nothing: half of one would be refused before the archive is read.
    """
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "portal.settings.demo")
    for name in VARIABLES[:3]:
        monkeypatch.setenv(name, "x")
    with (tmp_path / "x.backup").open("wb") as half:
        SealedWriter(half, {"made_at": "2022-03-30T10:30:00+00:00", "portal": mark_of_portal()}, None)
    assert prove(tmp_path / "x.backup", None).returncode == Why.DAMAGED
    assert [path.name for path in tmp_path.iterdir()] == ["x.backup"]


@pytest.mark.django_db
def test_what_a_database_holds_has_a_name():
    empty = held()
    assert empty.is_empty
    entry = record(AuditAction.CHANGED)
    assert not held().is_empty
    assert held().name == f"{entry.sequence}:{entry.digest[:12]}"


def test_a_new_key_is_never_written_over_another(tmp_path: Path):
    file = tmp_path / "key"
    call_command("backup", new_key=str(file), stdout=StringIO())
    written = file.read_text()
    assert (len(written.strip()), file.stat().st_mode & 0o777) == (64, 0o600)
    with pytest.raises(CommandError) as refused:
        call_command("backup", new_key=str(file))
    assert refused.value.returncode == Why.KEY
    assert file.read_text() == written


@override_settings(BACKUP_KEY="/nowhere/key")
def test_a_key_that_is_not_there_stops_the_backup(tmp_path: Path):
    with pytest.raises(CommandError) as refused:
        call_command("backup", to=str(tmp_path))
    assert refused.value.returncode == Why.KEY
    assert list(tmp_path.iterdir()) == []


def test_what_is_no_archive_is_listed_as_damaged_and_never_removed(tmp_path: Path):
    (tmp_path / "x.backup").write_bytes(b"half")
    (tmp_path / ".part-y").write_bytes(b"half")
    said = StringIO()
    call_command("backup", to=str(tmp_path), list=True, stdout=said)
    assert [one.is_whole for one in listed(tmp_path)] == [False]
    assert said.getvalue().count("\n") == 1
