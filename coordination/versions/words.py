"""Two texts compared word by word: what stands in both, what was struck, what was added. No database.

Rule: R-VERSION-2. What stands in both and what was struck is the old text, letter for letter; what stands in both and
what was added is the new one.
Why no library: difflib takes time by the square of the words where words repeat, and syllables repeat in every text.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

# Farther apart than this, two stretches are not compared any further: they are struck and added as a whole.
FARTHEST = 320
# Letters shown of a long stretch that stands in both, before and after what changed.
_AROUND = 160
# Letters alike between two changes that are too few to be read for themselves.
_ISLAND = 16
# Words from which on a sentence is long enough to be known again in a text that was rewritten around it.
_ANCHOR = 5
# Days and quantities such as 30/6/2022 and 1.200,5 are read as one.
_WORDS = re.compile(r"(\s*)(\d+(?:[/.,]\d+)+|\w+|[^\w\s]|\Z)")
_ENDS = frozenset(".;:!?…")


class Mark(StrEnum):
    """What became of a stretch of text."""

    SAME = "same"
    STRUCK = "struck"
    ADDED = "added"
    LEFT_OUT = "left_out"


@dataclass(frozen=True)
class Piece:
    """A stretch of text and what became of it."""

    mark: Mark
    text: str

    @property
    def is_struck(self) -> bool:
        return self.mark == Mark.STRUCK

    @property
    def is_added(self) -> bool:
        return self.mark == Mark.ADDED

    @property
    def is_left_out(self) -> bool:
        return self.mark == Mark.LEFT_OUT


@dataclass(frozen=True)
class _Word:
    """A word or a sign of punctuation with the space before it; only the word itself is compared."""

    space: str
    word: str

    @property
    def text(self) -> str:
        return self.space + self.word


_Block = tuple[int, int, int]


def pieces_between(old: str, new: str) -> tuple[Piece, ...]:
    """The way from an old text to a new one, in stretches as long as they can be.

    Units: the time grows with the length of both and how far they are apart, never with the square of the length.
    """
    if old == new:
        return (Piece(Mark.SAME, old),) if old else ()
    before, after = _words(old), _words(new)
    return tuple(_readable(list(_pieces(before, after, _alike(before, after)))))


def excerpt(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """The same stretches for a reader who looks for what changed: of long ones that stand in both only the ends."""
    shown: list[Piece] = []
    for place, piece in enumerate(pieces):
        head = 0 if place == 0 else _AROUND
        tail = 0 if place == len(pieces) - 1 else _AROUND
        if piece.mark != Mark.SAME or len(piece.text) <= head + tail + _AROUND:
            shown.append(piece)
            continue
        first, last = piece.text[:head].rpartition(" ")[0], piece.text[len(piece.text) - tail :].partition(" ")[2]
        shown += [Piece(Mark.SAME, first)] if first else []
        shown.append(Piece(Mark.LEFT_OUT, " … "))
        shown += [Piece(Mark.SAME, last)] if tail else []
    return tuple(shown)


def old_text(pieces: Sequence[Piece]) -> str:
    """The old text again."""
    return "".join(piece.text for piece in pieces if not piece.is_added)


def new_text(pieces: Sequence[Piece]) -> str:
    """The new text again."""
    return "".join(piece.text for piece in pieces if not piece.is_struck)


def matching(before: Sequence[Hashable], after: Sequence[Hashable], farthest: int = FARTHEST) -> list[_Block] | None:
    """The longest common subsequence as blocks (place before, place after, length); None when too far apart.

    Rule: Myers, An O(ND) Difference Algorithm, 1986, given up after `farthest` steps.
    """
    head = _common_start(before, after)
    tail = _common_start(before[head:][::-1], after[head:][::-1])
    inside = _shortest_way(before[head : len(before) - tail], after[head : len(after) - tail], farthest)
    if inside is None:
        return None
    blocks = [(0, 0, head)] if head else []
    blocks += [(place + head, other + head, length) for place, other, length in inside]
    return blocks + ([(len(before) - tail, len(after) - tail, tail)] if tail else [])


def longest_rise(values: list[int]) -> list[bool]:
    """Which of the values belong to a longest rising sequence of them."""
    ends: list[int] = []
    ends_at: list[int] = []
    previous: list[int | None] = []
    for place, value in enumerate(values):
        length = bisect_left(ends, value)
        previous.append(ends_at[length - 1] if length else None)
        ends[length : length + 1], ends_at[length : length + 1] = [value], [place]
    kept = [False] * len(values)
    place = ends_at[-1] if ends_at else None
    while place is not None:
        kept[place] = True
        place = previous[place]
    return kept


def _words(text: str) -> list[_Word]:
    return [_Word(space, word) for space, word in _WORDS.findall(text)]


def _alike(before: list[_Word], after: list[_Word]) -> list[_Block]:
    """Blocks of words both have; where the texts are far apart, sentence by sentence first."""
    blocks = matching([one.word for one in before], [one.word for one in after])
    return _alike_by_sentence(before, after) if blocks is None else blocks


def _alike_by_sentence(before: list[_Word], after: list[_Word]) -> list[_Block]:
    """Sentences that stand once in each text hold on to one another; what lies between two of them is compared."""
    old, new = [one.word for one in before], [one.word for one in after]
    blocks: list[_Block] = []
    place = other = 0
    for start, other_start, length in [*_kept_sentences(before, after), (len(old), len(new), 0)]:
        gap = matching(old[place:start], new[other:other_start]) or []
        blocks += [(one + place, two + other, size) for one, two, size in gap]
        blocks += [(start, other_start, length)] if length else []
        place, other = start + length, other_start + length
    return blocks


def _kept_sentences(before: list[_Word], after: list[_Word]) -> list[_Block]:
    here, there = _sentences(before), _sentences(after)
    kept = [sentence for sentence in here if sentence in there]
    in_order = longest_rise([there[sentence] for sentence in kept])
    return [
        (here[sentence], there[sentence], len(sentence))
        for sentence, stays in zip(kept, in_order, strict=True)
        if stays
    ]


def _sentences(words: list[_Word]) -> dict[tuple[str, ...], int]:
    """Sentences and lines of some length that stand once in a text, with the place of their first word."""
    starts = [place for place in range(1, len(words)) if "\n" in words[place].space or words[place - 1].word in _ENDS]
    edges = [0, *starts, len(words)]
    found = [(tuple(one.word for one in words[start:end]), start) for start, end in pairwise(edges)]
    counted = Counter(sentence for sentence, _start in found)
    return {sentence: start for sentence, start in found if counted[sentence] == 1 and len(sentence) >= _ANCHOR}


def _common_start(before: Sequence[Hashable], after: Sequence[Hashable]) -> int:
    count = 0
    for one, other in zip(before, after, strict=False):
        if one != other:
            break
        count += 1
    return count


def _shortest_way(before: Sequence[Hashable], after: Sequence[Hashable], farthest: int) -> list[_Block] | None:
    """Myers' greedy search by furthest-reaching paths, one diagonal after the other."""
    rows, columns = len(before), len(after)
    if not rows or not columns:
        return []
    shared = sum((Counter(before) & Counter(after)).values())
    if rows + columns - 2 * shared > farthest:
        return None
    if not shared:
        return []
    reached, trail = {1: 0}, []
    for steps in range(min(farthest, rows + columns) + 1):
        trail.append(reached.copy())
        for diagonal in range(-steps, steps + 1, 2):
            if diagonal == -steps or (diagonal != steps and reached[diagonal - 1] < reached[diagonal + 1]):
                row = reached[diagonal + 1]
            else:
                row = reached[diagonal - 1] + 1
            column = row - diagonal
            while row < rows and column < columns and before[row] == after[column]:
                row, column = row + 1, column + 1
            reached[diagonal] = row
            if row >= rows and column >= columns:
                return _blocks_on(trail, rows, columns)
    return None


def _blocks_on(trail: list[dict[int, int]], row: int, column: int) -> list[_Block]:
    """Back along the trail of a search: every run down a diagonal is a block."""
    blocks = []
    for steps in range(len(trail) - 1, -1, -1):
        reached, diagonal = trail[steps], row - column
        is_down = diagonal == -steps or (diagonal != steps and reached[diagonal - 1] < reached[diagonal + 1])
        from_diagonal = diagonal + 1 if is_down else diagonal - 1
        from_row = reached[from_diagonal]
        start = (from_row if is_down else from_row + 1) if steps else 0
        if row > start:
            blocks.append((start, start - diagonal, row - start))
        row, column = from_row, from_row - from_diagonal
    return blocks[::-1]


def _pieces(before: list[_Word], after: list[_Word], blocks: list[_Block]) -> Iterator[Piece]:
    """The words outside the blocks are struck or added; a space that differs before a word they share is so as well."""
    place = other = 0
    for start, other_start, length in [*blocks, (len(before), len(after), 0)]:
        yield Piece(Mark.STRUCK, "".join(one.text for one in before[place:start]))
        yield Piece(Mark.ADDED, "".join(one.text for one in after[other:other_start]))
        place, other = start + length, other_start + length
        for one, two in zip(before[start:place], after[other_start:other], strict=True):
            if one.space == two.space:
                yield Piece(Mark.SAME, one.text)
            else:
                yield from (Piece(Mark.STRUCK, one.space), Piece(Mark.ADDED, two.space), Piece(Mark.SAME, one.word))


@dataclass
class _Run:
    """A change and the text after it that stands in both."""

    struck: str = ""
    added: str = ""
    same: str = ""

    @property
    def rewritten(self) -> int:
        """Letters written anew; what was only added or only struck reads well for itself."""
        return max(len(self.struck), len(self.added)) if self.struck and self.added else 0

    def pieces(self) -> Iterator[Piece]:
        for mark, text in ((Mark.STRUCK, self.struck), (Mark.ADDED, self.added), (Mark.SAME, self.same)):
            if text:
                yield Piece(mark, text)


def _readable(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Joined stretches, struck before added; a word or two alike between two longer rewritings are no island there."""
    runs: list[_Run] = []
    for run in _runs(pieces):
        island = runs[-1].same if runs else ""
        if runs and len(island) <= min(_ISLAND, runs[-1].rewritten, run.rewritten):
            last = runs[-1]
            runs[-1] = _Run(last.struck + island + run.struck, last.added + island + run.added, run.same)
        else:
            runs.append(run)
    for run in runs:
        yield from run.pieces()


def _runs(pieces: Sequence[Piece]) -> list[_Run]:
    runs = [_Run()]
    for piece in pieces:
        if not piece.text:
            continue
        if piece.mark != Mark.SAME and runs[-1].same:
            runs.append(_Run())
        setattr(runs[-1], piece.mark, getattr(runs[-1], piece.mark) + piece.text)
    return runs
