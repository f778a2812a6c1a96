"""From the blocks of a report to the parts of its paper: tokens filled, parts numbered, tables placed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from django.utils.translation import gettext as _

from reports.composed.counts import ReportFacts
from reports.composed.enums import BlockPart
from reports.composed.tokens import Value, exhibit_of, filled
from reports.documents.annexes import in_order
from reports.documents.blocks import Block, Paragraph, Table
from reports.documents.papers import Annex, PaperSection
from reports.documents.report_exhibits import drawn
from reports.documents.wording import hyphenated

RESULTS_ANNEX, TARGETS_ANNEX = "phu-luc.ket-qua", "phu-luc.chi-tieu"
PLAN_ANNEX, COMMENDED_ANNEX = "phu-luc.ke-hoach", "phu-luc.khen-thuong"
ANNEX_TOKENS = {
    RESULTS_ANNEX: "phu_luc.ket_qua",
    TARGETS_ANNEX: "phu_luc.chi_tieu",
    PLAN_ANNEX: "phu_luc.ke_hoach",
    COMMENDED_ANNEX: "phu_luc.khen_thuong",
}
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV")
LETTERS = "abcdđeghiklmnopqrstuvxy"


class Written(Protocol):
    """A block as pages and papers read it, kept in the database or just drafted."""

    key: str
    part: str
    level: int
    heading: str
    text: str
    is_included: bool


class Pages:
    """Sets out the blocks of one report; tables and charts are numbered as they come."""

    def __init__(self, facts: ReportFacts, values: Mapping[str, Value]):
        self.facts, self.values = facts, values
        self.placed = {"bang": 0, "bieu_do": 0}

    def lines(self, text: str) -> tuple[str, ...]:
        """The lines of a block that say something, their tokens filled."""
        return tuple(hyphenated(filled(line.strip(), self.values)) for line in text.splitlines() if line.strip())

    def blocks(self, text: str) -> tuple[Block, ...]:
        """The paragraphs, tables and charts of a block's text in their order."""
        made = (self._block(line.strip()) for line in text.splitlines() if line.strip())
        return tuple(block for block in made if block is not None)

    def sections(self, blocks: Iterable[Written]) -> tuple[PaperSection, ...]:
        """The sections that say something, nested by their levels and numbered I, 1, a in their order."""
        every = [block for block in blocks if block.part == BlockPart.SECTION and block.is_included]
        return self._numbered(nested(every, 1))

    def text_of(self, blocks: Iterable[Written], part: BlockPart) -> str:
        """What stands in the blocks of one part, as it is written."""
        return "\n".join(block.text for block in blocks if block.part == part and block.is_included)

    def _numbered(self, nodes: Sequence[tuple[Written, list]]) -> tuple[PaperSection, ...]:
        """Sections in their order: their own blocks first, then what lies within them; empty ones leave no gap."""
        made: list[PaperSection] = []
        for block, inside in nodes:
            own = self.blocks(block.text)
            within = self._numbered(inside)
            if own or within:
                heading = hyphenated(block.heading)
                made.append(PaperSection(heading=heading, level=block.level, blocks=own, children=within))
        return tuple(_with_number(section, place, len(made)) for place, section in enumerate(made))

    def _block(self, line: str) -> Block | None:
        name = exhibit_of(line)
        if not name:
            return Paragraph(hyphenated(filled(line, self.values)))
        family = name.split(".")[0]
        made = drawn(name, self.facts, self.placed.get(family, 0) + 1)
        if made is not None:
            self.placed[family] += 1
        return made


def annex_values(blocks: Iterable[Written], facts: ReportFacts) -> dict[str, Value]:
    """How the text names each annex: "Phụ lục II", "Phụ lục" where there is only one."""
    rows = dict(facts.rows)
    printed = [block for block in blocks if block.part == BlockPart.ANNEX and block.is_included and rows.get(block.key)]
    labels = [f"Phụ lục {ROMAN[place]}" for place in range(len(printed))] if len(printed) > 1 else ["Phụ lục"]
    told = {block.key: label for block, label in zip(printed, labels, strict=False)}
    return {ANNEX_TOKENS[key]: Value(told.get(key, "Phụ lục"), means=_("name of the annex")) for key in ANNEX_TOKENS}


def annexes_of(blocks: Iterable[Written], tables: Mapping[str, tuple[str, Table]]) -> tuple[Annex, ...]:
    """The annexes that are printed, numbered in their order. Shape: `tables` by key with the line under the title."""
    return in_order(
        [
            Annex(title=hyphenated(block.heading), reference=tables[block.key][0], blocks=(table,), is_landscape=True)
            for block in blocks
            if block.part == BlockPart.ANNEX and block.is_included and block.key in tables
            if (table := tables[block.key][1]).rows
        ]
    )


def nested(blocks: Sequence[Written], level: int = 1) -> list[tuple[Written, list]]:
    """Each block of the highest level with the blocks of lower levels that follow it, nested in their turn."""
    nodes: list[tuple[Written, list[Written]]] = []
    for block in blocks:
        if block.level <= level or not nodes:
            nodes.append((block, []))
        else:
            nodes[-1][1].append(block)
    return [(block, nested(inside, level + 1) if inside else []) for block, inside in nodes]


def number_of(level: int, place: int, among: int) -> str:
    """The number of a part: I, 1 or a by its level, by its place among its neighbours.

    Why none where there are more neighbours than letters: such parts are read by their headings.
    """
    numbers = {1: ROMAN, 2: tuple(map(str, range(1, among + 1))), 3: tuple(LETTERS)}[level]
    return numbers[place] if among <= len(numbers) else ""


def _with_number(section: PaperSection, place: int, among: int) -> PaperSection:
    return replace(section, number=number_of(section.level, place, among))
