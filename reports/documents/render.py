"""From a paper's dataclass to the HTML that the PDF engine prints. All text is escaped by the templates."""

from collections.abc import Iterator, Sequence

from django.template.loader import render_to_string

from reports.documents.comment_table import TablePaper
from reports.documents.comparison_paper import ComparisonPaper
from reports.documents.layout_profiles import ND30, PROFILES
from reports.documents.papers import Paper, ProgramPaper, ReportPaper, SignatureBlock

_TEMPLATES = {ProgramPaper: "reports/papers/program.html", ReportPaper: "reports/papers/report.html"}
# Letters of a symbol that still leave the place and day under the national heading.
LONG_SYMBOL = 21
ROWS_ON_SHEET = 4


def paper_html(paper: Paper) -> str:
    """The whole document, self-contained but for bundled files."""
    profile = PROFILES[paper.profile_code]
    return render_to_string(
        _TEMPLATES[type(paper)],
        {
            "paper": paper,
            "head": paper.letterhead,
            "properties": list(profile.custom_properties()),
            "signature_sheets": list(signature_sheets(paper.signatures)),
            "widths": sorted({column.width_percent for table in paper.tables() for column in table.columns}),
            "across": _across(len(paper.signatures)),
            "number_is_long": len(paper.letterhead.symbol) > LONG_SYMBOL,
        },
    )


def table_html(paper: TablePaper) -> str:
    """A paper that is a table, on landscape pages of the same typeface and margins."""
    widths = sorted({column.width_percent for table in paper.tables() for column in table.columns})
    properties = list(ND30.custom_properties())
    return render_to_string(
        "reports/papers/table_paper.html", {"paper": paper, "widths": widths, "properties": properties}
    )


def comparison_html(paper: ComparisonPaper) -> str:
    """Two versions side by side, on landscape pages of the same typeface and margins."""
    properties = list(ND30.custom_properties())
    return render_to_string(
        "reports/papers/comparison.html", {"paper": paper, "widths": (20, 40, 40), "properties": properties}
    )


def plain_html(title: str, paragraphs: Sequence[str]) -> str:
    """A sheet of running text that is no official paper, in the typeface and margins of one."""
    properties = list(ND30.custom_properties())
    return render_to_string(
        "reports/papers/plain.html", {"title": title, "paragraphs": paragraphs, "properties": properties}
    )


def signature_sheets(blocks: Sequence[SignatureBlock]) -> Iterator[list[list[tuple[int, SignatureBlock]]]]:
    """The blocks in sheets of rows, each block with its turn, the first of a row printed at the right.

    Rule: the lead agency at the top right, then leftward and downward in signing order; three sign side by side,
    any other number in rows of two; eight at most on a sheet, which is printed whole.
    """
    across = _across(len(blocks))
    numbered = list(enumerate(blocks, start=1))
    rows = [numbered[start : start + across] for start in range(0, len(numbered), across)]
    for start in range(0, len(rows), ROWS_ON_SHEET):
        yield rows[start : start + ROWS_ON_SHEET]


def _across(signers: int) -> int:
    return {1: 1, 3: 3}.get(signers, 2)
