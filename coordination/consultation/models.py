"""Rounds of consultation: a frozen draft and a deadline, what each party said of it, and what the drafter answered."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agencies.access.scopes import seen_through, works_on_content
from agencies.models import Membership
from coordination.consultation.enums import TAKEN_UP, CommentState, PlaceKind, ReplyKind, Silence
from coordination.programs.enums import ProgramState
from coordination.programs.models import Program, ProgramParty, ProgramVersion
from records import clock
from records.fields import Line, Prose


class RoundQuerySet(models.QuerySet):
    """Rounds, as pages and inboxes fetch them."""

    def visible_to(self, actor: Membership | None) -> "RoundQuerySet":
        """Rounds on the programs the actor's agencies are party to or draft; coordinators outside see none.

        Rule: R-COMMENT-1.
        """
        return self.filter(program__in=Program.objects.made_by(actor).values("pk"))

    def open(self) -> "RoundQuerySet":
        """Rounds nobody has closed, on programs still in consultation."""
        return self.filter(closed_at=None, program__state=ProgramState.CONSULTING)


class ConsultationRound(models.Model):
    """One round of comments on a program: the version that was sent, the letter, the deadline, what silence means."""

    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="consultation_rounds")
    number = models.PositiveSmallIntegerField()
    version = models.ForeignKey(ProgramVersion, on_delete=models.PROTECT, related_name="consultation_rounds")
    letter_number = models.PositiveIntegerField(_("number of the letter"), null=True, blank=True)
    letter_symbol = Line(_("symbol of the letter"), max_length=60, blank=True)
    letter_on = models.DateField(_("day of the letter"), null=True, blank=True)
    opened_on = models.DateField()
    opened_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")
    first_until = models.DateField()
    comments_until = models.DateField(_("comments until"))
    silence = models.CharField(max_length=12, choices=Silence.choices)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    close_reason = Prose(blank=True)

    objects = RoundQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["program", "number"], name="consultationround_one_number"),
            models.UniqueConstraint(fields=["program"], condition=Q(closed_at=None), name="consultationround_one_open"),
            models.CheckConstraint(condition=Q(silence__in=Silence.values), name="consultationround_silence_known"),
            models.CheckConstraint(
                condition=Q(first_until__gte=F("opened_on"), comments_until__gte=F("first_until")),
                name="consultationround_days_in_order",
                violation_error_message=_("The last day for comments must not be in the past"),
            ),
            models.CheckConstraint(
                condition=Q(letter_number=None) | ~Q(letter_symbol=""), name="consultationround_letter_has_symbol"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.program} · {self.number}"

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def silence_counts(self) -> bool:
        """Whether it ran to its last day: only then the letter's word on silence applies."""
        return not self.is_open and clock.local_day(self.closed_at) > self.comments_until


class CommentQuerySet(models.QuerySet):
    """Comments, as pages, tables and inboxes fetch them."""

    def visible_to(self, actor: Membership | None) -> "CommentQuerySet":
        """The drafting agency sees every comment, a party its own; once the round is closed all parties see all.

        Rule: R-COMMENT-2. What was withdrawn is seen by nobody but the party that wrote it.
        """
        if not works_on_content(actor):
            return self.none()
        mine = actor.agency_ids()
        made = Program.objects.made_by(actor).values("pk")
        standing = Q(withdrawn_at=None)
        drafted, closed = Q(round__program__drafting_agency_id__in=mine), Q(round__closed_at__isnull=False)
        own = Q(party__agency_id__in=mine)
        return self.filter(own | (standing & (drafted | closed)), round__program__in=made)

    def standing(self) -> "CommentQuerySet":
        """Comments nobody has withdrawn."""
        return self.filter(withdrawn_at=None)

    def in_document_order(self) -> "CommentQuerySet":
        """By their place in the text, then in the order of the letterhead, then as they were written."""
        return self.order_by("place_order", "party__letterhead_order", "written_at", "pk")


class Comment(models.Model):
    """What one party says of one place of the draft, and what the drafter answered.

    The place's name and its words are frozen, so that the table stays true whatever becomes of the text.
    """

    round = models.ForeignKey(ConsultationRound, on_delete=models.PROTECT, related_name="comments")
    party = models.ForeignKey(ProgramParty, on_delete=models.PROTECT, related_name="comments")
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    about = models.CharField(max_length=8, choices=PlaceKind.choices)
    place_key = models.PositiveBigIntegerField(default=0)
    place_order = models.PositiveIntegerField(default=0)
    place_label = Line(max_length=400)
    quoted = Prose(blank=True)
    text = Prose(_("comment"), blank=True)
    proposed = Prose(_("proposed wording"), blank=True)
    state = models.CharField(max_length=10, choices=CommentState.choices, default=CommentState.NEW)
    answer = Prose(_("answer"), blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    taken_over_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ["place_order", "written_at", "pk"]
        indexes = [models.Index(fields=["round", "state", "place_order"], name="comment_round_state")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=CommentState.values), name="comment_state_known"),
            models.CheckConstraint(condition=Q(about__in=PlaceKind.values), name="comment_about_known"),
            models.CheckConstraint(condition=~Q(text="") | ~Q(proposed=""), name="comment_says_something"),
            models.CheckConstraint(
                condition=Q(state=CommentState.NEW, answered_at=None, answer="")
                | (~Q(state=CommentState.NEW) & Q(answered_at__isnull=False)),
                name="comment_answered_with_its_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=(CommentState.PARTLY, CommentState.EXPLAINED)) | ~Q(answer=""),
                name="comment_not_accepted_is_explained",
            ),
            models.CheckConstraint(
                condition=Q(taken_over_at=None) | Q(state__in=TAKEN_UP), name="comment_taken_over_is_accepted"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(state=CommentState.NEW), name="comment_withdrawn_is_unanswered"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round} · {self.place_label}"[:400]

    @property
    def status(self) -> CommentState:
        return CommentState(self.state)

    @property
    def is_answered(self) -> bool:
        return self.state != CommentState.NEW


class RoundReply(models.Model):
    """A party's word that it has no comments, or that it has sent all it has; one for each party and round."""

    round = models.ForeignKey(ConsultationRound, on_delete=models.PROTECT, related_name="replies")
    party = models.ForeignKey(ProgramParty, on_delete=models.PROTECT, related_name="replies")
    kind = models.CharField(max_length=12, choices=ReplyKind.choices)
    at = models.DateTimeField()
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")

    objects = seen_through("round").as_manager()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["round", "party"], name="roundreply_party_once"),
            models.CheckConstraint(condition=Q(kind__in=ReplyKind.values), name="roundreply_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.round} · {self.party.agency}"
