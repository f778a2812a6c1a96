"""The pages of the drafting room."""

from coordination.drafting.views.background import program_presence, section_draft
from coordination.drafting.views.orders import program_bases, program_parties
from coordination.drafting.views.page import program_edit, program_step
from coordination.drafting.views.pasting import program_paste, program_paste_preview
from coordination.drafting.views.places import section_place, section_task
from coordination.drafting.views.sections import section_add, section_delete, section_edit

__all__ = [
    "program_bases",
    "program_edit",
    "program_parties",
    "program_paste",
    "program_paste_preview",
    "program_presence",
    "program_step",
    "section_add",
    "section_delete",
    "section_draft",
    "section_edit",
    "section_place",
    "section_task",
]
