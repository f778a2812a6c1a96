"""Who takes an issued paper back. Anybody may ask whether one stands."""

from agencies.models import Membership
from records.errors import Decision
from reports.documents.kinds import kind_of
from reports.issuing.models import IssuedDocument
from reports.issuing.permissions import can_issue_paper, can_view_document


def can_withdraw(actor: Membership, document: IssuedDocument) -> Decision:
    """Whoever may issue the paper takes it back; whoever does not see it learns nothing of it."""
    if not (seen := can_view_document(actor, document)):
        return seen
    return can_issue_paper(actor, kind_of(document.kind), document.subject)
