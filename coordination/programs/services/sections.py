"""Writing the text of a program section by section."""

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from agencies.access.decisions import require
from agencies.models import Membership
from coordination.programs.models import NUMBERING_LENGTH, Program, Section
from coordination.programs.permissions import can_edit_program
from coordination.programs.queries import outline_of
from coordination.programs.services.doors import locked, must_be_editable, must_be_revision
from records.audit.enums import AuditAction
from records.audit.services import record
from records.errors import Conflict, RuleBroken

MOST_SECTIONS = 1_000
_OUT_OF_THE_WAY = 10_000


@transaction.atomic
def write_section(
    program: Program,
    *,
    actor: Membership,
    numbering: str,
    heading: str,
    body: str = "",
    parent: Section | None = None,
    after: Section | None = None,
) -> Section:
    """Add a section at the end of the text, a sub-item at the end of its section, or either behind the one named.

    Raises: NotAllowed; Conflict when the text is no longer open; RuleBroken for an empty section.
    """
    program = locked(program, actor=actor)
    require(can_edit_program(actor, program))
    must_be_editable(program)
    for name, place in (("parent", parent), ("after", after)):
        if place is not None and place.program_id != program.pk:
            raise RuleBroken(_("Choose one of the listed values"), name)
    parent = after.parent if after else parent
    section = Section(program=program, parent=parent, numbering=numbering, heading=heading, body=body)
    _check(section)
    section.position = _make_room(program, after or parent)
    section.save(force_insert=True)
    record(AuditAction.CHANGED, actor=actor, about=program, after={"section": str(section), "body": body})
    return section


@transaction.atomic
def edit_section(
    section: Section, *, actor: Membership, revision: int, numbering: str, heading: str, body: str
) -> Section:
    """Change the number, heading and text of a section.

    Raises: NotAllowed; Conflict when the section was changed or the text closed meanwhile; RuleBroken.
    """
    program = locked(section.program, actor=actor)
    require(can_edit_program(actor, program))
    must_be_editable(program)
    section = locked_section(section)
    must_be_revision(section, revision)
    before = {"section": str(section), "body": section.body}
    section.numbering, section.heading, section.body = numbering, heading, body
    _check(section)
    section.revision += 1
    section.save(update_fields=["numbering", "heading", "body", "revision"])
    record(
        AuditAction.CHANGED, actor=actor, about=program, before=before, after={"section": str(section), "body": body}
    )
    return section


def locked_section(section: Section) -> Section:
    """The section's row as it is now, locked until the transaction ends.

    Raises: Conflict when somebody has deleted it meanwhile.
    """
    found = Section.objects.select_for_update(of=("self",)).filter(pk=section.pk).first()
    if found is None:
        raise Conflict(_("Someone else has meanwhile deleted this section."))
    return found


def _check(section: Section) -> None:
    if not section.heading.strip() and not section.body.strip():
        raise RuleBroken(_("Write a heading or the text of the section"), "heading")
    if len(section.heading) > 300:
        raise RuleBroken(_("The heading is too long"), "heading")
    if len(section.numbering) > NUMBERING_LENGTH:
        raise RuleBroken(_("The number of a section has at most 20 characters"), "numbering")


def _make_room(program: Program, behind: Section | None) -> int:
    """The place behind a section and all it holds, or at the end: positions run in reading order, later ones step back.

    Raises: RuleBroken when the text has as many sections as it can.
    """
    entries = outline_of(program)
    if len(entries) >= MOST_SECTIONS:
        raise RuleBroken(_("The text has 1,000 sections already; join some of them"))
    places = [entry.section.pk for entry in entries]
    if behind is None or behind.pk not in places:
        return (entries[-1].section.position if entries else 0) + 1
    at = places.index(behind.pk)
    depth = entries[at].depth
    following = entries[at + 1 :]
    inside = next((count for count, entry in enumerate(following) if entry.depth <= depth), len(following))
    last = entries[at + inside].section.position
    later = program.sections.filter(position__gt=last)
    later.update(position=F("position") + _OUT_OF_THE_WAY)
    program.sections.filter(position__gt=_OUT_OF_THE_WAY).update(position=F("position") - _OUT_OF_THE_WAY + 1)
    return last + 1
