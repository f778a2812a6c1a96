"""What papers were issued as, told to the rooms whose pages and notices name them."""

from collections.abc import Collection

from django.urls import reverse

from coordination.register.enums import DocumentType
from coordination.register.issued import IssuedAs
from reports.documents.enums import PaperKind
from reports.documents.models import SUBJECTS
from reports.issuing.models import IssuedDocument

_TOLD = {
    DocumentType.LETTER: PaperKind.URGING_LETTER,
    DocumentType.INVITATION: PaperKind.INVITATION,
    DocumentType.NOTICE: PaperKind.CONCLUSION_NOTICE,
}


def papers_issued(document_type: DocumentType, subjects: Collection[int]) -> dict[int, IssuedAs]:
    """The paper last issued under a number about each subject, unless it was taken back. One query."""
    kind = _TOLD[document_type]
    column = f"{SUBJECTS[kind]}_id"
    issued = IssuedDocument.objects.filter(kind=kind, document_number__isnull=False, withdrawal=None)
    rows = issued.filter(**{f"{column}__in": subjects}).order_by("issued_at", "pk")
    return {
        getattr(paper, column): IssuedAs(
            printed_number=paper.printed_number,
            dated_on=paper.dated_on,
            issued_at=paper.issued_at,
            url=reverse("reports:document-pdf", args=[paper.pk]),
        )
        for paper in rows
    }
