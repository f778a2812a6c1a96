"""Keeping what someone types before it is saved, and letting it go."""

from datetime import timedelta

from django.db import transaction

from agencies.access.decisions import require, unseen
from agencies.models import Membership
from coordination.drafting.models import SectionDraft
from coordination.programs.models import Program, Section
from coordination.programs.permissions import can_edit_program
from coordination.programs.services.doors import must_be_editable
from records import clock
from records.errors import NotAllowed

KEPT_DAYS = 30


@transaction.atomic
def keep_draft(
    program: Program,
    *,
    actor: Membership,
    section: Section | None,
    numbering: str = "",
    heading: str = "",
    body: str = "",
    revision: int = 0,
) -> SectionDraft | None:
    """Keep what the actor has typed into a section, or into a new one; None when it is what the section says already.

    Why no entry: it is nobody's act but typing, seen by its writer alone and written every few seconds; the entry is
    left by the save that makes it part of the program. Drafts nobody came back to for 30 days go.
    Raises: NotAllowed; Conflict when the text is no longer open.
    """
    _must_be_open(program, actor)
    place = section.pk if section else SectionDraft.NEW
    typed = {"numbering": numbering, "heading": heading, "body": body}
    SectionDraft.objects.filter(saved_at__lt=clock.machine_now() - timedelta(days=KEPT_DAYS)).delete()
    if _says_already(section, typed):
        drop_draft(program, member=actor, place=place)
        return None
    facts = {**typed, "section": section, "on_revision": revision, "saved_at": clock.machine_now()}
    draft, _is_new = SectionDraft.objects.update_or_create(member=actor, program=program, place=place, defaults=facts)
    return draft


def drop_draft(program: Program, *, member: Membership, place: int) -> None:
    """Let go what a member has typed and not saved; only the writer's own row is touched.

    Why no entry: see `keep_draft`.
    """
    SectionDraft.objects.filter(member=member, program=program, place=place).delete()


def _says_already(section: Section | None, typed: dict[str, str]) -> bool:
    """Whether the typed text is the saved one, or nothing at all in a new section."""
    if section is None:
        return not any(value.strip() for value in typed.values())
    return all(value == getattr(section, name) for name, value in typed.items())


def _must_be_open(program: Program, actor: Membership) -> None:
    """Asked without locking the program: typing must never make those wait who save."""
    found = Program.objects.visible_to(actor).filter(pk=program.pk).first()
    if found is None:
        raise NotAllowed(unseen())
    require(can_edit_program(actor, found))
    must_be_editable(found)
