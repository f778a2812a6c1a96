"""Which blocks a report has, and in which order: left out and taken in, moved, added, removed."""

from itertools import takewhile

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.models import Membership
from records.audit.enums import AuditAction
from records.audit.services import record
from records.errors import RuleBroken
from reports.composed.enums import BlockPart
from reports.composed.models import ComposedReport, ReportBlock
from reports.composer.services.locking import block_of, to_write
from reports.composer.services.writing import check_heading

MOST_BLOCKS = 400
UP, DOWN = "up", "down"


@transaction.atomic
def settle_block(
    report: ComposedReport, block: ReportBlock, *, actor: Membership, revision: int, is_included: bool
) -> ReportBlock:
    """Leave a block and what lies within it out of the paper, or take them in again; their texts stay as they are.

    Raises: NotAllowed; Conflict; RuleBroken for the opening, the closing and the recipients, which every paper has.
    """
    report = to_write(report, actor)
    block = block_of(report, block, revision)
    if block.part not in (BlockPart.SECTION, BlockPart.ANNEX) and not is_included:
        raise RuleBroken(_("Every report has an opening, a closing and recipients."))
    if block.is_included == is_included:
        return block
    for one in (block, *_inside(list(report.blocks.all()), block)):
        one.is_included, one.revision = is_included, one.revision + 1
        one.save(update_fields=["is_included", "revision"])
    told = {"is_included": is_included}
    record(AuditAction.CHANGED, actor=actor, about=block, before={"is_included": not is_included}, after=told)
    return block


@transaction.atomic
def move_block(report: ComposedReport, block: ReportBlock, *, actor: Membership, revision: int, move: str) -> None:
    """Move a block, with all that lies within it, before or behind its neighbour of the same level.

    Raises: NotAllowed; Conflict; RuleBroken where there is nothing to change places with.
    """
    report = to_write(report, actor)
    block = block_of(report, block, revision)
    groups = _siblings(list(report.blocks.all()), block)
    place = next(place for place, group in enumerate(groups) if group[0].pk == block.pk)
    other = place + (-1 if move == UP else 1)
    if block.part not in (BlockPart.SECTION, BlockPart.ANNEX) or not 0 <= other < len(groups):
        raise RuleBroken(_("There is nothing in this direction to change places with."))
    first, second = sorted((place, other))
    positions = sorted(one.position for group in groups[first : second + 1] for one in group)
    moved = [*groups[second], *groups[first]]
    for one, position in zip(moved, positions, strict=True):
        one.position = position
    ReportBlock.objects.bulk_update(moved, ["position"])
    _touch(report)
    record(AuditAction.CHANGED, actor=actor, about=block, before={}, after={"place": _label(groups[other][0], move)})


@transaction.atomic
def add_block(
    report: ComposedReport, *, actor: Membership, heading: str, level: int, after: ReportBlock
) -> ReportBlock:
    """Add a part of the office's own behind another one and all that lies within it.

    Raises: NotAllowed; RuleBroken naming the field.
    """
    report = to_write(report, actor)
    heading = " ".join(heading.split())
    check_heading(heading)
    blocks = list(report.blocks.all())
    place = next((place for place, one in enumerate(blocks) if one.pk == after.pk), None)
    if place is None or after.part != BlockPart.SECTION:
        raise RuleBroken(_("Choose the part it follows"), "after")
    if level not in (1, 2, 3) or level > after.level + 1:
        raise RuleBroken(_("A part lies one level below the one it follows at most"), "level")
    if len(blocks) >= MOST_BLOCKS:
        raise RuleBroken(_("A report has at most 400 parts"), "heading")
    own = [int(one.key.removeprefix("rieng-")) for one in blocks if one.is_added]
    block = ReportBlock(report=report, key=f"rieng-{max(own, default=0) + 1}", level=level, heading=heading)
    block.is_own = True
    blocks.insert(place + 1 + len(_within(blocks, place, min(level, after.level))), block)
    for position, one in enumerate(blocks, start=1):
        one.position = position
    ReportBlock.objects.bulk_update([one for one in blocks if one.pk], ["position"])
    block.save()
    _touch(report)
    record(AuditAction.CREATED, actor=actor, about=block, after={"heading": heading, "is_own": True})
    return block


@transaction.atomic
def remove_block(report: ComposedReport, block: ReportBlock, *, actor: Membership, revision: int) -> None:
    """Remove a part somebody added; the portal's own parts are left out instead.

    Raises: NotAllowed; Conflict; RuleBroken.
    """
    report = to_write(report, actor)
    block = block_of(report, block, revision)
    if not block.is_added:
        raise RuleBroken(_("Only a part that was added by hand is removed. Leave this one out instead."))
    told = {"heading": block.heading, "text": block.text}
    record(AuditAction.CHANGED, actor=actor, about=report, before=told, after={"heading": "", "text": ""})
    block.delete()
    _touch(report)


def _siblings(blocks: list[ReportBlock], block: ReportBlock) -> list[list[ReportBlock]]:
    """The blocks of one level under the same one, each with what lies within it."""
    at = next(place for place, one in enumerate(blocks) if one.pk == block.pk)
    before = list(takewhile(lambda one: _is_beside(one, block), reversed(blocks[:at])))
    after = takewhile(lambda one: _is_beside(one, block), blocks[at:])
    groups: list[list[ReportBlock]] = []
    for one in (*reversed(before), *after):
        if one.level == block.level or not groups:
            groups.append([one])
        else:
            groups[-1].append(one)
    return groups


def _is_beside(one: ReportBlock, block: ReportBlock) -> bool:
    return one.part == block.part and one.level >= block.level


def _inside(blocks: list[ReportBlock], block: ReportBlock) -> list[ReportBlock]:
    """What lies within a block."""
    place = next(place for place, one in enumerate(blocks) if one.pk == block.pk)
    return _within(blocks, place, block.level) if block.part == BlockPart.SECTION else []


def _within(blocks: list[ReportBlock], place: int, level: int) -> list[ReportBlock]:
    """The sections behind a place that are deeper than a level, up to the first that is not."""
    return list(takewhile(lambda one: one.part == BlockPart.SECTION and one.level > level, blocks[place + 1 :]))


def _touch(report: ComposedReport) -> None:
    report.revision += 1
    report.save(update_fields=["revision"])


def _label(other: ReportBlock, move: str) -> str:
    words = _("before “%(part)s”") if move == UP else _("behind “%(part)s”")
    return words % {"part": other}
