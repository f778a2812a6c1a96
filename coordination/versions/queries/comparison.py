"""Two versions of a program compared clause by clause. Nothing is read from the database: versions hold everything."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from coordination.versions.clauses import Clause, Named, clauses_of
from coordination.versions.enums import ClauseKind, Fate, PartName
from coordination.versions.pairing import moved, paired
from coordination.versions.words import Piece, pieces_between

_WORDS_THEMSELVES = (PartName.BODY, PartName.BASIS)
# What the name of a clause tells already.
_IN_LABEL = (PartName.NUMBER, PartName.HEADING, PartName.TASK_TITLE)


@dataclass(frozen=True)
class PartChange:
    """A part of a clause that says something else, word by word."""

    name: PartName
    pieces: tuple[Piece, ...]

    @property
    def label(self) -> str:
        """What the part is called; blank for the words a clause consists of."""
        return "" if self.name in _WORDS_THEMSELVES else str(self.name.label)


@dataclass(frozen=True)
class ClauseChange:
    """What became of one clause: as it was, as it is (None where it was not or is no more), and the parts that differ.

    A clause that stands in another place `is_moved`, whether its words changed or not.
    """

    kind: ClauseKind
    fate: Fate
    old: Clause | None
    new: Clause | None
    is_moved: bool
    parts: tuple[PartChange, ...]

    @property
    def clause(self) -> Clause:
        """The clause as it is now, or as it was last."""
        return self.new or self.old

    @property
    def label(self) -> str:
        return self.clause.label

    @property
    def old_label(self) -> str:
        return self.old.label if self.old else ""

    @property
    def shown_parts(self) -> tuple[PartChange, ...]:
        """What a reader is told: of a clause that is new or gone, what its name does not tell."""
        if self.old and self.new:
            return self.parts
        return tuple(part for part in self.parts if part.name not in _IN_LABEL)

    @property
    def is_only_moved(self) -> bool:
        return self.fate == Fate.MOVED

    @property
    def is_renamed(self) -> bool:
        """Whether the clause was called otherwise before."""
        return bool(self.old and self.new and self.old.label != self.new.label)


@dataclass(frozen=True)
class Stretch:
    """A change, or clauses in a row that did not change and are folded away."""

    change: ClauseChange | None = None
    unchanged: tuple[Clause, ...] = ()


@dataclass(frozen=True)
class Group:
    """The clauses of one kind, in the order of the new version; what was dropped stands where it stood."""

    kind: ClauseKind
    stretches: tuple[Stretch, ...]

    @property
    def label(self) -> str:
        return str(self.kind.label)

    @property
    def changes(self) -> tuple[ClauseChange, ...]:
        return tuple(stretch.change for stretch in self.stretches if stretch.change)


@dataclass(frozen=True)
class Comparison:
    """Everything that differs between two versions."""

    groups: tuple[Group, ...]

    @property
    def changes(self) -> tuple[ClauseChange, ...]:
        """Every clause that changed, was moved, added or dropped, in order."""
        return tuple(change for group in self.groups for change in group.changes)

    @property
    def is_same(self) -> bool:
        return not self.changes

    @property
    def counts(self) -> dict[Fate, int]:
        """How many clauses met each fate; the unchanged ones as well."""
        counted = Counter(change.fate for change in self.changes)
        counted[Fate.SAME] = sum(len(stretch.unchanged) for group in self.groups for stretch in group.stretches)
        return {fate: counted[fate] for fate in Fate}

    def changed_keys(self, kind: ClauseKind) -> set[int]:
        """Keys, in the new version, of the clauses of a kind that are new or no longer what they were."""
        return {change.new.key for change in self.changes if change.kind == kind and change.new}


def changes_between(old_snapshot: dict, new_snapshot: dict) -> Comparison:
    """What changed from one version to another, clause by clause.

    Rule: R-VERSION-2. A clause is followed by the key of its row, also where it was moved or renumbered; versions that
    froze no keys are followed by the words. Names are those of the new version in both.
    """
    named = Named.in_version(old_snapshot).before(Named.in_version(new_snapshot))
    old, new = clauses_of(old_snapshot, named), clauses_of(new_snapshot, named)
    groups = (_group(kind, _of(kind, old), _of(kind, new)) for kind in ClauseKind)
    return Comparison(tuple(group for group in groups if group.stretches))


def _of(kind: ClauseKind, clauses: list[Clause]) -> list[Clause]:
    return [clause for clause in clauses if clause.kind == kind]


def _group(kind: ClauseKind, old: list[Clause], new: list[Clause]) -> Group:
    # Rows are followed by their keys only where both versions froze them.
    if not all(clause.identity for clause in (*old, *new)):
        old, new = ([replace(clause, identity="") for clause in side] for side in (old, new))
    return Group(kind, tuple(_folded(_fates(old, new))))


def _fates(old: list[Clause], new: list[Clause]) -> Iterator[ClauseChange]:
    """The fate of every clause, in the order of the new version, what was dropped after what stood before it."""
    pairs = paired(old, new)
    elsewhere = moved(old, new, pairs)
    follower = {other: place for place, other in pairs.items()}
    dropped: dict[int, list[Clause]] = {}
    after = -1
    for other, clause in enumerate(old):
        if other in follower:
            after = after if follower[other] in elsewhere else follower[other]
        else:
            dropped.setdefault(after, []).append(clause)
    for place in range(-1, len(new)):
        if place >= 0:
            yield _fate(old[pairs[place]] if place in pairs else None, new[place], place in elsewhere)
        for clause in dropped.get(place, ()):
            yield _fate(clause, None, False)


def _fate(old: Clause | None, new: Clause | None, is_moved: bool) -> ClauseChange:
    parts = tuple(_part_changes(old, new))
    if old is None or new is None:
        fate = Fate.DROPPED if old else Fate.ADDED
    elif parts:
        fate = Fate.CHANGED
    else:
        fate = Fate.MOVED if is_moved else Fate.SAME
    return ClauseChange((new or old).kind, fate, old, new, is_moved, parts)


def _part_changes(old: Clause | None, new: Clause | None) -> Iterator[PartChange]:
    before = {part.name: part.text for part in old.parts} if old else {}
    after = {part.name: part.text for part in new.parts} if new else {}
    for name in PartName:
        was, now = before.get(name, ""), after.get(name, "")
        if was != now:
            yield PartChange(name, pieces_between(was, now))


def _folded(changes: Iterator[ClauseChange]) -> Iterator[Stretch]:
    unchanged: list[Clause] = []
    for change in changes:
        if change.fate == Fate.SAME:
            unchanged.append(change.clause)
            continue
        if unchanged:
            yield Stretch(unchanged=tuple(unchanged))
            unchanged = []
        yield Stretch(change)
    if unchanged:
        yield Stretch(unchanged=tuple(unchanged))
