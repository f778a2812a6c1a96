"""Rounds: the evaluation of some programs for a year, a half-year or a quarter."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from agencies.access.enums import Role
from agencies.access.scopes import works_on_content
from agencies.models import AdminUnit, Membership
from coordination.evaluations.enums import RoundPeriod, RoundState
from coordination.evaluations.models.scheme import GradingScheme
from coordination.evaluations.workflow import Span, key_of, read_key
from coordination.programs.models import Program
from records.fields import Prose


class EvaluationRoundQuerySet(models.QuerySet):
    """Rounds, as views and reports fetch them."""

    def visible_to(self, actor: Membership | None) -> "EvaluationRoundQuerySet":
        """Rounds over at least one program the actor's agencies are party to or draft. Rule: R-SEE-3."""
        if not works_on_content(actor):
            return self.none()
        own = Program.objects.made_by(actor).values("pk")
        return self.filter(unit_id__in=actor.unit_ids(), programs__in=own).distinct()

    def kept_by(self, actor: Membership | None) -> "EvaluationRoundQuerySet":
        """Rounds all of which the actor sees: as a secretary of an agency that drafted one of the programs."""
        if actor is None or actor.role != Role.SECRETARY:
            return self.none()
        drafted = Program.objects.filter(drafting_agency_id__in=actor.agency_ids()).values("pk")
        return self.visible_to(actor).filter(programs__in=drafted).distinct()

    def led_by(self, actor: Membership | None) -> "EvaluationRoundQuerySet":
        """Rounds over a program that an agency of this leader drafted or leads as a party."""
        if actor is None or actor.role != Role.LEADER:
            return self.none()
        mine = actor.agency_ids()
        leading = Q(drafting_agency_id__in=mine) | Q(parties__agency_id__in=mine, parties__is_lead=True)
        return self.visible_to(actor).filter(programs__in=Program.objects.filter(leading).values("pk")).distinct()

    def at(self, key: str) -> "EvaluationRoundQuerySet":
        """The rounds an address may mean, one per unit; none where it is no address of a round."""
        found = read_key(key)
        if found is None:
            return self.none()
        span, number = found
        return self.filter(year=span.year, period=span.period, part=span.part, number=number)


class EvaluationRound(models.Model):
    """The evaluation of one or more programs over a span, with the day its figures are cut off.

    Rule: R-EVAL-2. Tasks are judged that fell due from `counts_from` to the cut-off, and older ones that were still
    unfinished then; without `counts_from` whatever fell due by the cut-off.
    """

    unit = models.ForeignKey(AdminUnit, on_delete=models.PROTECT, related_name="evaluation_rounds")
    year = models.PositiveSmallIntegerField()
    period = models.CharField(max_length=10, choices=RoundPeriod.choices, default=RoundPeriod.YEAR)
    part = models.PositiveSmallIntegerField(default=1)
    number = models.PositiveSmallIntegerField(default=1)
    programs = models.ManyToManyField(Program, related_name="evaluation_rounds")
    scheme = models.ForeignKey(GradingScheme, on_delete=models.PROTECT, related_name="rounds")
    counts_from = models.DateField(null=True, blank=True)
    cut_off_on = models.DateField()
    forms_due_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=RoundState.choices, default=RoundState.OPEN)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    narrative = Prose(blank=True)
    revision = models.PositiveIntegerField(default=1)

    objects = EvaluationRoundQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "year", "period", "part", "number"], name="evaluationround_one_number"
            ),
            models.CheckConstraint(
                condition=Q(period=RoundPeriod.YEAR, part=1)
                | Q(period=RoundPeriod.HALF, part__gte=1, part__lte=2)
                | Q(period=RoundPeriod.QUARTER, part__gte=1, part__lte=4),
                name="evaluationround_part_of_period",
            ),
            models.CheckConstraint(
                condition=Q(state=RoundState.OPEN, closed_on=None)
                | Q(state=RoundState.CLOSED, closed_on__isnull=False),
                name="evaluationround_closed_has_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.key}"

    @property
    def status(self) -> RoundState:
        return RoundState(self.state)

    @property
    def span(self) -> Span:
        return Span(self.year, RoundPeriod(self.period), self.part)

    @property
    def key(self) -> str:
        """The place of the round in its address."""
        return key_of(self.span, self.number)

    @property
    def title(self) -> str:
        """The round by its span, and by its number where there are several: "Đánh giá 6 tháng đầu năm 2021"."""
        title = self._titled
        return title if self.number == 1 else _("%(title)s, round %(number)s") % {"title": title, "number": self.number}

    @property
    def _titled(self) -> str:
        if self.period == RoundPeriod.YEAR:
            return _("Evaluation of %(year)s") % {"year": self.year}
        return _("Evaluation of the %(span)s") % {"span": self.span.words}

    @property
    def is_open(self) -> bool:
        return self.state == RoundState.OPEN
