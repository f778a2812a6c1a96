"""F13, F14: backups and restores that are killed, archives that are damaged, a move between the engines:
`python -m tests.faults.backup [ROUNDS]`. Everything lies in a folder and on a PostgreSQL server of its own.
"""

import os
import random
import sys
import tempfile
import time
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parent.parent.parent
SAMPLES = 1000


def flips(path: Path, key, folder: Path) -> dict[str, int]:
    """One bit flipped in each of a thousand places of an archive: how many were found."""
    from portal.backup.archive import read_whole
    from tests.integration.backing_up import answer

    whole, found, chance = bytearray(path.read_bytes()), 0, random.Random(13)
    target = folder / "flipped"
    for _sample in range(SAMPLES):
        place = chance.randrange(len(whole))
        whole[place] ^= 1 << chance.randrange(8)
        target.write_bytes(whole)
        whole[:] = path.read_bytes()
        found += isinstance(answer(lambda: read_whole(target, key)), str)
    return {"samples": SAMPLES, "found": found}


def killed_restores(path: Path, key, address: str, rounds: int, before: dict) -> dict[str, int]:
    """Restores into one database killed at random: afterwards it is empty or whole, never between."""
    from portal.backup.restoring import restore
    from portal.backup.targets import held
    from tests.integration.backing_up import all_told, ended_before, office_of, stand_in

    stand_in(address)
    said, chance = {"rounds": rounds, "empty": 0, "whole": 0, "between": 0}, random.Random(14)
    for _round in range(rounds):
        name = held().name
        ended_before(chance.random() * 4, lambda name=name: restore(path, key, replace=name))
        if held().is_empty:
            said["empty"] += 1
        elif office_of(all_told()) == office_of(before):
            said["whole"] += 1
        else:
            said["between"] += 1
    return said


def moved(path: Path, key, address: str, before: dict, files: Path) -> dict[str, object]:
    """An empty host with an address and a folder for files: what differs from the office, what is wrong there."""
    from django.conf import settings

    from portal.backup.restoring import restore
    from records.audit.verification import faults
    from records.files.queries import damaged_files
    from tests.integration.backing_up import all_told, office_of, stand_in

    stand_in(address)
    settings.MEDIA_ROOT = files
    wrong = restore(path, key).wrong
    now = office_of(all_told())
    differs = [name for name, told in office_of(before).items() if now.get(name) != told]
    told = {"faults of the log": len(list(faults())), "damaged files": len(list(damaged_files()))}
    return {"wrong": wrong, "tables that differ": differs, **told}


def main(rounds: int, folder: Path, server: str) -> dict[str, object]:
    """All of it; `server` is the address of an empty PostgreSQL database."""
    from django.core.management import call_command

    from portal.backup.making import make
    from portal.backup.proving import prove
    from portal.backup.sealing import Key
    from tests.integration.backing_up import all_told, fill, killed_rounds, stand_in

    call_command("migrate", verbosity=0)
    fill()
    key, before = Key(os.urandom(32), is_passphrase=False), all_told()
    out: dict[str, object] = {"F13 killed backups": killed_rounds(folder / "killed", rounds)}
    sealed, plain = make(folder / "sealed", key).path, make(folder / "plain", None).path
    out["F14 flipped bits, sealed"] = flips(sealed, key, folder)
    out["F14 flipped bits, plain"] = flips(plain, None, folder)
    (folder / "key").write_text(key.secret.hex())
    out["F14 proved by itself, exit status"] = prove(sealed, folder / "key").returncode
    out["F14 empty host, PostgreSQL"] = moved(sealed, key, server, before, folder / "files-1")
    back = make(folder / "back", key).path
    out["F14 empty host, SQLite"] = moved(back, key, f"sqlite:///{folder / 'back.sqlite3'}", before, folder / "files-2")
    short = max(1, rounds // 5)
    out["F14 killed restores, PostgreSQL"] = killed_restores(sealed, key, server, short, before)
    out["F14 killed restores, SQLite"] = killed_restores(
        back, key, f"sqlite:///{folder / 'back.sqlite3'}", short, before
    )
    stand_in(f"sqlite:///{folder / 'office.sqlite3'}")
    out["the office itself is as it was"] = all_told() == before
    return out


def row(out: dict[str, object], rounds: int, seconds: float) -> str:
    """The row of the page: each part with its figures, those that did not hold marked."""
    wrong = failed(out)
    told = [f"{'**NOT HELD**: ' if name in wrong else ''}{name}: {_figures(value)}" for name, value in out.items()]
    must = "the old archive whole, none half listed; restored equal; damage found"
    return f"| F13 F14 backup | {rounds} | {must} | {'; '.join(told)} | {seconds:.0f} s |"


def _figures(told: object) -> str:
    return ", ".join(f"{name} {value or 0}" for name, value in told.items()) if isinstance(told, dict) else str(told)


def failed(out: dict[str, object]) -> list[str]:
    """What did not hold."""
    wrong = {
        "F13 killed backups": lambda told: not told["the first is whole"] or told["left behind"],
        "F14 flipped": lambda told: told["found"] != told["samples"],
        "F14 proved": lambda told: told,
        "F14 empty": lambda told: any(told.values()),
        "F14 killed": lambda told: told["between"],
        "the office": lambda told: not told,
    }
    return [
        name
        for name, told in out.items()
        for start, is_wrong in wrong.items()
        if name.startswith(start)
        if is_wrong(told)
    ]


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT / ".ci"))
    from cluster import throw_away_cluster

    with tempfile.TemporaryDirectory(prefix="portal-faults-") as home, throw_away_cluster() as server:
        os.environ.update(
            DJANGO_SETTINGS_MODULE="portal.settings.test",
            DATABASE_URL=f"sqlite:///{home}/office.sqlite3",
            TMPDIR=home,
        )
        tempfile.tempdir = None
        django.setup()
        from records import clock
        from tests.conftest import MOMENT

        rounds, began = int(sys.argv[1]) if len(sys.argv) > 1 else 50, time.monotonic()
        with clock.standing_at(MOMENT):
            out = main(rounds, Path(home), server)
        sys.stdout.write(row(out, rounds, time.monotonic() - began) + "\n")
        wrong = failed(out)
    sys.exit(f"Did not hold: {', '.join(wrong)}" if wrong else 0)
