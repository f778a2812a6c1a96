"""Documents as the search finds them: papers the portal issued, and numbers given to papers kept outside it."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from agencies.models import Membership
from coordination.register.models import RegisterEntry
from records.finding import holding, typed_words
from reports.issuing.models import IssuedDocument


@dataclass(frozen=True)
class FoundDocument:
    """One document: an issued paper, which can be opened, or the entry of the register a paper outside stands in."""

    title: str
    number: str
    dated_on: date | None
    issued: IssuedDocument | None = None
    entry: RegisterEntry | None = None


def issued_documents(actor: Membership, asked: str) -> QuerySet[IssuedDocument]:
    """Issued papers the actor may read whose title and number hold every typed word, the latest first.

    Rule: R-FIND-2.
    """
    words = typed_words(asked)
    papers = IssuedDocument.objects.visible_to(actor) if words else IssuedDocument.objects.none()
    return papers.filter(holding("text_folded", words)).order_by("-issued_at", "-pk")


def outside_papers(actor: Membership, asked: str) -> QuerySet[RegisterEntry]:
    """Entries the actor sees that stand for a paper outside the portal, the latest first.

    Why not those of programs: a program is found by its own number. Rule: R-FIND-2.
    """
    words = typed_words(asked)
    entries = RegisterEntry.objects.visible_to(actor) if words else RegisterEntry.objects.none()
    found = entries.filter(holding("text_folded", words), program=None)
    return found.select_related("series__agency", "program").order_by("-reserved_at", "-pk")


def found_documents(actor: Membership, asked: str, size: int) -> list[FoundDocument]:
    """So many documents at most: issued papers first, then papers outside. Two queries."""
    issued = [
        FoundDocument(paper.title, paper.printed_number, paper.dated_on, issued=paper)
        for paper in issued_documents(actor, asked)[:size]
    ]
    outside = [
        FoundDocument(entry.subject or entry.reason, entry.printed, entry.paper_day, entry=entry)
        for entry in outside_papers(actor, asked)[:size]
    ]
    return [*issued, *outside][:size]
