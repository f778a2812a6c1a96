"""The page itself."""

from collections.abc import Iterator

from tests.bench.page.figures import PEER, Figures, size_of
from tests.bench.page.targets import against_peer, judged, number

_BAR = 40
_HOW = """\
Taken by `make bench`; the page is written by it and by nobody else. The portal is served as `manage.py serve`
serves it (two workers of four threads), over loopback, each request on a connection of its own, in a closed
loop: a client asks again as soon as it was answered. Clients, server and database share the processors. Each
figure is the median of {rounds} round(s) in which all systems were asked in turn, {seconds} s each time.
Processor time is that of the web workers and of the database together, from `/proc`; it is steadier than any
time by the clock on the wall. The reader is the worst case: a party to every program, who sees every task.
{database}

The data are made by `tests/bench/data`: 10,000 tasks are a large commune over ten years; 100,000 a province
with 98 communes; 1,000,000 the country, 34 provinces and 3,321 communes; a few units have much, most have
little. Reports: four a task, two in the country."""
_AGAIN = """\
- `make bench`: SQLite with 10,000 tasks, PostgreSQL with 10,000 and 100,000; about 25 minutes on two processors
  with nothing else.
- `BENCH_SIZES=10000,100000,1000000 make bench`: the country as well; loading it takes some minutes, 10 GB of
  disk.
- `BENCH_ONLY=load` or `BENCH_ONLY=acts`: one half of it. `BENCH_SECONDS`, `BENCH_ROUNDS`, `BENCH_REQUESTS`: how
  much of it.
- Redmine beside it: [tests/bench/peer](../tests/bench/peer/README.md)."""


def page(found: Figures) -> str:
    """The whole document."""
    parts = [_head(found), _targets(found), _peer(found), _growth(found)]
    parts += [_load(found, system) for system in (*found.systems, *([PEER] if _has_peer(found) else []))]
    parts += [_asides(found), _acts(found), f"## Taking the figures again\n\n{_AGAIN}"]
    return "\n\n".join(filter(None, parts)) + "\n"


def _head(found: Figures) -> str:
    machine = found.machine
    shared = (
        f"**The machine was shared**: on average {number(machine['others'])} of its processors were busy with "
        "something else, so times by the clock are those of a busy machine; ratios and processor time say more."
        if machine.get("others", 0) > 0.2
        else "Nothing else of weight ran on the machine meanwhile."
        if found.load
        else "No load was measured, so nothing is known of what else the machine did."
    )
    facts = f"{machine.get('taken', '')} · {machine.get('hardware', '')} · {machine.get('software', '')}"
    rounds = max((row["rounds"] for row in found.load.values()), default=0)
    told = {"rounds": rounds, "seconds": machine.get("seconds", "–"), "database": machine.get("database", "")}
    parts = ["# Speed and size", facts, shared, _HOW.format(**told).strip()]
    return "\n\n".join([*parts, *_failed(found)])


def _failed(found: Figures) -> list[str]:
    """What broke, before anything else is read."""
    rows = [f"- {system}: {row['what']}: {row['why']}" for system, row in found.aside.get("failed", {}).items()]
    rows += [f"- {system}: {job}, {clients} at once: nothing was answered" for (system, job, clients), row
             in found.load.items() if not row["a_second"]]  # fmt: skip
    return ["**Not all could be measured:**\n\n" + "\n".join(rows)] if rows else []


def _targets(found: Figures) -> str:
    rows = [one.row() for one in judged(found)]
    head = "| | what | measured | target | |\n| --- | --- | --- | --- | --- |"
    return "\n".join(["## Targets", "", "PostgreSQL with 100,000 tasks unless said.", "", head, *rows])


def _has_peer(found: Figures) -> bool:
    return any(system == PEER for system, _job, _clients in found.load)


def _peer(found: Figures) -> str:
    rows = [
        f"| {mark} | {what} | {number(ratio)} times | {number(ours)} | {number(theirs)} | {_wanted(ratio, limit)} |"
        for mark, what, ours, theirs, ratio, limit in against_peer(found)
    ]
    if not rows:
        return "## Beside Redmine\n\nNot measured in this run: there was no Redmine beside it (`BENCH_PEER`)."
    head = "| | 10,000, 8 at once | ratio | ours, a second | Redmine, a second | target |"
    head += "\n| --- | --- | --- | --- | --- | --- |"
    return "\n".join(["## Beside Redmine", "", head, *rows])


def _wanted(ratio: float, limit: float) -> str:
    if not limit:
        return "none"
    return f"≥ {number(limit)}: {'met' if ratio >= limit else '**not met**'}"


def _growth(found: Figures) -> str:
    systems = [system for system in found.systems if system.startswith("postgresql")]
    if not systems:
        return ""
    lines = ["## How it grows", "", "p50 of one client, PostgreSQL. Units: ms.", "", "```"]
    for job in ("list25", "list_far", "task", "search", "dashboard"):
        rows = [(size_of(one), row["p50"]) for one in systems if (row := found.of(one, job, 1))]
        longest = max((value for _size, value in rows), default=1)
        for size, value in rows:
            lines.append(f"{job:<10} {size:>9,}  {'█' * max(1, round(_BAR * value / longest)):<{_BAR}} {number(value)}")
        lines.append("")
    return "\n".join([*lines[:-1], "```"])


def _load(found: Figures, system: str) -> str:
    rows = list(_load_rows(found, system))
    if not rows:
        return ""
    head = (
        "| | at once | a second | p50 ms | p95 ms | p99 ms | processor ms: server | database | KB | errors |\n"
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |"
    )
    return "\n".join([f"## {system}", "", head, *rows])


def _load_rows(found: Figures, system: str) -> Iterator[str]:
    for (name, job, clients), row in found.load.items():
        if name == system:
            told = [number(row[one]) for one in ("a_second", "p50", "p95", "p99", "web_ms", "database_ms", "kb")]
            yield f"| {job} | {clients} | {' | '.join(told)} | {row['errors']} |"


def _asides(found: Figures) -> str:
    lines = ["## Beside the load", "", "| | | |", "| --- | --- | --- |"]
    for system, row in found.aside.get("inside", {}).items():
        lines.append(f"| {system} | the aggregate of a year in raw SQL | {number(row['raw_ms'])} ms |")
        lines.append(f"| {system} | queries beyond session and rights | {_listed(row['queries'])} |")
    for system, row in found.aside.get("memory", {}).items():
        told = f"{number(row['largest_mb'])} MB, {number(row['all_mb'])} MB together, {row['growth_percent']:+.1f} %"
        lines.append(f"| {system} | largest worker after {row['requests']} mixed requests, growth | {told} |")
    for system, row in found.aside.get("weights", {}).items():
        packed, first = number(row["html_packed_kb"]), number(row["first_visit_kb"])
        told = f"{number(row['html_kb'])} KB, packed {packed}, first visit {first}"
        lines.append(f"| {system} | a list of 25: HTML, with all it loads | {told} |")
    for system, row in found.aside.get("drawing", {}).items():
        told = f"{number(row['idle_p95'])} → {number(row['drawing_p95'])} ms"
        lines.append(f"| {system} | list, p95 alone → while papers are drawn | {told} |")
    for system, row in found.aside.get("starts", {}).items():
        told = f"{number(row['web_s'])} s; {number(row['make_run_s'])} s, the first time {number(row['first_run_s'])} s"
        lines.append(f"| {system} | web server to its first page; `make run` | {told} |")
    return "\n".join(lines) if len(lines) > 4 else ""


def _listed(queries: dict[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in queries.items())


def _acts(found: Figures) -> str:
    if not found.acts:
        return ""
    lines = [
        "## Acts one by one", "", "Inside one process, without a web server: imports, papers, signatures, reports.",
        "", "| database | what | ms | target | | |", "| --- | --- | --- | --- | --- | --- |",
    ]  # fmt: skip
    for row in found.acts:
        verdict = "met" if row["ms"] <= row["target_ms"] else "**not met**"
        share = " (p95)" if row["at_p95"] else ""
        told = f"{number(row['ms'])}{share} | ≤ {number(row['target_ms'])} | {verdict} | {row['note']}"
        lines.append(f"| {row['system']} | {row['name']} | {told} |")
    return "\n".join(lines)
