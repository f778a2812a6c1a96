"""Named reads about task tables: what a file holds and what would become of each row."""

from coordination.intake.queries import history
from coordination.intake.queries.agencies import AgencyNames, names_for
from coordination.intake.queries.areas import areas_for
from coordination.intake.queries.checking import Preview, RowSeen, preview_of
from coordination.intake.queries.faults import Fault
from coordination.intake.queries.grids import grids_in, grids_of
from coordination.intake.queries.layouts import head_for
from coordination.intake.queries.page import TablePage, table_page
from coordination.intake.queries.undoing import undo_until

__all__ = [
    "AgencyNames",
    "Fault",
    "Preview",
    "RowSeen",
    "TablePage",
    "areas_for",
    "grids_in",
    "grids_of",
    "head_for",
    "history",
    "names_for",
    "preview_of",
    "table_page",
    "undo_until",
]
