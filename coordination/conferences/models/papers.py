"""What lies before the participants under an item of the agenda: a file, a party's report, an issued paper."""

from django.db import models
from django.db.models import Q

from agencies.access.scopes import works_on_content
from agencies.models import Membership
from coordination.conferences.models.agenda import AgendaItem
from coordination.conferences.models.conference import Conference
from coordination.partyreports.models import PartyReport
from records.fields import Line
from records.models import StoredFile


class AgendaPaperQuerySet(models.QuerySet):
    """Papers under items of an agenda, as pages fetch them."""

    def visible_to(self, actor: Membership | None) -> "AgendaPaperQuerySet":
        """Those of the conferences the actor sees; a party's report only where the actor sees it as well.

        Rule: R-SEE-4. An issued paper is named by its code alone; who may read it is asked where it is kept.
        """
        if not works_on_content(actor):
            return self.none()
        seen = Conference.objects.visible_to(actor).values("pk")
        reports = PartyReport.objects.visible_to(actor).values("pk")
        readable = Q(party_report=None) | Q(party_report__in=reports)
        return self.filter(readable, agenda_item__conference__in=seen)


class AgendaPaper(models.Model):
    """One paper under an item: exactly one of a file, a party's report and an issued paper.

    Why the issued paper by its code: papers are kept one floor above; the code is what their strip prints.
    """

    agenda_item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="papers")
    title = Line(max_length=300, blank=True)
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    party_report = models.ForeignKey(PartyReport, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    issued_code = models.CharField(max_length=12, blank=True)
    attached_at = models.DateTimeField()
    attached_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")

    objects = AgendaPaperQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(file__isnull=False, party_report=None, issued_code="")
                | Q(file=None, party_report__isnull=False, issued_code="")
                | Q(file=None, party_report=None) & ~Q(issued_code=""),
                name="agendapaper_is_one_thing",
            ),
            models.UniqueConstraint(
                fields=["agenda_item", "party_report"],
                condition=Q(party_report__isnull=False),
                name="agendapaper_report_once",
            ),
            models.UniqueConstraint(
                fields=["agenda_item", "issued_code"], condition=~Q(issued_code=""), name="agendapaper_issued_once"
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.issued_code


def issued_papers() -> models.Manager:
    """The issued papers, kept one floor above, as that floor lets them be asked for: seen by whoever may read them."""
    return Conference._meta.get_field("documents").related_model.objects
