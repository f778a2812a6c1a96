"""Issued papers: the bytes that left the portal, with number, day and the digest of what they say."""

from django.db import models
from django.db.models import Q

from agencies.models import AdminUnit, Membership
from coordination.models import Conference, Program
from records import wording
from records.fields import Folded, Line
from records.models import StoredFile
from reports.issuing.enums import PaperKind


class IssuedDocumentQuerySet(models.QuerySet):
    """Issued papers, as lists and downloads fetch them."""

    def visible_to(self, actor: Membership | None) -> "IssuedDocumentQuerySet":
        """Papers of the programs the actor may read, reports of the conferences whose every program they make.

        Rule: R-SEE-5.
        """
        readable = Program.objects.readable_by(actor).values("pk")
        reported = Conference.objects.reported_to(actor).values("pk")
        return self.filter(Q(program__in=readable) | Q(conference__in=reported))


class IssuedDocument(models.Model):
    """One paper as it was issued. The row and its file never change; a new issue is a new row."""

    unit = models.ForeignKey(AdminUnit, on_delete=models.PROTECT, related_name="issued_documents")
    kind = models.CharField(max_length=20, choices=PaperKind.choices)
    program = models.ForeignKey(Program, null=True, blank=True, on_delete=models.PROTECT, related_name="documents")
    conference = models.ForeignKey(
        Conference, null=True, blank=True, on_delete=models.PROTECT, related_name="documents"
    )
    title = Line(max_length=400)
    document_number = models.PositiveIntegerField(null=True, blank=True)
    document_symbol = Line(max_length=60, blank=True)
    text_folded = Folded(of=("printed_number", "title"))
    dated_on = models.DateField()
    content_digest = models.CharField(max_length=64)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="issued_as")
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")

    objects = IssuedDocumentQuerySet.as_manager()

    class Meta:
        ordering = ["-issued_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=PaperKind.PROGRAM, program__isnull=False, conference=None)
                | Q(kind=PaperKind.CONFERENCE_REPORT, conference__isnull=False, program=None),
                name="issueddocument_is_about_one_thing",
            ),
            models.UniqueConstraint(
                fields=["program", "content_digest"],
                condition=Q(program__isnull=False),
                name="issueddocument_program_once",
            ),
            models.UniqueConstraint(
                fields=["conference", "content_digest"],
                condition=Q(conference__isnull=False),
                name="issueddocument_conference_once",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def printed_number(self) -> str:
        """Number and symbol as the paper prints them; nothing while it has no number."""
        if self.document_number is None:
            return ""
        return f"{wording.zero_padded(self.document_number)}/{self.document_symbol}"
