"""A person writes a block, or goes back to what the portal wrote, and forward again."""

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.models import Membership
from records import clock
from records.audit.enums import AuditAction
from records.audit.services import record
from records.errors import RuleBroken
from reports.composed.models import ComposedReport, ReportBlock
from reports.composed.tokens import has_marks
from reports.composer.services.locking import block_of, to_write

LONGEST_TEXT, LONGEST_HEADING = 20_000, 300


@transaction.atomic
def write_block(
    report: ComposedReport, block: ReportBlock, *, actor: Membership, revision: int, text: str, heading: str
) -> ReportBlock:
    """Keep a person's words for a block; from then on they are printed, and the block is marked as edited.

    Rule: R-COMPOSE-4. Words that are the portal's own again take the mark away.
    Raises: NotAllowed; Conflict where somebody saved the block meanwhile; RuleBroken naming the field.
    """
    report = to_write(report, actor)
    block = block_of(report, block, revision)
    text, heading = text.strip(), " ".join(heading.split())
    if len(text) > LONGEST_TEXT:
        raise RuleBroken(_("At most 20000 characters"), "text")
    if block.heading:
        check_heading(heading)
    if text == block.text and heading == block.heading:
        return block
    is_own = block.is_added or text != block.generated.strip() or heading != block.heading
    return _kept(block, actor, heading=heading, own=text if is_own else block.own, is_own=is_own)


@transaction.atomic
def choose_words(
    report: ComposedReport, block: ReportBlock, *, actor: Membership, revision: int, own: bool
) -> ReportBlock:
    """Print what the portal wrote, or what a person wrote; the other text stays one click away.

    Raises: NotAllowed; Conflict; RuleBroken where a person wrote nothing yet.
    """
    report = to_write(report, actor)
    block = block_of(report, block, revision)
    if own and not block.own:
        raise RuleBroken(_("Nobody has edited this part yet."))
    if block.is_added and not own:
        raise RuleBroken(_("This part was added by hand; the portal has no words of its own for it."))
    return block if block.is_own == own else _kept(block, actor, is_own=own)


def check_heading(heading: str) -> None:
    """A heading says something, on one line, and carries no figures: they stand in the text below it.

    Raises: RuleBroken.
    """
    if not heading:
        raise RuleBroken(_("Enter the heading"), "heading")
    if len(heading) > LONGEST_HEADING:
        raise RuleBroken(_("At most 300 characters"), "heading")
    if has_marks(heading):
        raise RuleBroken(_("A heading carries no figures in braces; write them in the text"), "heading")


def _kept(block: ReportBlock, actor: Membership, **facts) -> ReportBlock:
    before = {"text": block.text, "heading": block.heading, "is_own": block.is_own}
    for name, value in facts.items():
        setattr(block, name, value)
    block.edited_at, block.edited_by, block.revision = clock.now(), actor, block.revision + 1
    block.save(update_fields=[*facts, "edited_at", "edited_by", "revision"])
    after = {"text": block.text, "heading": block.heading, "is_own": block.is_own}
    record(AuditAction.CHANGED, actor=actor, about=block, before=before, after=after)
    return block
