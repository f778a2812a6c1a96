"""Every act of the drafting room, asked of a program in one of its states."""

from collections.abc import Callable

from agencies.models import Membership
from coordination.drafting import pasting
from coordination.drafting import services as drafting
from coordination.drafting.models import PastedText
from coordination.programs.models import Program, Section

TEXT = "III. NỘI DUNG\n1. Một"


def acts(program: Program, section: Section) -> dict[str, Callable[[Membership], object] | None]:
    """Each service by its name; the rows it is asked about are the program's first."""
    basis, party, task = program.legal_bases.first(), program.parties.first(), program.tasks.first()
    revision, second = program.revision, program.sections.exclude(pk=section.pk).filter(parent=None).first()
    text = {"numbering": "I", "heading": "Khác", "body": ""}
    return {
        "keep_draft": lambda actor: drafting.keep_draft(program, actor=actor, section=section, revision=1, **text),
        "be_present": lambda actor: drafting.be_present(program, actor=actor, section=section),
        "save_section": lambda actor: drafting.save_section(section, actor=actor, revision=1, **text),
        "add_section": lambda actor: drafting.add_section(program, actor=actor, **text),
        "move_section": lambda actor: drafting.move_section(section, actor=actor, revision=1, move="down"),
        "place_section": lambda actor: drafting.place_section(section, actor=actor, revision=1, parent=second),
        "delete_section": lambda actor: drafting.delete_section(section, actor=actor, revision=1),
        "move_task": lambda actor: drafting.move_task(task, actor=actor, revision=task.revision, section=second),
        "add_legal_basis": lambda actor: drafting.add_legal_basis(
            program, actor=actor, revision=revision, text="Luật C."
        ),
        "move_legal_basis": lambda actor: drafting.move_legal_basis(basis, actor=actor, revision=revision, move="down"),
        "remove_legal_basis": lambda actor: drafting.remove_legal_basis(basis, actor=actor, revision=revision),
        "move_party": lambda actor: drafting.move_party(
            party, actor=actor, revision=revision, order=drafting.SIGNING, move="down"
        ),
        "keep_paste": lambda actor: drafting.keep_paste(program, actor=actor, text=TEXT),
        # Nobody has pasted anything, so whoever may write finds it gone.
        "write_paste": lambda actor: drafting.write_paste(
            PastedText(program=program, member=actor, text=TEXT), actor=actor, digest=pasting.read(TEXT).digest
        ),
    }
