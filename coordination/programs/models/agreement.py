"""What each party says of the text before it is settled, and what a Party committee says of it before it is signed."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.access.scopes import works_on_content
from agencies.models import Agency, Membership
from coordination.programs.enums import AgreementGround, Stance, Verdict
from coordination.programs.models.programs import Program, ProgramParty
from records.fields import Line, Prose


class BetweenThePartiesQuerySet(models.QuerySet):
    """How a text came about, which stays between those who make the program."""

    def visible_to(self, actor: Membership | None) -> "BetweenThePartiesQuerySet":
        """Rows of programs the actor's agencies are party to or draft. Rule: R-SEE-1."""
        if not works_on_content(actor):
            return self.none()
        return self.filter(program__in=Program.objects.made_by(actor).values("pk"))


class PartyAgreement(models.Model):
    """One statement of a party on one text, known by its digest; a later one of the same party takes its place."""

    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="agreements")
    party = models.ForeignKey(ProgramParty, on_delete=models.PROTECT, related_name="agreements")
    stance = models.CharField(max_length=10, choices=Stance.choices)
    ground = models.CharField(max_length=10, choices=AgreementGround.choices)
    words = Prose(blank=True)
    letter_number = Line(_("number and symbol of the letter"), max_length=60, blank=True)
    letter_on = models.DateField(_("day of the letter"), null=True, blank=True)
    digest = models.CharField(max_length=64)
    on = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")

    objects = BetweenThePartiesQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(stance__in=Stance.values), name="partyagreement_stance_known"),
            models.CheckConstraint(condition=Q(ground__in=AgreementGround.values), name="partyagreement_ground_known"),
            models.CheckConstraint(
                condition=Q(stance=Stance.AGREES) | ~Q(words=""), name="partyagreement_reserved_in_words"
            ),
            models.CheckConstraint(
                condition=Q(ground=AgreementGround.LETTER, letter_on__isnull=False) & ~Q(letter_number="")
                | ~Q(ground=AgreementGround.LETTER) & Q(letter_number="", letter_on=None),
                name="partyagreement_letter_is_named",
            ),
            models.CheckConstraint(
                condition=~Q(ground=AgreementGround.SILENCE) | Q(stance=Stance.AGREES),
                name="partyagreement_silence_agrees",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party}: {self.stance}"


class CommitteeSubmission(models.Model):
    """A settled text laid before a Party committee, and the opinion that came back."""

    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="submissions")
    committee = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="submissions")
    committee_name = Line(max_length=200)
    letter_number = Line(_("number and symbol of the letter"), max_length=60, blank=True)
    letter_on = models.DateField(_("day of the letter"), null=True, blank=True)
    submitted_on = models.DateField()
    submitted_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    verdict = models.CharField(max_length=10, choices=Verdict.choices, default=Verdict.PENDING)
    opinion = Prose(blank=True)
    opinion_number = Line(_("number and symbol of the opinion"), max_length=60, blank=True)
    opinion_on = models.DateField(_("day of the opinion"), null=True, blank=True)
    recorded_at = models.DateTimeField(null=True, blank=True)
    recorded_by = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = BetweenThePartiesQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["program"], condition=Q(verdict=Verdict.PENDING), name="committeesubmission_one_pending"
            ),
            models.CheckConstraint(condition=Q(verdict__in=Verdict.values), name="committeesubmission_verdict_known"),
            models.CheckConstraint(
                condition=~Q(verdict=Verdict.SENT_BACK) | ~Q(opinion=""), name="committeesubmission_back_with_reason"
            ),
            models.CheckConstraint(
                condition=~Q(verdict__in=(Verdict.CLEARED, Verdict.SENT_BACK)) | Q(opinion_on__isnull=False),
                name="committeesubmission_opinion_has_day",
            ),
            models.CheckConstraint(
                condition=Q(verdict=Verdict.PENDING, recorded_at=None)
                | ~Q(verdict=Verdict.PENDING) & Q(recorded_at__isnull=False),
                name="committeesubmission_verdict_recorded",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.program} → {self.committee_name}"

    @property
    def status(self) -> Verdict:
        return Verdict(self.verdict)
