"""Saving what was typed, and letting go of the draft of it."""

from django.db import transaction

from agencies.models import Membership
from coordination.drafting.models import SectionDraft
from coordination.drafting.services.drafts import drop_draft
from coordination.programs import services as programs
from coordination.programs.models import Program, Section


@transaction.atomic
def save_section(
    section: Section, *, actor: Membership, revision: int, numbering: str, heading: str, body: str
) -> Section:
    """Change a section and let go of what its writer had not saved.

    Why no entry: `edit_section` leaves it.
    Raises: NotAllowed; Conflict; RuleBroken.
    """
    saved = programs.edit_section(
        section, actor=actor, revision=revision, numbering=numbering, heading=heading, body=body
    )
    drop_draft(section.program, member=actor, place=section.pk)
    return saved


@transaction.atomic
def add_section(
    program: Program,
    *,
    actor: Membership,
    numbering: str,
    heading: str,
    body: str = "",
    parent: Section | None = None,
    after: Section | None = None,
    place: int = SectionDraft.NEW,
) -> Section:
    """Add a section and let go of what its writer had not saved; `place` tells of which draft it was made.

    Why no entry: `write_section` leaves it.
    Raises: NotAllowed; Conflict; RuleBroken.
    """
    section = programs.write_section(
        program, actor=actor, numbering=numbering, heading=heading, body=body, parent=parent, after=after
    )
    for kept in {place, SectionDraft.NEW}:
        drop_draft(program, member=actor, place=kept)
    return section
