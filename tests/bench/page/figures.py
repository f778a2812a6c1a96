"""The figures of a run as tables ask for them: medians over the rounds, by system, job and number of clients."""

import json
import statistics
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

# What a page's name says of a database: "postgresql-100000".
PEER = "redmine"
_MEDIANS = ("a_second", "p50", "p95", "p99", "web_ms", "database_ms", "kb", "others")


@dataclass(frozen=True)
class Figures:
    """Lines of JSON, sorted by kind."""

    machine: dict
    load: dict[tuple[str, str, int], dict]
    aside: dict[str, dict[str, dict]]
    acts: list[dict]

    @property
    def systems(self) -> list[str]:
        """The portal's databases, the smallest PostgreSQL first, SQLite last."""
        names = {system for system, _job, _clients in self.load} - {PEER}
        return sorted(names, key=lambda name: (not name.startswith("postgresql"), size_of(name)))

    def of(self, system: str, job: str, clients: int = 8) -> dict | None:
        """The medians of a job; None where it was not measured or nothing was answered."""
        found = self.load.get((system, job, clients))
        return found if found and found["a_second"] else None

    def processor_ms(self, system: str, job: str, clients: int = 8) -> float | None:
        """Processor time a request, of server and database."""
        found = self.of(system, job, clients)
        return found and found["web_ms"] + found["database_ms"]


def size_of(system: str) -> int:
    """How many tasks a system has, by its name."""
    return int(system.rpartition("-")[2])


def read(lines: Iterable[str]) -> Figures:
    """What a run wrote down. Errors of all rounds are added up, everything else is the median of them."""
    machine, acts = {}, []
    rounds: dict[tuple[str, str, int], list[dict]] = defaultdict(list)
    aside: dict[str, dict[str, dict]] = defaultdict(dict)
    for line in filter(str.strip, lines):
        row = json.loads(line)
        match row.pop("kind"):
            case "machine":
                machine = row
            case "load":
                rounds[row["system"], row["job"], row["clients"]].append(row)
            case "act":
                acts.append(row)
            case kind:
                aside[kind][row["system"]] = row
    load = {key: _together(taken) for key, taken in rounds.items()}
    return Figures(machine, load, dict(aside), acts)


def _together(taken: list[dict]) -> dict:
    answered = [row for row in taken if row["count"]] or taken
    middle = {name: statistics.median(row[name] for row in answered) for name in _MEDIANS}
    return middle | {"errors": sum(row["errors"] for row in taken), "rounds": len(taken)}
