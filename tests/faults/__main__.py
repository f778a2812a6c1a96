"""`make faults`: everything the portal is hurt with, one after another; prints one table, writes it into a page.

`python -m tests.faults F1 F5` plays those alone. FAULT_ROUNDS says how much of the full number of rounds is played,
such as 0.05, or "0.2 F1=1 F5=1" where some are played in full; FAULTS_PAGE names the page that is written, none where
it is empty. Status 1 where anything did not hold.
"""

import os
import platform
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from tests.faults.ground import ROOT, machine, prepared

HEAD = "| fault | rounds | what had to hold | found | time |\n| --- | --- | --- | --- | --- |"


@dataclass(frozen=True)
class Script:
    """A module of this folder, the faults it plays, its full number of rounds; 0 where it takes none."""

    module: str
    faults: str
    rounds: int = 0
    must: str = ""


SCRIPTS = (
    Script("web_worker", "F1", 500),
    Script("paper_job", "F2", 100),
    Script("signing", "F3", 100),
    Script("runner_away", "F4", 3),
    Script("queue_away", "F4", 3),
    Script("database_restart", "F5", 50),
    Script("connections", "F6", 30),
    Script("database_full", "F7", 3),
    Script("disk_full", "F8", 5),
    Script("locked", "F9", 1),
    Script("mail_away", "F10", 1),
    Script("scanner_away", "F11", 1),
    Script("upload_cut", "F12", 20),
    Script("backup", "F13 F14", 50),
    Script("large_backup", "F14"),
    Script("second_machine", "F14", 100),
    Script("migration", "F15", 20),
    Script("nodes", "F16", 0, "two versions on one database, or refused in words"),
    Script("rolling", "F16", 0, "two versions on one database"),
    Script("clock_turns", "F17 F18", 1),
    Script("memory", "F19", 3),
    Script("slow", "F20", 0, "50 half-open posts: p95 of others below 1 s"),
    Script("secrets_turned", "F21", 1),
)


def main(wanted: list[str]) -> int:
    chosen = [script for script in SCRIPTS if not wanted or set(wanted) & {script.module, *script.faults.split()}]
    rows, failed = [], []
    with prepared() as told:
        for script in chosen:
            machine.say(f"{script.faults} {script.module} …")
            row, held = played(script, told)
            machine.say(row)
            rows.append(row)
            failed += [] if held else [script.faults]
    machine.say("\n".join(["", HEAD, *rows]))
    if page := os.environ.get("FAULTS_PAGE"):
        Path(page).write_text(written(rows))
        machine.say(f"\n{page} is written.")
    if failed:
        machine.say(f"\nDid not hold: {', '.join(failed)}")
    return 1 if failed else 0


def played(script: Script, told: dict[str, str]) -> tuple[str, bool]:
    """The rows a script prints, or one made of how it ended; whether everything held."""
    rounds = [str(max(1, round(script.rounds * share_of(script.faults))))] if script.rounds else []
    command = [sys.executable, "-m", f"tests.faults.{script.module}", *rounds]
    began = time.monotonic()
    run = subprocess.run(command, cwd=ROOT, env=os.environ | told, stdout=subprocess.PIPE, text=True)
    rows = [line for line in run.stdout.splitlines() if line.startswith("| F")]
    if not rows:
        words = f"ended with status {run.returncode}" if run.returncode else "all of it held"
        took = f"{time.monotonic() - began:.0f} s"
        rows = [f"| {script.faults} {script.module} | {' '.join(rounds) or 1} | {script.must} | {words} | {took} |"]
    if run.returncode:
        machine.say(run.stdout)
    return "\n".join(rows), run.returncode == 0


def share_of(faults: str) -> float:
    """How much of the full number of rounds is played of some faults."""
    shares = {"": 1.0}
    for word in os.environ.get("FAULT_ROUNDS", "1").split():
        name, _is, share = word.rpartition("=")
        shares[name] = float(share)
    return shares.get(faults, shares[""])


def written(rows: list[str]) -> str:
    """The page: what it is, on which machine, the table."""
    told = f"Taken {time.strftime('%d/%m/%Y')} on {os.cpu_count()} × {platform.machine()}, Python"
    words = f"{told} {platform.python_version()}, {machine_of_the_database()}."
    share = os.environ.get("FAULT_ROUNDS", "1")
    if share != "1":
        words += f" Rounds are this share of the full number: {share}."
    return "\n".join(["# Faults", "", INTRODUCTION, "", words, "", HEAD, *rows, ""])


def machine_of_the_database() -> str:
    """Which server, and that it waits for the disk."""
    from tests.faults.ground import DURABLE, cluster

    return f"{cluster.version()} with {', '.join(f'`{name}={value}`' for name, value in DURABLE.items())}"


INTRODUCTION = """What `make faults` wrote: the portal as it is served, on a PostgreSQL server of its own, hurt on
purpose. Written are forms of real pages, each with its mark; what was acknowledged is counted in the database and in
the log afterwards, and `manage.py verify` looks at all of it. `python -m tests.faults F1 F5` plays single ones,
`FAULT_ROUNDS=0.05` a part of the rounds. The numbers are those of the list of faults the portal is held against."""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
