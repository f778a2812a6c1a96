"""The register of numbers: one series per lead agency, document type and year or term, one entry per number."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _

from agencies.access.scopes import works_on_content
from agencies.models import Agency, Membership
from coordination.programs.enums import ProgramState
from coordination.programs.models import Program
from coordination.register.enums import LIVE_STATES, DocumentType, NumberState
from records import wording
from records.fields import Folded, Line, Prose


class NumberSeriesQuerySet(models.QuerySet):
    """Series, as views fetch them."""

    def visible_to(self, actor: Membership | None) -> Self:
        """The series of the agencies the actor acts for, and those in which a program they make has a number.

        Rule: R-SEE-12.
        """
        if not works_on_content(actor):
            return self.none()
        made = Program.objects.made_by(actor).values("pk")
        numbered = RegisterEntry.objects.filter(program__in=made).values("series_id")
        return self.filter(Q(agency_id__in=actor.agency_ids()) | Q(pk__in=numbered))

    def touching(self, year: int) -> Self:
        """Series that hold in a calendar year: of the year itself, or of a term that covers it."""
        return self.filter(valid_from__year__lte=year, valid_to__year__gte=year)


class NumberSeries(models.Model):
    """The numbers of one type of document of one agency: of a calendar year, or of the term of a Party committee.

    Rule: R-NUMBER-1. Two series of one agency and type never hold on the same day.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="number_series")
    document_type = models.CharField(max_length=8, choices=DocumentType.choices)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField()
    first_number = models.PositiveIntegerField(default=1)
    next_number = models.PositiveIntegerField(default=1)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")

    objects = NumberSeriesQuerySet.as_manager()

    class Meta:
        ordering = ["-valid_from", "agency_id", "document_type"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "document_type", "valid_from"], name="numberseries_one_start"),
            models.CheckConstraint(condition=Q(valid_to__gte=F("valid_from")), name="numberseries_in_order"),
            models.CheckConstraint(
                condition=Q(first_number__gte=1, next_number__gte=F("first_number")), name="numberseries_goes_on"
            ),
            models.CheckConstraint(condition=Q(document_type__in=DocumentType.values), name="numberseries_type_known"),
        ]

    def __str__(self) -> str:
        return f"{self.document_type} {self.period_words}"

    @property
    def is_of_term(self) -> bool:
        """Whether it runs through the term of a committee instead of a year."""
        return self.year is None

    @property
    def period_words(self) -> str:
        """Such as "year 2022" or "term 2020-2025"."""
        if self.year is not None:
            return _("year %(year)s") % {"year": self.year}
        return _("term %(first)s-%(last)s") % {"first": self.valid_from.year, "last": self.valid_to.year}


class RegisterEntryQuerySet(models.QuerySet):
    """Entries, as views fetch them."""

    def visible_to(self, actor: Membership | None) -> Self:
        """Every entry of the agencies the actor acts for; of other series those of programs they make.

        Rule: R-SEE-12.
        """
        if not works_on_content(actor):
            return self.none()
        made = Program.objects.made_by(actor).values("pk")
        return self.filter(Q(series__agency_id__in=actor.agency_ids()) | Q(program__in=made))

    def live(self) -> Self:
        """Numbers reserved or used, not those voided."""
        return self.filter(state__in=LIVE_STATES)


class RegisterEntry(models.Model):
    """One number of a series and what became of it; a number once taken stays taken.

    It stands for a program of the portal, or for a paper kept outside it, told in words.
    """

    series = models.ForeignKey(NumberSeries, on_delete=models.PROTECT, related_name="entries")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=8, choices=NumberState.choices, default=NumberState.RESERVED)
    program = models.ForeignKey(
        Program, null=True, blank=True, on_delete=models.PROTECT, related_name="register_entries"
    )
    subject = Line(max_length=300, blank=True)
    symbol = Line(max_length=60, blank=True)
    text_folded = Folded(of=("printed", "subject"))
    dated_on = models.DateField(null=True, blank=True)
    used_on = models.DateField(null=True, blank=True)
    reason = Prose(blank=True)
    reserved_at = models.DateTimeField()
    reserved_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")

    objects = RegisterEntryQuerySet.as_manager()

    class Meta:
        ordering = ["series_id", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["series", "number"], name="registerentry_number_once"),
            models.UniqueConstraint(
                fields=["program"], condition=Q(state__in=LIVE_STATES), name="registerentry_one_live_number"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="registerentry_counts_from_one"),
            models.CheckConstraint(condition=Q(state__in=NumberState.values), name="registerentry_state_known"),
            models.CheckConstraint(
                condition=~Q(state=NumberState.VOIDED) | ~Q(reason=""), name="registerentry_void_has_reason"
            ),
            models.CheckConstraint(
                condition=Q(program__isnull=False) | ~Q(subject="") | ~Q(reason=""),
                name="registerentry_says_what_for",
            ),
        ]

    def __str__(self) -> str:
        return self.printed

    @property
    def printed(self) -> str:
        """The number with its symbol, as the paper prints it."""
        number = wording.zero_padded(self.number)
        return f"{number}/{self.symbol}" if self.symbol else number

    @property
    def is_reserved(self) -> bool:
        """Whether it can still be used or voided."""
        return self.state == NumberState.RESERVED

    @property
    def is_of_cancelled(self) -> bool:
        """Whether it was reserved for a program that was cancelled afterwards.

        Why it is judged and not written: cancelling knows nothing of registers, and the number is given to no other.
        """
        cancelled = self.program_id is not None and self.program.state == ProgramState.CANCELLED
        return cancelled and self.state == NumberState.RESERVED

    @property
    def status(self) -> NumberState:
        """What became of the number; one reserved for a program that was cancelled counts as void."""
        return NumberState.VOIDED if self.is_of_cancelled else NumberState(self.state)

    @property
    def paper_day(self):
        """The day the paper carries, where it is known."""
        return self.dated_on or (self.program.signed_on if self.program_id else None)
