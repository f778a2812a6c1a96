"""What a party reports of its year in a program: its own words beside the figures the portal counts."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.access.scopes import works_on_content
from agencies.models import Agency, Membership
from coordination.partyreports.enums import PartyReportState
from coordination.programs.models import Program
from records.fields import Prose

TEXTS = ("steering", "results", "strengths", "limitations", "causes", "lessons", "next_year", "proposals")


class PartyReportQuerySet(models.QuerySet):
    """Reports of the parties, as pages and papers fetch them."""

    def visible_to(self, actor: Membership | None) -> Self:
        """One's own agencies' reports; those of the other parties of a program one makes, once they were sent.

        Rule: R-SEE-13.
        """
        if not works_on_content(actor):
            return self.none()
        made = Program.objects.made_by(actor).values("pk")
        sent = Q(state=PartyReportState.SUBMITTED, program__in=made)
        return self.filter(Q(agency_id__in=actor.agency_ids()) | sent)


class PartyReport(models.Model):
    """One party's report on one year of a program, with the day its figures are cut off."""

    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="party_reports")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="party_reports")
    year = models.PositiveSmallIntegerField()
    cut_off_on = models.DateField(_("figures up to"))
    steering = Prose(_("leadership and organisation"), blank=True)
    results = Prose(_("results beside the figures"), blank=True)
    strengths = Prose(_("strengths"), blank=True)
    limitations = Prose(_("shortcomings"), blank=True)
    causes = Prose(_("causes"), blank=True)
    lessons = Prose(_("lessons"), blank=True)
    next_year = Prose(_("tasks of the next year"), blank=True)
    proposals = Prose(_("proposals"), blank=True)
    state = models.CharField(max_length=10, choices=PartyReportState.choices, default=PartyReportState.DRAFT)
    submitted_on = models.DateField(null=True, blank=True)
    begun_on = models.DateField()
    begun_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    revision = models.PositiveIntegerField(default=1)

    objects = PartyReportQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "program_id", "agency_id"]
        constraints = [
            models.UniqueConstraint(fields=["program", "agency", "year"], name="partyreport_once_a_year"),
            models.CheckConstraint(
                condition=Q(state=PartyReportState.DRAFT, submitted_on=None)
                | Q(state=PartyReportState.SUBMITTED, submitted_on__isnull=False),
                name="partyreport_sent_has_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.program} · {self.agency} {self.year}"

    @property
    def status(self) -> PartyReportState:
        return PartyReportState(self.state)

    @property
    def is_sent(self) -> bool:
        return self.state == PartyReportState.SUBMITTED
