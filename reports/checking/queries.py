"""Judging a finished paper by the rules it follows."""

from dataclasses import dataclass

from reports.checking.cases import Case, Finding
from reports.checking.enums import Outcome, Part
from reports.checking.rules import RULES
from reports.documents.enclosures import enclosures_of
from reports.documents.layout_profiles import LayoutProfile
from reports.documents.papers import Paper
from reports.documents.render import paper_html
from reports.pdf import store
from reports.pdf.store import Order


@dataclass(frozen=True)
class Check:
    """What became of every rule that applies to a paper."""

    profile: LayoutProfile
    findings: tuple[Finding, ...]

    @property
    def failed(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.outcome is Outcome.FAILS)

    @property
    def open(self) -> tuple[Finding, ...]:
        """Places left for the pen, and words to be read once more."""
        return tuple(finding for finding in self.findings if finding.outcome in (Outcome.GAP, Outcome.DOUBT))

    @property
    def passes(self) -> bool:
        """Whether the paper may be issued; what is open stops nothing."""
        return not self.failed

    @property
    def parts(self) -> list[tuple[Part, list[Finding]]]:
        """The findings under the parts of the paper they are about, as they are read."""
        grouped = [(part, [finding for finding in self.findings if finding.part is part]) for part in Part]
        return [(part, findings) for part, findings in grouped if findings]


def check_of(paper: Paper, content: bytes) -> Check:
    """Every rule of a paper's profile that applies, judged on the finished PDF.

    Rule: R-LAYOUT-6.
    """
    from reports.checking.reading import taken_apart

    case = Case(paper, taken_apart(content))
    findings = []
    for rule in RULES:
        judged = rule.judge(case)
        if judged is not None:
            clause = rule.clause(paper.profile)
            findings.append(Finding(rule.code, rule.part, str(rule.name), clause, judged.outcome, judged.said))
    return Check(paper.profile, tuple(findings))


def check_now(paper: Paper) -> Check:
    """The same of a paper as it is drawn now.

    Raises: RenderFailed where no PDF can be made.
    """
    return check_of(paper, store.drawn(Order(paper_html(paper), enclosures_of(paper))).content)
