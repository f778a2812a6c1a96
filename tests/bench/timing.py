"""Taking the time of one thing several times, and one line about it."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Measured:
    """What was measured, in milliseconds, against the target for its median."""

    name: str
    took_ms: tuple[float, ...]
    target_ms: float
    note: str = ""

    @property
    def median_ms(self) -> float:
        return statistics.median(self.took_ms)

    @property
    def is_over(self) -> bool:
        return self.median_ms > self.target_ms

    def line(self) -> str:
        """Name, median, range, target and note in fixed columns."""
        verdict = "OVER" if self.is_over else "within"
        span = f"{min(self.took_ms):.1f}–{max(self.took_ms):.1f}"
        return f"  {self.name:<58} {self.median_ms:9.1f} ms  ({span})  {verdict} {self.target_ms:.0f} ms  {self.note}"


def measure(name: str, act: Callable[[], object], *, target_ms: float, times: int = 7, note: str = "") -> Measured:
    """The wall time of an act, after one run that is not counted."""
    if times > 1:
        act()
    took = []
    for _number in range(times):
        started = time.perf_counter()
        act()
        took.append((time.perf_counter() - started) * 1000)
    return Measured(name, tuple(took), target_ms, note)
