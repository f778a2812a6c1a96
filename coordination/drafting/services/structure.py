"""Putting the sections of a text in order: up and down, into another section and out of it, and away."""

from collections.abc import Callable
from enum import StrEnum

from django.db import transaction
from django.db.models import F, ProtectedError
from django.utils.translation import gettext as _

from agencies.access.decisions import require
from agencies.models import Membership
from coordination.programs.models import Program, Section
from coordination.programs.permissions import can_edit_program
from coordination.programs.queries import outline_of
from coordination.programs.services.doors import locked, must_be_editable, must_be_revision
from coordination.programs.services.sections import locked_section
from records.audit.enums import AuditAction
from records.audit.services import record
from records.errors import RuleBroken

MOST_DEPTH = 8
_NAMED = 5
_OUT_OF_THE_WAY = 10_000


class Move(StrEnum):
    """A step a section takes in its text. Its number stays as given; order is separate from it."""

    UP = "up"
    DOWN = "down"
    IN = "in"
    OUT = "out"


@transaction.atomic
def move_section(section: Section, *, actor: Membership, revision: int, move: str) -> Section:
    """Move a section, with all it holds, one place up or down, into the section before it, or out of its own.

    Raises: NotAllowed; Conflict when it was changed, moved or deleted, or the text closed meanwhile; RuleBroken.
    """
    program, section = _opened(section, actor, revision)
    if move not in set(Move):
        raise RuleBroken(_("Choose one of the listed values"))
    return _rearrange(program, section, _MOVES[Move(move)], actor=actor)


@transaction.atomic
def place_section(
    section: Section, *, actor: Membership, revision: int, parent: Section | None, after: Section | None = None
) -> Section:
    """Put a section, with all it holds, behind another one, or at the end of a section, or of the text.

    Raises: NotAllowed; Conflict; RuleBroken when it would lie in itself or too deep.
    """
    program, section = _opened(section, actor, revision)
    for place in (parent, after):
        if place is not None and place.program_id != program.pk:
            raise RuleBroken(_("Choose one of the listed values"), "parent")

    def put(order: list[Section], block: list[Section]) -> list[Section]:
        target = after or parent
        if target in block:
            raise RuleBroken(_("A section cannot lie in itself"), "parent")
        section.parent = after.parent if after else parent
        rest = [one for one in order if one not in block]
        return _behind(rest, target, block)

    return _rearrange(program, section, put, actor=actor)


@transaction.atomic
def delete_section(section: Section, *, actor: Membership, revision: int) -> None:
    """Delete a section with all it holds. The audit keeps the text; what others have typed there stays theirs.

    Raises: NotAllowed; Conflict; RuleBroken while tasks hang on it, or comments nobody has answered.
    """
    program, section = _opened(section, actor, revision)
    block = _block([entry.section for entry in outline_of(program)], section)
    gone, name = [{"section": str(one), "body": one.body} for one in block], str(section)
    if _has_unanswered_comments(program, block):
        raise RuleBroken(_("Comments on this section are not answered yet. Answer them first."))
    try:
        section.delete()
    except ProtectedError as protected:
        raise RuleBroken(_what_hangs_on(protected)) from protected
    record(AuditAction.CHANGED, actor=actor, about=program, before={"texts": gone}, after={"section_deleted": name})


def _opened(section: Section, actor: Membership, revision: int) -> tuple[Program, Section]:
    program = locked(section.program, actor=actor)
    require(can_edit_program(actor, program))
    must_be_editable(program)
    section = locked_section(section)
    must_be_revision(section, revision)
    return program, section


def _rearrange(
    program: Program,
    section: Section,
    act: Callable[[list[Section], list[Section]], list[Section]],
    *,
    actor: Membership,
) -> Section:
    """Let `act` put the block of a section elsewhere in the reading order, and write what changed."""
    order = [section if entry.section == section else entry.section for entry in outline_of(program)]
    before = _place_told(order, section)
    order = act(order, _block(order, section))
    _must_fit(order)
    section.revision += 1
    _write(program, order, section)
    record(
        AuditAction.CHANGED,
        actor=actor,
        about=program,
        before=before,
        after={"section_moved": str(section), **_place_told(order, section)},
    )
    return section


def _up(order: list[Section], block: list[Section]) -> list[Section]:
    before = _sibling(order, block[0], -1)
    if before is None:
        raise RuleBroken(_("It is the first in its section already"))
    rest = [one for one in order if one not in block]
    at = rest.index(before)
    return [*rest[:at], *block, *rest[at:]]


def _down(order: list[Section], block: list[Section]) -> list[Section]:
    after = _sibling(order, block[0], 1)
    if after is None:
        raise RuleBroken(_("It is the last in its section already"))
    return _behind([one for one in order if one not in block], after, block)


def _in(order: list[Section], block: list[Section]) -> list[Section]:
    """It lies behind all the one before holds already, so only what it belongs to changes."""
    before = _sibling(order, block[0], -1)
    if before is None:
        raise RuleBroken(_("There is no section before it that could hold it"))
    block[0].parent = before
    return order


def _out(order: list[Section], block: list[Section]) -> list[Section]:
    section = block[0]
    above = next((one for one in order if one.pk == section.parent_id), None)
    if above is None:
        raise RuleBroken(_("It is a main section already"))
    section.parent = above.parent
    return _behind([one for one in order if one not in block], above, block)


_MOVES = {Move.UP: _up, Move.DOWN: _down, Move.IN: _in, Move.OUT: _out}


def _block(order: list[Section], section: Section) -> list[Section]:
    """A section and all it holds, which stand together in reading order."""
    held, block = {section.pk}, [section]
    for one in order[order.index(section) + 1 :]:
        if one.parent_id not in held:
            break
        held.add(one.pk)
        block.append(one)
    return block


def _behind(rest: list[Section], target: Section | None, block: list[Section]) -> list[Section]:
    """The order with a block behind a section and all that one holds; behind everything where none is named."""
    if target is None or target not in rest:
        return [*rest, *block]
    inside = _block(rest, rest[rest.index(target)])
    at = rest.index(inside[-1]) + 1
    return [*rest[:at], *block, *rest[at:]]


def _sibling(order: list[Section], section: Section, step: int) -> Section | None:
    beside = [one for one in order if one.parent_id == section.parent_id]
    at = beside.index(section) + step
    return beside[at] if 0 <= at < len(beside) else None


def _must_fit(order: list[Section]) -> None:
    """Raises: RuleBroken when a section would lie deeper than papers can show."""
    depths: dict[int | None, int] = {None: 0}
    for one in order:
        depths[one.pk] = depths[one.parent_id] + 1
    if max(depths.values()) > MOST_DEPTH:
        raise RuleBroken(_("The text would be nested more than 8 deep"), "parent")


def _write(program: Program, order: list[Section], moved: Section) -> None:
    """Number the places anew. They step out of the way first, because no two may share one even for a moment."""
    program.sections.update(position=F("position") + _OUT_OF_THE_WAY)
    for place, one in enumerate(order, start=1):
        one.position = place
    Section.objects.bulk_update(order, ["position"], batch_size=200)
    moved.save(update_fields=["parent", "revision"])


def _place_told(order: list[Section], section: Section) -> dict[str, str]:
    """Where a section lies, in words: what holds it and what stands before it there."""
    before = _sibling(order, section, -1)
    above = next((one for one in order if one.pk == section.parent_id), None)
    return {"within": str(above or ""), "behind": str(before or "")}


def _has_unanswered_comments(program: Program, block: list[Section]) -> bool:
    """Whether a party still waits for an answer about one of the sections; answered comments quote what they saw."""
    return program.consultation_rounds.filter(
        comments__about="section",
        comments__place_key__in=[one.pk for one in block],
        comments__state="new",
        comments__withdrawn_at=None,
    ).exists()


def _what_hangs_on(protected: ProtectedError) -> str:
    """Which tasks keep a section from being deleted."""
    tasks = sorted(str(getattr(one, "code", one)) for one in protected.protected_objects)
    named = ", ".join(tasks[:_NAMED]) + ("…" if len(tasks) > _NAMED else "")
    return _("Tasks hang on this section: %(tasks)s. Move them to another section first.") % {"tasks": named}
