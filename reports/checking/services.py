"""The gate before a paper leaves the portal."""

from django.utils.translation import gettext as _

from records.errors import RuleBroken
from reports.checking.queries import check_of
from reports.documents.papers import Paper

_MOST_TOLD = 5


def must_pass(paper: Paper, content: bytes) -> None:
    """A paper whose finished file breaks a rule of its layout is not issued, nor laid before its signers.

    Rule: R-LAYOUT-6.
    Raises: RuleBroken naming the rules and what is wrong.
    """
    failed = check_of(paper, content).failed
    if failed:
        told = "; ".join(f"{finding.name}: {finding.said}" for finding in failed[:_MOST_TOLD])
        raise RuleBroken(_("The layout of the paper does not hold. %(rules)s") % {"rules": told})
