"""What changed since the figures of a report were frozen."""

from dataclasses import dataclass, replace

from reports.composed.counts import ReportFacts
from reports.composed.tokens import Value
from reports.composed.values import values_of


@dataclass(frozen=True)
class Shift:
    """A figure that is counted otherwise now than when it was frozen."""

    name: str
    means: str
    before: str
    after: str


def shifts(frozen: ReportFacts, now: ReportFacts) -> list[Shift]:
    """The figures that are counted otherwise now: changed, new ones, and those that are gone.

    Why equal figures are not put into words: a province has thousands of them, and every page of a report asks.
    """
    if replace(now, rows=frozen.rows) == frozen:
        return []
    before, after = values_of(frozen), values_of(now)
    nothing = Value("–")
    return [
        Shift(name, after.get(name, before.get(name)).means, *texts)
        for name in dict.fromkeys([*before, *after])
        if len(set(texts := (before.get(name, nothing).text, after.get(name, nothing).text))) > 1
    ]
