"""What stays of a conference beside its papers: commendations proposed, reports heard, press accounts, photos."""

from typing import Self

from django.db import models
from django.db.models import Q

from agencies.access.scopes import seen_through, works_on_content
from agencies.models import Agency, Membership, Office
from coordination.conferences.enums import CommendationForm, CommendationState, Commended
from coordination.conferences.models.agenda import AgendaItem
from coordination.conferences.models.conference import Conference
from coordination.partyreports.models import PartyReport
from coordination.programs.models import Program
from records.fields import Line, Prose
from records.models import StoredFile

CODE_LENGTH = 12


class CommendationQuerySet(models.QuerySet):
    """Commendations, as the pages of a conference fetch them."""

    def visible_to(self, actor: Membership | None) -> Self:
        """Those the organiser keeps and one's own agencies proposed; of a conference one sees, those that were granted.

        Rule: R-SEE-17. Why: who was proposed and refused stays between those who proposed and those who decide.
        """
        if not works_on_content(actor):
            return self.none()
        mine = actor.agency_ids()
        theirs = Q(conference__organiser_id__in=mine) | Q(proposed_by_id__in=mine)
        seen = Conference.objects.visible_to(actor).values("pk")
        return self.filter(theirs | Q(state=CommendationState.GRANTED), conference__in=seen)


class Commendation(models.Model):
    """A collective, or whoever holds an office, proposed for a commendation at a conference, and what came of it.

    `recipient` is printed as it is called on the day of the conference, whatever it is called later.
    """

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="commendations")
    position = models.PositiveSmallIntegerField()
    commended = models.CharField(max_length=10, choices=Commended.choices)
    recipient = Line(max_length=300)
    agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="commendations")
    office = models.ForeignKey(Office, null=True, blank=True, on_delete=models.PROTECT, related_name="commendations")
    form = models.CharField(max_length=12, choices=CommendationForm.choices)
    granted_by = Line(max_length=200, blank=True)
    reason = Prose()
    proposed_by = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="commendations_proposed")
    proposed_on = models.DateField()
    state = models.CharField(max_length=10, choices=CommendationState.choices, default=CommendationState.PROPOSED)
    decision_number = Line(max_length=60, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    answer = Prose(blank=True)
    revision = models.PositiveIntegerField(default=1)

    objects = CommendationQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["conference", "position"], name="commendation_one_place"),
            models.CheckConstraint(condition=Q(commended__in=Commended.values), name="commendation_of_known_kind"),
            models.CheckConstraint(condition=Q(form__in=CommendationForm.values), name="commendation_form_known"),
            models.CheckConstraint(condition=Q(state__in=CommendationState.values), name="commendation_state_known"),
            models.CheckConstraint(condition=~Q(recipient="") & ~Q(reason=""), name="commendation_names_whom_and_why"),
            models.CheckConstraint(
                condition=~Q(state=CommendationState.GRANTED) | (~Q(decision_number="") & Q(decided_on__isnull=False)),
                name="commendation_granted_by_decision",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[CommendationState.REFUSED, CommendationState.WITHDRAWN]) | ~Q(answer=""),
                name="commendation_refused_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.recipient

    @property
    def status(self) -> CommendationState:
        return CommendationState(self.state)

    @property
    def is_open(self) -> bool:
        return self.state == CommendationState.PROPOSED

    @property
    def is_granted(self) -> bool:
        return self.state == CommendationState.GRANTED

    @property
    def icon(self) -> str:
        return Commended(self.commended).icon


class HeardReport(models.Model):
    """A report heard at a conference: which one, who read it, of which program, and the paper it is.

    The paper is a party's report of the portal or an issued paper, by the code on its strip as papers are kept one
    floor above. Others go by number and day; their files lie under the item of the agenda.
    """

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="heard_reports")
    position = models.PositiveSmallIntegerField()
    title = Line(max_length=400)
    presented_by = models.ForeignKey(
        Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="reports_presented"
    )
    presenter = Line(max_length=250, blank=True)
    agenda_item = models.ForeignKey(
        AgendaItem, null=True, blank=True, on_delete=models.SET_NULL, related_name="heard_reports"
    )
    program = models.ForeignKey(Program, null=True, blank=True, on_delete=models.PROTECT, related_name="heard_reports")
    party_report = models.ForeignKey(
        PartyReport, null=True, blank=True, on_delete=models.PROTECT, related_name="heard_at"
    )
    issued_code = models.CharField(max_length=CODE_LENGTH, blank=True)
    number = Line(max_length=80, blank=True)
    dated_on = models.DateField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)

    objects = seen_through("conference").as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["conference", "position"], name="heardreport_one_place"),
            models.CheckConstraint(condition=~Q(title=""), name="heardreport_has_title"),
            models.CheckConstraint(condition=Q(party_report=None) | Q(issued_code=""), name="heardreport_is_one_paper"),
        ]

    def __str__(self) -> str:
        return self.title


class PressAccount(models.Model):
    """A published account of a conference: author, source, and what in it is doubtful."""

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="press_accounts")
    title = Line(max_length=300)
    author = Line(max_length=120, blank=True)
    source = Line(max_length=200, blank=True)
    address = Line(max_length=500, blank=True)
    published_on = models.DateField(null=True, blank=True)
    damaged_passage = Prose(blank=True)
    doubt = Prose(blank=True)
    revision = models.PositiveIntegerField(default=1)

    objects = seen_through("conference").as_manager()

    def __str__(self) -> str:
        return self.title


class Photo(models.Model):
    """A photo of the conference by its caption, which is also read out in its place; the picture itself may be missing.

    Rule: R-FILE-6. `file` is the picture without anything the camera wrote beside it, `small` the one pages show.
    """

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="photos")
    position = models.PositiveSmallIntegerField()
    caption = Line(max_length=300)
    credit = Line(max_length=120, blank=True)
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    small = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    small_width_px = models.PositiveSmallIntegerField(default=0)
    small_height_px = models.PositiveSmallIntegerField(default=0)
    revision = models.PositiveIntegerField(default=1)

    objects = seen_through("conference").as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["conference", "position"], name="photo_one_place"),
            models.CheckConstraint(
                condition=Q(file=None, small=None) | Q(file__isnull=False, small__isnull=False),
                name="photo_is_shown_small",
            ),
        ]

    def __str__(self) -> str:
        return self.caption

    @property
    def is_shown(self) -> bool:
        """Whether there is a picture that may be handed out."""
        return self.file is not None and self.file.can_be_handed_out
