"""Documents as the search finds them: papers the portal issued, and numbers given to papers kept outside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from agencies.access.scopes import Sight, Viewer, works_on_content
from agencies.models import Membership
from coordination.register.models import RegisterEntry
from records.finding import holding, typed_words
from records.prepared import Prepared
from reports.issuing.models import IssuedDocument


@dataclass(frozen=True)
class FoundDocument:
    """One document: an issued paper, which can be opened, or the entry of the register a paper outside stands in."""

    title: str
    number: str
    dated_on: date | None
    issued: IssuedDocument | None = None
    entry: RegisterEntry | None = None


def issued_documents(actor: Viewer, words: Sequence[str]) -> QuerySet[IssuedDocument]:
    """Issued papers the actor may read whose title and number hold every typed word, the latest first.

    Rule: R-FIND-2.
    """
    papers = IssuedDocument.objects.visible_to(actor).filter(holding("text_folded", words))
    return papers.order_by("-issued_at", "-pk")


def outside_papers(actor: Viewer, words: Sequence[str]) -> QuerySet[RegisterEntry]:
    """Entries the actor sees that stand for a paper outside the portal, the latest first.

    Why not those of programs: a program is found by its own number. Rule: R-FIND-2.
    """
    found = RegisterEntry.objects.visible_to(actor).filter(holding("text_folded", words), program=None)
    return found.select_related("series__agency", "program").order_by("-reserved_at", "-pk")


def found_documents(actor: Membership, asked: str, size: int) -> list[FoundDocument]:
    """So many documents at most: issued papers first, then papers outside. Two queries, none for no words."""
    words = tuple(typed_words(asked))
    if not words or not works_on_content(actor):
        return []
    agencies, units = tuple(sorted(actor.agency_ids())), tuple(sorted(actor.unit_ids()))
    issued = [
        FoundDocument(paper.title, paper.printed_number, paper.dated_on, issued=paper)
        for paper in _ISSUED.first_models(size, agencies=agencies, units=units, words=words)
    ]
    outside = [
        FoundDocument(entry.subject or entry.reason, entry.printed, entry.paper_day, entry=entry)
        for entry in _OUTSIDE.first_models(size, agencies=agencies, words=words)
    ]
    return [*issued, *outside][:size]


_ISSUED = Prepared(lambda agencies, units, words: issued_documents(Sight(agencies, units), words))
_OUTSIDE = Prepared(lambda agencies, words: outside_papers(Sight(agencies), words))
