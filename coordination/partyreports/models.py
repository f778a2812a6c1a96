"""What a party reports of its year in a program: its own words beside the figures the portal counts."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.access.scopes import seen_through, works_on_content
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

    def sent(self) -> Self:
        """Those their parties have sent and nobody returned."""
        return self.filter(state=PartyReportState.SUBMITTED)


class ReportCall(models.Model):
    """Until when the parties of a program report on one of its years, and up to which day they count.

    Rule: R-PARTYREPORT-3.
    """

    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="report_calls")
    year = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    cut_off_on = models.DateField()
    note = Prose(blank=True)
    called_on = models.DateField()
    called_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    asked_again_on = models.DateField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)

    objects = seen_through("program").as_manager()

    class Meta:
        ordering = ["-year", "program_id"]
        constraints = [models.UniqueConstraint(fields=["program", "year"], name="reportcall_once_a_year")]

    def __str__(self) -> str:
        return f"{self.program} {self.year}"

    def is_late_on(self, day: date) -> bool:
        """Whether what was not sent by now is late."""
        return day > self.due_on


class PartyReport(models.Model):
    """One party's report on one year of a program, with the day its figures are cut off.

    `figures` are its tasks as they were counted when it was sent; empty while it is written.
    """

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
    figures = models.JSONField(default=dict, blank=True)
    returned_on = models.DateField(null=True, blank=True)
    returned_by = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    return_reason = Prose(blank=True)
    begun_on = models.DateField()
    begun_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    revision = models.PositiveIntegerField(default=1)

    objects = PartyReportQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "program_id", "agency_id"]
        constraints = [
            models.UniqueConstraint(fields=["program", "agency", "year"], name="partyreport_once_a_year"),
            models.CheckConstraint(
                condition=(~Q(state=PartyReportState.SUBMITTED) & Q(submitted_on=None))
                | Q(state=PartyReportState.SUBMITTED, submitted_on__isnull=False),
                name="partyreport_sent_has_day",
            ),
            models.CheckConstraint(condition=Q(state__in=PartyReportState.values), name="partyreport_state_known"),
            models.CheckConstraint(
                condition=~Q(state=PartyReportState.RETURNED) | (Q(returned_on__isnull=False) & ~Q(return_reason="")),
                name="partyreport_returned_with_reason",
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

    @property
    def is_returned(self) -> bool:
        return self.state == PartyReportState.RETURNED
