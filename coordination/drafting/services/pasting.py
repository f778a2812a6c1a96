"""Keeping a pasted text until its writer has looked at what would become of it, and writing it."""

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from agencies.access.decisions import require
from agencies.models import Membership
from coordination.drafting import pasting
from coordination.drafting.models import PastedText
from coordination.drafting.services.structure import MOST_DEPTH
from coordination.programs import services as programs
from coordination.programs.models import Program, Section
from coordination.programs.permissions import can_edit_program
from coordination.programs.queries import outline_of
from coordination.programs.services.doors import locked, must_be_editable
from coordination.programs.services.sections import MOST_SECTIONS
from records import clock
from records.audit.enums import AuditAction
from records.audit.services import record
from records.errors import Conflict, RuleBroken

_OUT_OF_THE_WAY = 10_000


@transaction.atomic
def keep_paste(program: Program, *, actor: Membership, text: str, parent: Section | None = None) -> PastedText:
    """Keep a pasted text for its preview, one for each writer and program.

    Why no entry: nothing of the program changes before the writer confirms, and nobody else sees it.
    Raises: NotAllowed; Conflict when the text is no longer open.
    """
    program = locked(program, actor=actor)
    require(can_edit_program(actor, program))
    must_be_editable(program)
    facts = {"text": "\n".join(pasting.cleaned(text)), "parent": parent, "pasted_at": clock.machine_now()}
    pasted, _is_new = PastedText.objects.update_or_create(member=actor, program=program, defaults=facts)
    return pasted


def drop_paste(program: Program, *, member: Membership) -> None:
    """Let go a pasted text that was not confirmed; only the writer's own row is touched.

    Why no entry: see `keep_paste`.
    """
    PastedText.objects.filter(member=member, program=program).delete()


@transaction.atomic
def write_paste(pasted: PastedText, *, actor: Membership, digest: str) -> list[Section]:
    """Write the sections of a pasted text at the end of its section, or of the text, and its legal bases.

    Rule: what is written is what was shown; `digest` is that of the outline the writer confirmed.
    Raises: NotAllowed; Conflict when it is another outline or the text closed; RuleBroken naming what is wrong.
    """
    program = locked(pasted.program, actor=actor)
    require(can_edit_program(actor, program))
    must_be_editable(program)
    if not PastedText.objects.select_for_update(of=("self",)).filter(pk=pasted.pk, text=pasted.text).exists():
        raise Conflict(_("The pasted text was written or replaced in another window already."))
    outline = pasting.read(pasted.text)
    if outline.digest != digest:
        raise Conflict(_("The pasted text is another one than the preview showed. Look at the preview again."))
    if outline.faults:
        raise RuleBroken(" ".join(outline.faults))
    sections = _write(program, outline, pasted.parent)
    drop_paste(program, member=pasted.member)
    if sections:
        told = {"sections_pasted": [str(section) for section in sections], "body": pasted.text}
        record(AuditAction.CHANGED, actor=actor, about=program, after=told)
    if outline.bases:
        texts = [basis.text for basis in program.legal_bases.all()]
        programs.set_legal_bases(program, actor=actor, texts=[*texts, *outline.bases])
    return sections


def _write(program: Program, outline: pasting.Outline, parent: Section | None) -> list[Section]:
    entries = outline_of(program)
    depths = {entry.section.pk: entry.depth for entry in entries}
    depth = depths.get(parent.pk, 0) if parent else 0
    if len(entries) + len(outline.parts) > MOST_SECTIONS:
        raise RuleBroken(_("The text would have more than 1,000 sections; join some of them"))
    if depth + max((part.depth for part in outline.parts), default=0) > MOST_DEPTH:
        raise RuleBroken(_("The text would be nested more than 8 deep"))
    place = _room_for(program, entries, parent, len(outline.parts))
    above: list[Section | None] = [parent]
    written = []
    for part in outline.parts:
        del above[part.depth :]
        section = Section(
            program=program,
            parent=above[-1],
            position=place + len(written),
            numbering=part.numbering,
            heading=part.heading,
            body=part.body,
        )
        section.save(force_insert=True)
        above.append(section)
        written.append(section)
    return written


def _room_for(program: Program, entries: list, parent: Section | None, count: int) -> int:
    """The first of `count` free places behind all a section holds, or at the end; later sections step back."""
    places = [entry.section.pk for entry in entries]
    if parent is None or parent.pk not in places:
        return (entries[-1].section.position if entries else 0) + 1
    at = places.index(parent.pk)
    inside = next(
        (n for n, one in enumerate(entries[at + 1 :]) if one.depth <= entries[at].depth), len(entries[at + 1 :])
    )
    last = entries[at + inside].section.position
    program.sections.filter(position__gt=last).update(position=F("position") + _OUT_OF_THE_WAY)
    stepped = program.sections.filter(position__gt=_OUT_OF_THE_WAY)
    stepped.update(position=F("position") - _OUT_OF_THE_WAY + count)
    return last + 1
