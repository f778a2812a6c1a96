"""What a rule is judged on, and what it answers."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from reports.checking.enums import Outcome, Part
from reports.checking.sheets import POINTS_OF_MM, DrawnRule, Line, Sheet
from reports.documents.layout_profiles import LayoutProfile, Measure
from reports.documents.papers import Paper

# What drawing rounds away. Units: mm, and points of a letter's size.
SLACK_MM, SLACK_PT = 1.0, 0.26
_SMALL_PRINT, _FOOT_MM = 9.0, 32.0


@dataclass(frozen=True)
class Judgement:
    """What was found: whether the rule holds, and the measured value or what is wrong, for the eye of a clerk."""

    outcome: Outcome
    said: str = ""


def holds(said: str = "") -> Judgement:
    return Judgement(Outcome.HOLDS, said)


def fails(said: str) -> Judgement:
    return Judgement(Outcome.FAILS, said)


def gap(said: str) -> Judgement:
    return Judgement(Outcome.GAP, said)


def doubt(said: str) -> Judgement:
    return Judgement(Outcome.DOUBT, said)


@dataclass(frozen=True)
class Rule:
    """One rule: its name, the clause it follows under a profile, and how it is judged; None where it does not apply."""

    code: str
    part: Part
    name: str
    clause: Callable[[LayoutProfile], str]
    judge: Callable[["Case"], Judgement | None]


@dataclass(frozen=True)
class Finding:
    """A rule and what became of it."""

    code: str
    part: Part
    name: str
    clause: str
    outcome: Outcome
    said: str


class Case:
    """A finished paper: what it should say, and how the file shows it.

    Units: points from the upper left corner of a page, unless a name says mm.
    """

    def __init__(self, paper: Paper, sheet: Sheet):
        self.paper, self.sheet, self.profile = paper, sheet, paper.profile

    def measure(self, name: str) -> Measure:
        """A measure of the profile the paper follows."""
        return self.profile.measures[name]

    def is_landscape(self, page: int) -> bool:
        """Whether a page lies on its side."""
        width, height = self.sheet.sizes[page - 1]
        return width > height

    @cached_property
    def page_numbers(self) -> dict[int, Line]:
        """The lone number above the text of a page, by page."""
        edge = (self.measure("landscape-binding-edge").value) * POINTS_OF_MM
        found = (line for line in self.sheet.lines if line.text.isdigit() and line.bottom < edge)
        return {line.page: line for line in found if abs(line.middle - self.sheet.sizes[line.page - 1][0] / 2) < 30}

    @cached_property
    def strip_lines(self) -> frozenset[Line]:
        """The small print of the strip by which a paper is verified; it is no part of the text."""
        if self.paper.strip is None:
            return frozenset()
        return frozenset(
            line
            for line in self.sheet.lines
            if line.size <= _SMALL_PRINT and line.top > self.sheet.sizes[line.page - 1][1] - _FOOT_MM * POINTS_OF_MM
        )

    @cached_property
    def lines(self) -> list[Line]:
        """The lines of the paper in the order of reading, without page numbers and strip."""
        apart = set(self.page_numbers.values()) | self.strip_lines
        return [line for line in self.sheet.lines if line not in apart]

    @cached_property
    def upright(self) -> list[Line]:
        """The lines on pages that stand upright."""
        return [line for line in self.lines if not self.is_landscape(line.page)]

    @cached_property
    def running(self) -> list[Line]:
        """Whole lines of running text: of the text's size, plain, and longer than ten centimetres."""
        size = self.measure("body").value
        return [
            line
            for line in self.upright
            if line.width > 100 * POINTS_OF_MM and abs(line.size - size) < SLACK_PT and not line.is_bold
        ]

    @cached_property
    def running_lines(self) -> frozenset[Line]:
        """The same, to be asked whether a line is one of them."""
        return frozenset(self.running)

    @cached_property
    def _squeezed(self) -> list[str]:
        return ["".join(line.text.split()) for line in self.lines]

    def find(self, text: str, *, page: int | None = None, after: Line | None = None) -> list[Line]:
        """The lines that together say a text, wherever it was broken; none where the file does not say it.

        Why letters without spaces are compared: a line breaks at a space, a hyphen or a stroke.
        """
        wanted = "".join(text.split())
        start = self.lines.index(after) + 1 if after is not None else 0
        for place in range(start, len(self.lines)):
            if page is not None and self.lines[place].page != page:
                continue
            if found := self._said_from(place, wanted):
                return found
        return []

    def _said_from(self, place: int, wanted: str) -> list[Line]:
        """Lines from a place on that say a text, going on at the top of the next page where one ends in between.

        Why a jump: charts of a page are drawn after its text.
        """
        said, taken = "", []
        while place is not None and wanted.startswith(said + self._squeezed[place]):
            said += self._squeezed[place]
            taken.append(self.lines[place])
            if said == wanted:
                return taken
            place = self._going_on(place, wanted, said)
        return []

    def _going_on(self, place: int, wanted: str, said: str) -> int | None:
        """The next line, or the first of the next page where the next one says something else."""
        page = self.lines[place].page
        nexts = [place + 1, self._first_of_page.get(page + 1)]
        fitting = (at for at in nexts if at is not None and at < len(self.lines))
        return next((at for at in fitting if wanted.startswith(said + self._squeezed[at])), None)

    @cached_property
    def _first_of_page(self) -> dict[int, int]:
        first: dict[int, int] = {}
        for place, line in enumerate(self.lines):
            first.setdefault(line.page, place)
        return first

    def rule_under(self, lines: list[Line], *, reach: float = 12) -> DrawnRule | None:
        """The line drawn under some text, in its middle."""
        last = lines[-1]
        near = [
            rule
            for rule in self.sheet.rules
            if rule.page == last.page and -4 <= rule.top - last.bottom <= reach and abs(rule.middle - last.middle) < 12
        ]
        return min(near, key=lambda rule: rule.top, default=None)


def sized(lines: Iterable[Line], measure: Measure) -> bool:
    """Whether every line has a size the measure allows."""
    return all(measure.allows(line.size, slack=SLACK_PT) for line in lines)


def sizes_of(lines: Iterable[Line]) -> str:
    """The sizes of lines in words: "13 pt", "13 pt, 14 pt"."""
    return ", ".join(f"{number(size)} pt" for size in sorted({line.size for line in lines}))


def number(value: float, digits: int = 1) -> str:
    """A measured value as Vietnamese writes it."""
    return f"{value:.{digits}f}".rstrip("0").rstrip(".").replace(".", ",") if digits else f"{value:.0f}"


def mm(points: float) -> float:
    """Points in millimetres."""
    return points / POINTS_OF_MM
