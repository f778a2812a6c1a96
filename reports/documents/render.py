"""From a paper's dataclass to the HTML that the PDF engine prints. All text is escaped by the templates."""

from collections.abc import Sequence

from django.template.loader import render_to_string

from reports.documents.ceilings import within_ceiling
from reports.documents.comment_table import TablePaper
from reports.documents.comparison_paper import ComparisonPaper
from reports.documents.layout_profiles import ND30
from reports.documents.papers import LetterPaper, Paper, ProgramPaper, ReportPaper
from reports.documents.sheets import across_of, continued_lines, keeps_recipients, signature_sheets
from reports.documents.strip_print import printed_strip

_TEMPLATES = {
    ProgramPaper: "reports/papers/program.html",
    ReportPaper: "reports/papers/report.html",
    LetterPaper: "reports/papers/report.html",
}
# Letters of a symbol that still leave the place and day under the national heading.
LONG_SYMBOL = 21


def paper_html(paper: Paper) -> str:
    """The whole document, self-contained but for bundled files; of long tables the rows one PDF prints."""
    return render_to_string(_TEMPLATES[type(paper)], facts_of(within_ceiling(paper)))


def facts_of(paper: Paper) -> dict[str, object]:
    """What the templates of a paper read, on the page of a PDF and on the sheet of a screen alike."""
    return {
        "paper": paper,
        "head": paper.letterhead,
        "properties": list(paper.profile.custom_properties()),
        "signature_sheets": signature_sheets(paper),
        "continued_lines": continued_lines(paper),
        "keeps_recipients": keeps_recipients(paper),
        "widths": sorted({column.width_percent for table in paper.tables() for column in table.columns}),
        "across": across_of(len(paper.signatures)),
        "number_is_long": len(paper.letterhead.symbol) > LONG_SYMBOL,
        "strip": printed_strip(paper),
    }


def letters_html(title: str, papers: Sequence[ReportPaper]) -> str:
    """Papers of one office in one document, each counting its own pages: to be printed in one go and handed out."""
    letters = [facts_of(within_ceiling(paper)) for paper in papers]
    widths = sorted({width for facts in letters for width in facts["widths"]})
    return render_to_string(
        "reports/papers/letters.html", {**letters[0], "title": title, "letters": letters, "widths": widths}
    )


def table_html(paper: TablePaper) -> str:
    """A paper that is a table, on landscape pages of the same typeface and margins; the rows one PDF prints."""
    paper = within_ceiling(paper)
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
