"""The contents of a report: how far each block has come, under which number it is printed, what is missing."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from reports.composed.counts import ReportFacts
from reports.composed.enums import BlockPart, BlockStand
from reports.composed.models import ComposedReport, ReportBlock
from reports.composed.tokens import Fault, Value, faults_in
from reports.composed.values import values_of
from reports.documents.report_exhibits import EXHIBITS
from reports.documents.report_pages import annex_values, nested, number_of


@dataclass(frozen=True)
class BlockRow:
    """A block in the contents: how far it has come, the number it is printed under, its faulty tokens."""

    block: ReportBlock
    stand: BlockStand
    number: str = ""
    faults: tuple[Fault, ...] = ()

    @property
    def label(self) -> str:
        """How the block is called in a list of what is missing: its number, otherwise its name."""
        return self.number or str(self.block)

    @property
    def title(self) -> str:
        """Number and heading; a heading in capitals as a sentence, which pages write so."""
        heading = str(self.block)
        heading = heading.capitalize() if heading.isupper() else heading
        return f"{self.number}. {heading}" if self.number else heading


@dataclass(frozen=True)
class Contents:
    """A report's blocks with their stands, and everything their tokens may stand for."""

    rows: tuple[BlockRow, ...]
    facts: ReportFacts
    values: Mapping[str, Value] = field(repr=False)

    @property
    def missing(self) -> list[BlockRow]:
        return [row for row in self.rows if row.stand.is_missing]

    @property
    def done(self) -> int:
        """How many of the blocks that are printed are finished."""
        return sum(row.stand in (BlockStand.GENERATED, BlockStand.EDITED) for row in self.rows)

    @property
    def wanted(self) -> int:
        return self.done + len(self.missing)

    def row_of(self, block: ReportBlock) -> BlockRow:
        """The row of a block; the first one where somebody has just removed it."""
        return next((row for row in self.rows if row.block.pk == block.pk), self.rows[0])


def contents_of(report: ComposedReport) -> Contents:
    """The contents of a report over its frozen figures. Two queries."""
    blocks = list(report.blocks.select_related("edited_by__agency"))
    facts = report.frozen.defer("annexes").first().facts
    values = values_of(facts) | annex_values(blocks, facts)
    known = {*values, *EXHIBITS}
    faults = {block.pk: _faults(block, known) for block in blocks}
    stands = _stands(blocks, faults)
    numbers = _numbers(blocks, stands)
    rows = tuple(BlockRow(one, stands[one.pk], numbers.get(one.pk, ""), faults[one.pk]) for one in blocks)
    return Contents(rows, facts, values)


def _faults(block: ReportBlock, known: Collection[str]) -> tuple[Fault, ...]:
    return tuple(faults_in(block.text, known, takes_exhibits=block.part == BlockPart.SECTION))


def missing_before_submitting(report: ComposedReport) -> list[BlockRow]:
    """The blocks that keep a report from being submitted: needed ones that say nothing, any with an unknown token."""
    return contents_of(report).missing


def _stands(blocks: Sequence[ReportBlock], faults: Mapping[int, tuple]) -> dict[int, BlockStand]:
    """How each block stands; a heading stands as what lies within it does."""
    stands = {block.pk: _own_stand(block, faults[block.pk]) for block in blocks}
    for place, block in enumerate(blocks):
        if stands[block.pk] is BlockStand.BLANK and any(
            stands[one.pk] not in (BlockStand.BLANK, BlockStand.LEFT_OUT) for one in inside(blocks, place)
        ):
            stands[block.pk] = BlockStand.GENERATED
    return stands


def _own_stand(block: ReportBlock, faults: tuple) -> BlockStand:
    if not block.is_included:
        return BlockStand.LEFT_OUT
    if faults:
        return BlockStand.UNKNOWN
    if block.part == BlockPart.ANNEX:
        return BlockStand.GENERATED
    if not block.text.strip():
        return BlockStand.EMPTY if block.is_needed or block.is_added else BlockStand.BLANK
    return BlockStand.EDITED if block.is_own else BlockStand.GENERATED


def inside(blocks: Sequence[ReportBlock], place: int) -> Iterable[ReportBlock]:
    """What lies within a section: the deeper blocks that follow it."""
    block = blocks[place]
    for one in blocks[place + 1 :]:
        if one.part != BlockPart.SECTION or one.level <= block.level:
            return
        yield one


def _numbers(blocks: Sequence[ReportBlock], stands: Mapping[int, BlockStand]) -> dict[int, str]:
    """The number of each section as it will be printed, with those above it: II.2.a."""
    unprinted = (BlockStand.LEFT_OUT, BlockStand.BLANK)
    printed = [one for one in blocks if one.part == BlockPart.SECTION and stands[one.pk] not in unprinted]
    return dict(_numbered(nested(printed), ""))


def _numbered(nodes: Sequence[tuple[ReportBlock, list]], above: str) -> Iterator[tuple[int, str]]:
    for place, (block, within) in enumerate(nodes):
        number = number_of(block.level, place, len(nodes))
        path = f"{above}.{number}" if above and number else number
        yield block.pk, path
        yield from _numbered(within, path)
