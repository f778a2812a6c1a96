"""Taking the time of one thing several times, and one line about it."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Measured:
    """What was measured, in milliseconds, against the target for its median, or for the slowest of twenty."""

    name: str
    took_ms: tuple[float, ...]
    target_ms: float
    note: str = ""
    at_p95: bool = False

    @property
    def median_ms(self) -> float:
        return statistics.median(self.took_ms)

    @property
    def p95_ms(self) -> float:
        """What nineteen of twenty runs stay within."""
        return statistics.quantiles(self.took_ms, n=20, method="inclusive")[-1]

    @property
    def judged_ms(self) -> float:
        """The figure the target is for."""
        return self.p95_ms if self.at_p95 else self.median_ms

    @property
    def is_over(self) -> bool:
        return self.judged_ms > self.target_ms

    def as_dict(self) -> dict:
        """For the file of figures."""
        judged = {"name": self.name, "ms": self.judged_ms, "target_ms": self.target_ms, "at_p95": self.at_p95}
        return {**judged, "note": self.note}

    def line(self) -> str:
        """Name, median or 95th percentile, range, target and note in fixed columns."""
        verdict = "OVER" if self.is_over else "within"
        span = f"{min(self.took_ms):.1f}–{max(self.took_ms):.1f}"
        share = " p95" if self.at_p95 else ""
        figure = f"{self.judged_ms:9.1f} ms{share}"
        return f"  {self.name:<58} {figure}  ({span})  {verdict} {self.target_ms:.0f} ms  {self.note}"


def measure(
    name: str, act: Callable[[], object], *, target_ms: float, times: int = 7, note: str = "", at_p95: bool = False
) -> Measured:
    """The wall time of an act, after one run that is not counted."""
    if times > 1:
        act()
    took = []
    for _number in range(times):
        started = time.perf_counter()
        act()
        took.append((time.perf_counter() - started) * 1000)
    return Measured(name, tuple(took), target_ms, note, at_p95)
