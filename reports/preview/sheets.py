"""A paper laid out in sheets for the screen: its text on one, each annex on another, turned where it is printed so."""

from dataclasses import dataclass

from reports.documents.comment_table import TablePaper
from reports.documents.kinds import Printable
from reports.documents.layout_profiles import ND30, LayoutProfile
from reports.documents.papers import Annex, Paper
from reports.documents.render import facts_of
from reports.preview.enums import Stand

TEXT, TABLE, ANNEX = "text", "table", "annex"


@dataclass(frozen=True)
class Sheet:
    """One sheet: what is on it and whether it is turned."""

    holds: str
    is_wide: bool = False
    annex: Annex | None = None


@dataclass(frozen=True)
class Preview:
    """A paper as a page shows it. `facts` is what its templates read."""

    paper: Printable
    profile: LayoutProfile
    sheets: tuple[Sheet, ...]
    facts: dict[str, object]
    stand: Stand | None

    @property
    def title(self) -> str:
        return self.paper.name if isinstance(self.paper, TablePaper) else self.paper.title

    @property
    def digest(self) -> str:
        return self.paper.digest()

    @property
    def is_draft(self) -> bool:
        return self.stand == Stand.DRAFT


def preview_of(paper: Printable) -> Preview:
    """The sheets of a paper. A paper that is a table has no state: it goes with a letter that has one."""
    if isinstance(paper, TablePaper):
        return Preview(paper, ND30, (Sheet(TABLE, is_wide=paper.is_landscape),), {"paper": paper}, None)
    return _of_paper(paper)


def _of_paper(paper: Paper) -> Preview:
    annexes = tuple(Sheet(ANNEX, is_wide=annex.is_landscape, annex=annex) for annex in paper.annexes)
    return Preview(paper, paper.profile, (Sheet(TEXT), *annexes), facts_of(paper), Stand(paper.state.value))
