"""Named reads about reports being written."""

from reports.composer.queries.awaited import SOURCE
from reports.composer.queries.contents import BlockRow, Contents, contents_of, missing_before_submitting
from reports.composer.queries.figures import Shift, shifts
from reports.composer.queries.history import history_of
from reports.composer.queries.lists import Written, is_issued, issuers_of, paper_address, writing_address, written_in
from reports.composer.queries.templates import (
    TEMPLATE_PARTS,
    UNNUMBERED_PARTS,
    TemplateRow,
    agencies_written_for,
    known_in_templates,
    template_rows,
)

__all__ = [
    "SOURCE",
    "TEMPLATE_PARTS",
    "UNNUMBERED_PARTS",
    "BlockRow",
    "Contents",
    "Shift",
    "TemplateRow",
    "Written",
    "agencies_written_for",
    "contents_of",
    "history_of",
    "is_issued",
    "issuers_of",
    "known_in_templates",
    "missing_before_submitting",
    "paper_address",
    "shifts",
    "template_rows",
    "writing_address",
    "written_in",
]
