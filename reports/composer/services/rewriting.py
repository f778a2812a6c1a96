"""The words the portal writes, put into the blocks of a report; what people wrote stays beside them."""

from dataclasses import dataclass

from reports.composed.models import ComposedReport, ReportBlock
from reports.documents.report_draft import DraftBlock

_FROM_DRAFT = {"heading": "heading", "generated": "text", "part": "part", "level": "level", "is_needed": "is_needed"}


@dataclass(frozen=True)
class Rewritten:
    """How many blocks the portal wrote anew, added and took away."""

    changed: int
    added: int
    removed: int


def rewrite(report: ComposedReport, draft: list[DraftBlock]) -> Rewritten:
    """Bring the portal's own words up to a draft.

    Building block: whoever calls it records. Rule: R-COMPOSE-4. A block a person edited keeps that text and stays
    marked; only the words behind it change. A block the draft no longer has goes, unless a person edited or added it.
    Headings of edited blocks and places are kept: a place is given to new blocks only.
    """
    kept = {block.key: block for block in report.blocks.all()}
    changed = [block for one in draft if (block := kept.get(one.key)) is not None and _differs(block, one)]
    for block in changed:
        _take_over(block, next(one for one in draft if one.key == block.key))
    ReportBlock.objects.bulk_update(changed, [*_FROM_DRAFT, "revision"])
    added = _added(report, draft, kept)
    gone = [block for key, block in kept.items() if _is_gone(block, {one.key for one in draft})]
    report.blocks.filter(pk__in=[block.pk for block in gone]).delete()
    return Rewritten(len(changed), added, len(gone))


def _differs(block: ReportBlock, one: DraftBlock) -> bool:
    return any(getattr(block, column) != getattr(one, name) for column, name in _wanted(block).items())


def _wanted(block: ReportBlock) -> dict[str, str]:
    """What a draft says of a block that is there; the heading of an edited one is the person's."""
    return {column: name for column, name in _FROM_DRAFT.items() if column != "heading" or not block.is_own}


def _take_over(block: ReportBlock, one: DraftBlock) -> None:
    is_read_by_someone = not block.is_own and block.generated != one.text
    for column, name in _wanted(block).items():
        setattr(block, column, getattr(one, name))
    block.revision += is_read_by_someone


def _added(report: ComposedReport, draft: list[DraftBlock], kept: dict[str, ReportBlock]) -> int:
    """New blocks take the place behind the one the draft has before them; the others make room in the same order."""
    order = sorted(kept.values(), key=lambda block: (block.position, block.pk))
    added, before = 0, None
    for one in draft:
        block = kept.get(one.key)
        if block is None:
            block = ReportBlock(report=report, key=one.key, is_included=one.is_included)
            _take_over(block, one)
            block.revision = 1
            order.insert(order.index(before) + 1 if before in order else 0, block)
            added += 1
        before = block
    if added:
        for place, block in enumerate(order, start=1):
            block.position = place
        ReportBlock.objects.bulk_update([block for block in order if block.pk], ["position"])
        ReportBlock.objects.bulk_create([block for block in order if not block.pk])
    return added


def _is_gone(block: ReportBlock, keys: set[str]) -> bool:
    return block.key not in keys and not block.is_own and not block.is_added
