"""The targets of the house beside what was measured: each a line that says met or not met, or that it was not taken."""

from collections.abc import Iterator
from dataclasses import dataclass

from tests.bench.page.figures import PEER, Figures

MAIN, SMALL, LARGE, EMBEDDED = "postgresql-100000", "postgresql-10000", "postgresql-1000000", "sqlite-10000"


@dataclass(frozen=True)
class Judged:
    """One target: what, the figure in words, the target in words; None where it was not measured."""

    mark: str
    what: str
    figure: float | None
    limit: float
    unit: str
    at_least: bool = False

    @property
    def verdict(self) -> str:
        """Met, not met, or not measured in this run."""
        if self.figure is None:
            return "not measured"
        return "met" if (self.figure >= self.limit if self.at_least else self.figure <= self.limit) else "**not met**"

    def row(self) -> str:
        """The line of the table."""
        figure = "–" if self.figure is None else f"{number(self.figure)} {self.unit}"
        sign = "≥" if self.at_least else "≤"
        return f"| {self.mark} | {self.what} | {figure} | {sign} {number(self.limit)} {self.unit} | {self.verdict} |"


def number(value: float) -> str:
    """Three digits that tell something."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"


def judged(found: Figures) -> Iterator[Judged]:
    """P1 to P8 and P13 to P18; the others stand among the acts."""
    cpu = "ms of processor time"
    for mark, what, job, limit in (
        ("P1", "list of 25", "list25", 15), ("P1", "list of 50, 3 filters, with counts", "list50_filters", 30),
        ("P2", "task with history and evidence", "task", 20), ("P6", "a task entered", "task_post", 25),
        ("P7", "quick progress", "progress_post", 20), ("P8", "search without accents", "search", 30),
    ):  # fmt: skip
        yield Judged(mark, f"{what}, 8 at once", found.processor_ms(MAIN, job), limit, cpu)
    for job in ("list25", "list50_filters"):
        yield Judged("P1", f"{job}: p95 against p50, 8 at once", _spread(found, job), 1.5, "times")
    yield Judged("P3", "dashboard of a province, p50 alone", _of(found, MAIN, "dashboard", "p50", 1), 60, "ms")
    yield Judged("P3", "the same, 8 at once", _of(found, MAIN, "dashboard", "a_second"), 40, "a second", True)
    yield Judged("P3", "the same against the raw aggregate", _against_raw(found, MAIN), 1.0, "times")
    yield Judged("P4", "dashboard of the country, p50 alone", _of(found, LARGE, "dashboard", "p50", 1), 100, "ms")
    for job, limit in (("list25", 1.25), ("list_far", 1.25), ("task", 1.15), ("dashboard", 2)):
        yield Judged("P5", f"{job}: p50 of 1,000,000 against 10,000", _growth(found, job), limit, "times")
    yield Judged("P6", "a task entered, p95, 8 at once", _of(found, MAIN, "task_post", "p95"), 150, "ms")
    yield Judged(
        "P7", "quick progress, 8 at once", _of(found, MAIN, "progress_post", "a_second"), 100, "a second", True
    )
    yield Judged("P8", "search: 100,000 against 10,000", _ratio(found, MAIN, SMALL, "search"), 3, "times")
    yield Judged("P13", "largest web worker", _aside(found, "memory", "largest_mb"), 90, "MB")
    yield Judged("P13", "its growth after the first tenth", _aside(found, "memory", "growth_percent"), 5, "%")
    yield Judged("P14", "web server to its first page", _started(found, "web_s"), 1.5, "s")
    yield Judged("P14", "second `make run` to its first page", _started(found, "make_run_s"), 5, "s")
    for job in ("list25", "dashboard", "task_post"):
        yield Judged("P15", f"SQLite against PostgreSQL, {job}", _ratio(found, EMBEDDED, SMALL, job), 1.5, "times")
    yield Judged("P15", "SQLite, 32 writers, p99", _of(found, EMBEDDED, "progress_post", "p99", 32), 1000, "ms")
    yield Judged("P16", "first visit, packed", _aside(found, "weights", "first_visit_kb"), 150, "KB")
    yield Judged("P16", "later visits, packed", _aside(found, "weights", "html_packed_kb"), 40, "KB")
    yield Judged("P16", "HTML of a list of 25", _aside(found, "weights", "html_kb"), 40, "KB")
    yield Judged("P17", "list while papers are drawn, p95 against idle", _drawing(found), 2, "times")
    queries = found.aside.get("inside", {}).get(MAIN, {}).get("queries", {})
    yield Judged("P18", "queries of a list beyond session and rights", queries.get("list25"), 6, "queries")
    yield Judged("P18", "queries of the dashboard", queries.get("dashboard"), 8, "queries")
    wrong = sum(row["errors"] for row in found.load.values())
    yield Judged("all", "requests answered wrongly", float(wrong) if found.load else None, 0, "errors")


# Job, its name among the peer's pages, requests a second of ours against theirs.
RATIOS = (
    ("P1", "list of 25", "list25", 15), ("P1", "list of 50, 3 filters", "list50_filters", 10),
    ("P2", "one task / one issue", "task", 12), ("P3", "dashboard / summary report", "dashboard", 25),
    ("P6", "form post", "task_post", 3), ("P8", "search", "search", 0), ("P9", "CSV of all", "csv", 10),
)  # fmt: skip


def against_peer(found: Figures) -> Iterator[tuple[str, str, float, float, float, float]]:
    """Mark, what, ours and theirs a second at eight clients, the ratio and its target; where both were measured."""
    for mark, what, job, limit in RATIOS:
        clients = 1 if job == "csv" else 8
        ours, theirs = found.of(SMALL, job, clients), found.of(PEER, job, clients)
        if ours and theirs and theirs["a_second"]:
            ratio = ours["a_second"] / theirs["a_second"]
            yield mark, what, ours["a_second"], theirs["a_second"], ratio, limit


def _of(found: Figures, system: str, job: str, name: str, clients: int = 8) -> float | None:
    row = found.of(system, job, clients)
    return row and row[name]


def _divided(one: float | None, other: float | None) -> float | None:
    return one / other if one is not None and other else None


def _spread(found: Figures, job: str) -> float | None:
    return _divided(_of(found, MAIN, job, "p95"), _of(found, MAIN, job, "p50"))


def _growth(found: Figures, job: str) -> float | None:
    return _divided(_of(found, LARGE, job, "p50", 1), _of(found, SMALL, job, "p50", 1))


def _ratio(found: Figures, one: str, other: str, job: str) -> float | None:
    return _divided(found.processor_ms(one, job), found.processor_ms(other, job))


def _against_raw(found: Figures, system: str) -> float | None:
    raw = found.aside.get("inside", {}).get(system, {}).get("raw_ms")
    return _divided(_of(found, system, "dashboard", "p50", 1), raw)


def _aside(found: Figures, kind: str, name: str) -> float | None:
    """What does not depend on the size of the data: of the main system, else of the first one."""
    rows = found.aside.get(kind, {})
    return (rows.get(MAIN) or next(iter(rows.values()), {})).get(name)


def _started(found: Figures, name: str) -> float | None:
    return next((row[name] for row in found.aside.get("starts", {}).values()), None)


def _drawing(found: Figures) -> float | None:
    drawing, idle = _aside(found, "drawing", "drawing_p95"), _aside(found, "drawing", "idle_p95")
    return _divided(drawing or None, idle)
