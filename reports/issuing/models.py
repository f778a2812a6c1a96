"""Issued papers: the bytes that left the portal, with number, day and the digest of what they say."""

from django.db import models
from django.db.models import Q

from agencies.models import AdminUnit, Membership
from coordination.models import Conference, PartyReport, Program, UrgingLetter
from records import wording
from records.fields import Folded, Line
from records.models import StoredFile
from reports.composed.models import ComposedReport
from reports.documents.enums import PaperKind
from reports.documents.models import SUBJECTS, about_one_thing
from reports.documents.strip import in_groups

# The column that holds what an issued paper of each kind is about.
ISSUED_ABOUT = {
    PaperKind.PROGRAM: "program",
    PaperKind.AMENDMENT: "program",
    **SUBJECTS,
}


class IssuedDocumentQuerySet(models.QuerySet):
    """Issued papers, as lists and downloads fetch them."""

    def visible_to(self, actor: Membership | None) -> "IssuedDocumentQuerySet":
        """Papers of the programs the actor may read, reports of the conferences whose every program they make, other
        papers of the conferences they see, reports of parties, reports of a program's year and letters they see.

        Rule: R-SEE-5.
        """
        readable = Program.objects.readable_by(actor).values("pk")
        reported = Conference.objects.reported_to(actor).values("pk")
        attended = Conference.objects.visible_to(actor).values("pk")
        is_report = Q(kind=PaperKind.CONFERENCE_REPORT)
        return self.filter(
            Q(program__in=readable)
            | (is_report & Q(conference__in=reported))
            | (~is_report & Q(conference__in=attended))
            | Q(party_report__in=PartyReport.objects.visible_to(actor).values("pk"))
            | Q(urging_letter__in=UrgingLetter.objects.visible_to(actor).values("pk"))
            | Q(composed__in=ComposedReport.objects.visible_to(actor).values("pk"))
        )


class IssuedDocument(models.Model):
    """One paper as it was issued. The row and its file never change; a new issue is a new row."""

    unit = models.ForeignKey(AdminUnit, on_delete=models.PROTECT, related_name="issued_documents")
    kind = models.CharField(max_length=20, choices=PaperKind.choices)
    program = models.ForeignKey(Program, null=True, blank=True, on_delete=models.PROTECT, related_name="documents")
    conference = models.ForeignKey(
        Conference, null=True, blank=True, on_delete=models.PROTECT, related_name="documents"
    )
    party_report = models.ForeignKey(
        PartyReport, null=True, blank=True, on_delete=models.PROTECT, related_name="documents"
    )
    urging_letter = models.ForeignKey(
        UrgingLetter, null=True, blank=True, on_delete=models.PROTECT, related_name="documents"
    )
    composed = models.ForeignKey(
        ComposedReport, null=True, blank=True, on_delete=models.PROTECT, related_name="documents"
    )
    title = Line(max_length=400)
    document_number = models.PositiveIntegerField(null=True, blank=True)
    document_symbol = Line(max_length=60, blank=True)
    text_folded = Folded(of=("printed_number", "title"))
    dated_on = models.DateField()
    content_digest = models.CharField(max_length=64)
    # What the strip on its pages prints; papers issued before there were strips have none.
    code = models.CharField(max_length=12, blank=True, db_index=True)
    version_label = models.CharField(max_length=12, blank=True)
    printed_digest = models.CharField(max_length=64, blank=True)
    issuer = Line(max_length=400, blank=True)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="issued_as")
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")

    objects = IssuedDocumentQuerySet.as_manager()

    class Meta:
        ordering = ["-issued_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=about_one_thing(ISSUED_ABOUT, tuple(dict.fromkeys(ISSUED_ABOUT.values()))),
                name="issueddocument_is_about_one_thing",
            ),
            *(
                models.UniqueConstraint(
                    fields=["kind", column, "content_digest"],
                    condition=Q(**{f"{column}__isnull": False}),
                    name=f"issueddocument_{column}_once",
                )
                for column in dict.fromkeys(ISSUED_ABOUT.values())
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def subject(self) -> models.Model:
        """What the paper is about."""
        return getattr(self, ISSUED_ABOUT[PaperKind(self.kind)])

    @property
    def code_in_groups(self) -> str:
        """The code of its strip as it is printed."""
        return in_groups(self.code)

    @property
    def printed_number(self) -> str:
        """Number and symbol as the paper prints them; nothing while it has no number.

        Rule: the symbol is kept as printed. One parted by a stroke itself ("CV/BTGHU") stands behind a dash.
        """
        if self.document_number is None:
            return ""
        joint = "-" if "/" in self.document_symbol else "/"
        return f"{wording.zero_padded(self.document_number)}{joint}{self.document_symbol}"
