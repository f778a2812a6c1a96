"""The number, day and signer an agency's own paper was given before it is issued."""

from typing import Self

from django.db import models
from django.db.models import Q

from agencies.directory.enums import SigningAuthority
from agencies.models import Membership
from coordination.models import Conference, PartyReport, RegisterEntry, UrgingLetter
from coordination.register.enums import LIVE_STATES
from records.fields import Line
from reports.composed.models import ComposedReport
from reports.documents.enums import PaperKind

# The column that holds what a paper of each kind is about.
SUBJECTS = {
    PaperKind.CONFERENCE_REPORT: "conference",
    PaperKind.INVITATION: "conference",
    PaperKind.MINUTES: "conference",
    PaperKind.CONCLUSION_NOTICE: "conference",
    PaperKind.PARTY_REPORT: "party_report",
    PaperKind.URGING_LETTER: "urging_letter",
    PaperKind.YEAR_REPORT: "composed",
}
_COLUMNS = ("conference", "party_report", "urging_letter", "composed")


def about_one_thing(subjects: dict[PaperKind, str], columns: tuple[str, ...]) -> Q:
    """The condition that a row of each kind is about what papers of the kind are about, and nothing else."""
    condition = Q()
    for kind, filled in subjects.items():
        facts = {f"{column}__isnull": column != filled for column in columns}
        condition |= Q(kind=kind, **facts)
    return condition


class RegistrationQuerySet(models.QuerySet):
    """Registrations, as builders of papers and lists fetch them."""

    def visible_to(self, actor: Membership | None) -> Self:
        """Whoever sees the number in the register sees for what it was taken. Rule: R-SEE-12."""
        entries = RegisterEntry.objects.visible_to(actor).values("pk")
        return self.filter(entry__in=entries)

    def live(self) -> Self:
        """Those whose number was not voided: a paper whose number is void has none again."""
        return self.filter(entry__state__in=LIVE_STATES)


class Registration(models.Model):
    """A number of the register given to one paper, with the day it carries and whoever signs it.

    Rule: R-PAPER-2. Without a title the head of the agency signs.
    """

    kind = models.CharField(max_length=20, choices=PaperKind.choices)
    conference = models.ForeignKey(
        Conference, null=True, blank=True, on_delete=models.PROTECT, related_name="registrations"
    )
    party_report = models.ForeignKey(
        PartyReport, null=True, blank=True, on_delete=models.PROTECT, related_name="registrations"
    )
    urging_letter = models.ForeignKey(
        UrgingLetter, null=True, blank=True, on_delete=models.PROTECT, related_name="registrations"
    )
    composed = models.ForeignKey(
        ComposedReport, null=True, blank=True, on_delete=models.PROTECT, related_name="registrations"
    )
    entry = models.OneToOneField(RegisterEntry, on_delete=models.PROTECT, related_name="registration")
    dated_on = models.DateField()
    authority = models.CharField(max_length=3, choices=SigningAuthority.choices, blank=True)
    title = Line(max_length=200, blank=True)
    signer = Line(max_length=120, blank=True)
    minute_taker = Line(max_length=120, blank=True)
    registered_at = models.DateTimeField()
    registered_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        ordering = ["-registered_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=about_one_thing(SUBJECTS, _COLUMNS), name="registration_is_about_one_thing"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.entry}"
