"""Named reads about workbooks: the rows that go out, and what was sent back."""

from coordination.workbooks.queries.home import HomePage, home_page
from coordination.workbooks.queries.rows import Book, BookRow, agency_book, program_book

__all__ = ["Book", "BookRow", "HomePage", "agency_book", "home_page", "program_book"]
