"""What a look at a part of the server found."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise

from portal.condition.enums import Standing

Words = str | Promise


@dataclass(frozen=True)
class Finding:
    """What was looked at, how it stands, what was seen, and what to do; `name` is what machines know it by."""

    name: str
    label: Words
    standing: Standing
    seen: Words
    fix: Words = ""

    def as_json(self) -> dict[str, str]:
        return {
            "name": self.name,
            "label": str(self.label),
            "standing": self.standing.code,
            "seen": str(self.seen),
            "fix": str(self.fix),
        }


def in_order(name: str, label: Words, seen: Words) -> Finding:
    """Nothing to do."""
    return Finding(name, label, Standing.IN_ORDER, seen)


def warning(name: str, label: Words, seen: Words, fix: Words) -> Finding:
    """Works now, and will not for ever."""
    return Finding(name, label, Standing.WARNING, seen, fix)


def broken(name: str, label: Words, seen: Words, fix: Words) -> Finding:
    """Does not work, or is not safe."""
    return Finding(name, label, Standing.BROKEN, seen, fix)


def worst(findings: Iterable[Finding]) -> Standing:
    """The standing of the whole."""
    return max((one.standing for one in findings), key=lambda standing: standing.value, default=Standing.IN_ORDER)
