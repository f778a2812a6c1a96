"""Putting an archive back: everything that can refuse does so before anything is changed."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _

from coordination.figures.queries import differences
from coordination.figures.services import recount_settled
from portal.backup.archive import MANIFEST, Hashing, is_ours, members, read_whole
from portal.backup.errors import NotDone, Why
from portal.backup.loading import go_on_from, guards_lifted, load
from portal.backup.rows import Table, account_of, unpacked
from portal.backup.sealing import Key, damaged, read_header
from portal.backup.states import State
from portal.backup.targets import bring_up_to_date, changed_as_a_whole, held
from portal.backup.trust import Trust, trust_of
from records.audit.enums import AuditAction
from records.audit.services import record
from records.audit.verification import faults
from records.files.stores import kept_files, pieces

_CHUNK = 1024 * 1024


@dataclass
class Restored:
    """What was put back, and what was already wrong where the archive was made."""

    manifest: dict[str, Any]
    trust: Trust
    wrong: list[str] = field(default_factory=list)

    @property
    def rows(self) -> int:
        return sum(table["rows"] for table in self.manifest["tables"].values())


def proved(path: Path, key: Key | None, *, foreign: bool = False) -> tuple[dict[str, Any], State]:
    """The manifest of an archive that is whole, ours and of a state this version knows. Changes nothing.

    Rule: R-BACKUP-3. Raises: NotDone.
    """
    try:
        with path.open("rb") as source:
            header, _digest = read_header(source)
    except OSError as error:
        raise NotDone(
            Why.NO_ARCHIVE, _("The archive %(file)s cannot be read: %(error)s") % {"file": path, "error": error}
        ) from None
    if not foreign and not is_ours(header):
        raise NotDone(
            Why.FOREIGN,
            _(
                "The archive was made by another portal, or under another secret key. If it is this office's, put the "
                "key it was made under into PORTAL_SECRET_KEY or PORTAL_OLD_SECRET_KEYS. To take it over all the same: "
                "--foreign"
            ),
        )
    manifest = read_whole(path, key)
    return manifest, State(tuple(one) for one in manifest["migrations"])


def restore(
    path: Path, key: Key | None, *, foreign: bool = False, with_trust: bool = False, replace: str = ""
) -> Restored:
    """Put an archive into the database and the store of files; the database as a whole or not at all.

    Rule: R-BACKUP-3, R-BACKUP-4, R-BACKUP-5, R-BACKUP-7. `replace` names the content that is
    given up, as the refusal tells it.
    Raises: NotDone, and nothing was changed but that files of the archive may lie in their store already.
    """
    must_be_free(replace)
    manifest, state = proved(path, key, foreign=foreign)
    tables = state.tables()
    _must_have_the_tables(manifest, tables)
    done = Restored(manifest, trust_of(path, manifest, with_trust=with_trust))
    try:
        with changed_as_a_whole(state, lambda: must_be_free(replace)):
            with transaction.atomic():
                _load_all(path, key, done, tables)
                _must_be_equal(manifest, tables)
            bring_up_to_date(state)
            with transaction.atomic():
                recount_settled()
                done.wrong = list(_wrong(manifest))
                record(AuditAction.CHANGED, after=_told(path, done))
                done.trust.put()
    except DatabaseError as error:
        raise NotDone(
            Why.REFUSED,
            _("The database refused; nothing was changed. Stop the portal while it is restored. It says: %(error)s")
            % {"error": str(error).strip()},
        ) from error
    return done


def must_be_free(replace: str) -> None:
    """Rule: R-BACKUP-4. Only an empty database is filled, or one whose content was named.

    Raises: NotDone that tells what it holds and by which name it is given up.
    """
    there = held()
    if there.is_empty or (replace and replace == there.name):
        return
    raise NotDone(
        Why.OCCUPIED,
        _(
            "The database is not empty: %(accounts)s accounts, %(units)s units, %(entries)s entries of the log, "
            "%(files)s files. Make a backup of it first; to give it up: --replace %(name)s"
        )
        % {**vars(there), "name": there.name},
    )


def _must_have_the_tables(manifest: dict[str, Any], tables: list[Table]) -> None:
    if {name: told["columns"] for name, told in manifest["tables"].items()} != {
        one.name: one.columns for one in tables
    }:
        raise NotDone(
            Why.NEWER, _("The tables of the archive are not those of this version. Use the version it was made with.")
        )


def _told(path: Path, done: Restored) -> dict[str, Any]:
    """What the entry of the log tells: which archive, and whose certificates came to be trusted with it."""
    told = {"restored": path.name, "made_at": done.manifest["made_at"], "head": done.manifest["head"]}
    return told if done.trust.is_own else {**told, "trusted": sorted(done.trust.content)}


def _load_all(path: Path, key: Key | None, done: Restored, tables: list[Table]) -> None:
    by_name = {table.name: table for table in tables}
    with guards_lifted(tables):
        for name, content in members(path, key):
            _put_back(name, content, by_name, done)
        go_on_from(done.manifest["last_numbers"], tables)


def _put_back(name: str, content: Hashing, tables: dict[str, Table], done: Restored) -> None:
    kind, _slash, rest = name.partition("/")
    if kind == "rows":
        load(tables[rest.partition("/")[0]], unpacked(content.read(1 << 30)))
    elif kind == "files" and rest not in done.manifest["damaged"]:
        kept_files().put(pieces(content))
    elif kind == "trust" and done.trust.is_taken:
        done.trust.content[rest] = content.read(1 << 30)
    if name != MANIFEST:
        while content.read(_CHUNK):
            pass
        if content.digest.hexdigest() != done.manifest["members"].get(name):
            raise damaged()


def _must_be_equal(manifest: dict[str, Any], tables: list[Table]) -> None:
    """Read every table again and compare it with what was written into the archive. Rule: R-BACKUP-5."""
    for table in tables:
        told = manifest["tables"][table.name]
        if account_of(table) != {"rows": told["rows"], "sha256": told["sha256"]}:
            raise NotDone(
                Why.REFUSED,
                _("The table %(table)s did not come back as it was; nothing was changed.") % {"table": table.name},
            )


def _wrong(manifest: dict[str, Any]) -> Iterator[str]:
    """What was wrong where the archive was made, and is so here."""
    yield from map(str, faults())
    yield from differences()
    for digest in manifest["damaged"]:
        yield _("The file %(digest)s was missing or changed when the archive was made.") % {"digest": digest}


def settings_in(path: Path, key: Key | None) -> dict[str, str]:
    """The settings the archive names."""
    for name, content in members(path, key):
        if name == "settings.json":
            return json.loads(content.read(_CHUNK))
    raise damaged()
