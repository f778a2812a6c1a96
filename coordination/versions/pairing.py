"""Which clause of one version is which of another, and which of those stand in another place."""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable

from coordination.versions.clauses import Clause
from coordination.versions.enums import ClauseKind
from coordination.versions.words import longest_rise

# Clauses of versions that froze no keys are taken for the same above this share of common words.
_ALIKE = 0.5
_MOST_COMPARED = 4_000


def paired(old: list[Clause], new: list[Clause]) -> dict[int, int]:
    """Places of clauses in the new list with the places of the same clauses in the old one.

    By identity first, then by number, by exact words and by name; what froze no identity at last by most of its words.
    """
    pairs: dict[int, int] = {}
    for told in (_identity, _number, _words, _name):
        pairs |= _by(old, new, pairs, told)
    return pairs | _by_likeness(old, new, pairs)


def moved(old: list[Clause], new: list[Clause], pairs: dict[int, int]) -> set[int]:
    """Places in the new list of clauses that stand under another one or changed order with those they stand with."""
    keys = {new[place].key: old[other].key for place, other in pairs.items()}
    staying: dict[int, list[int]] = defaultdict(list)
    found = set()
    for place in sorted(pairs):
        above = new[place].parent
        if (keys.get(above) if above else 0) == old[pairs[place]].parent:
            staying[above].append(place)
        else:
            found.add(place)
    for places in staying.values():
        in_order = longest_rise([pairs[place] for place in places])
        found |= {place for place, stays in zip(places, in_order, strict=True) if not stays}
    return found


def _by(
    old: list[Clause], new: list[Clause], pairs: dict[int, int], told: Callable[[Clause], Hashable]
) -> dict[int, int]:
    """Pairs of clauses not paired yet of which the same is told; the first with the first where several are alike."""
    waiting: dict[Hashable, list[int]] = defaultdict(list)
    taken = set(pairs.values())
    for other, clause in enumerate(old):
        if other not in taken and told(clause) is not None:
            waiting[told(clause)].append(other)
    found = {}
    for place, clause in enumerate(new):
        if place not in pairs and waiting.get(told(clause)):
            found[place] = waiting[told(clause)].pop(0)
    return found


def _by_likeness(old: list[Clause], new: list[Clause], pairs: dict[int, int]) -> dict[int, int]:
    taken = set(pairs.values())
    left_old = [other for other, clause in enumerate(old) if other not in taken and not clause.identity]
    left_new = [place for place, clause in enumerate(new) if place not in pairs and not clause.identity]
    if len(left_old) * len(left_new) > _MOST_COMPARED:
        return {}
    counted = {other: Counter(" ".join(_words(old[other])).split()) for other in left_old}
    found: dict[int, int] = {}
    for place in left_new:
        mine = Counter(" ".join(_words(new[place])).split())
        likest = max(left_old, key=lambda other: _likeness(mine, counted[other]), default=None)
        if likest is not None and _likeness(mine, counted[likest]) >= _ALIKE:
            found[place] = likest
            left_old.remove(likest)
    return found


def _likeness(one: Counter, other: Counter) -> float:
    whole = one.total() + other.total()
    return 2 * (one & other).total() / whole if whole else 0.0


def _identity(clause: Clause) -> str | None:
    return clause.identity or None


def _number(clause: Clause) -> str | None:
    """The number of its own; it may have been given anew, so what has an identity goes by that."""
    return clause.number or None if not clause.identity else None


def _name(clause: Clause) -> str | None:
    return clause.label if clause.kind == ClauseKind.SECTION else None


def _words(clause: Clause) -> tuple[str, ...]:
    return tuple(part.text for part in clause.parts)
