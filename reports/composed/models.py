"""Reports written block by block, the figures frozen for them, the words an office writes its own way."""

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from agencies.access.scopes import seen_through, works_on_content
from agencies.models import AdminUnit, Agency, Membership
from coordination.models import Conference, Program
from records.fields import Line, Prose
from reports.composed.counts import ReportFacts
from reports.composed.enums import BlockPart, ReportKind, ReportState


class ComposedReportQuerySet(models.QuerySet):
    """Composed reports, as pages and papers fetch them."""

    def visible_to(self, actor: Membership | None) -> Self:
        """Reports of one's own agencies on what one may tell of in whole; once issued, on any program one makes.

        Rule: R-COMPOSE-1.
        """
        if not works_on_content(actor):
            return self.none()
        reported = Conference.objects.reported_to(actor).values("pk")
        made = Program.objects.made_by(actor).values("pk")
        issued = Exists(self.model._meta.get_field("documents").related_model.objects.filter(composed=OuterRef("pk")))
        whole = Q(conference__in=reported) | Q(program__in=made)
        return self.filter(whole & (Q(issuer_id__in=actor.agency_ids()) | Q(program__in=made) & issued))


class ComposedReport(models.Model):
    """A report an agency writes block by block over frozen figures: of a conference, or of a program's year."""

    unit = models.ForeignKey(AdminUnit, on_delete=models.PROTECT, related_name="composed_reports")
    kind = models.CharField(max_length=10, choices=ReportKind.choices)
    conference = models.OneToOneField(
        Conference, null=True, blank=True, on_delete=models.PROTECT, related_name="composed"
    )
    program = models.ForeignKey(Program, null=True, blank=True, on_delete=models.PROTECT, related_name="composed")
    year = models.PositiveSmallIntegerField()
    issuer = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="composed_reports")
    cut_off_on = models.DateField()
    state = models.CharField(max_length=10, choices=ReportState.choices, default=ReportState.DRAFT)
    returned_reason = Prose(blank=True)
    begun_at = models.DateTimeField()
    begun_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    moved_at = models.DateTimeField(null=True, blank=True)
    moved_by = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    revision = models.PositiveIntegerField(default=1)

    objects = ComposedReportQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "-begun_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=ReportKind.CONFERENCE, conference__isnull=False, program__isnull=True)
                | Q(kind=ReportKind.PROGRAM, conference__isnull=True, program__isnull=False),
                name="composedreport_is_about_one_thing",
            ),
            models.CheckConstraint(condition=Q(state__in=ReportState.values), name="composedreport_state_known"),
            models.CheckConstraint(
                condition=Q(state=ReportState.RETURNED) & ~Q(returned_reason="")
                | ~Q(state=ReportState.RETURNED) & Q(returned_reason=""),
                name="composedreport_return_has_reason",
            ),
            models.UniqueConstraint(
                fields=["program", "year", "issuer"],
                condition=Q(program__isnull=False),
                name="composedreport_program_year_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.year}"

    @property
    def status(self) -> ReportState:
        return ReportState(self.state)

    @property
    def about(self) -> Conference | Program:
        """What it tells of."""
        return self.conference if self.kind == ReportKind.CONFERENCE else self.program


class FrozenFigures(models.Model):
    """The figures of a report as they were counted at one moment. A new count is a new row; the rows never change."""

    report = models.ForeignKey(ComposedReport, on_delete=models.PROTECT, related_name="frozen")
    as_of = models.DateField()
    taken_at = models.DateTimeField()
    taken_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    counts = models.JSONField()
    annexes = models.JSONField()
    digest = models.CharField(max_length=64)

    objects = seen_through("report").as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.report} {self.as_of}"

    @property
    def facts(self) -> ReportFacts:
        """The figures, to count with again."""
        return ReportFacts.from_json(self.counts)


class ReportBlock(models.Model):
    """One block of a report: what the portal wrote, what a person made of it, and which of the two is printed."""

    report = models.ForeignKey(ComposedReport, on_delete=models.CASCADE, related_name="blocks")
    position = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=60)
    part = models.CharField(max_length=10, choices=BlockPart.choices, default=BlockPart.SECTION)
    level = models.PositiveSmallIntegerField(default=1)
    heading = Line(max_length=300, blank=True)
    generated = Prose(blank=True)
    own = Prose(blank=True)
    is_own = models.BooleanField(default=False)
    is_included = models.BooleanField(default=True)
    is_needed = models.BooleanField(default=False)
    edited_at = models.DateTimeField(null=True, blank=True)
    edited_by = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    revision = models.PositiveIntegerField(default=1)

    objects = seen_through("report").as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["report", "key"], name="reportblock_key_once"),
            models.CheckConstraint(condition=Q(level__gte=1, level__lte=3), name="reportblock_level_known"),
        ]

    def __str__(self) -> str:
        return self.heading or self.get_part_display()

    @property
    def text(self) -> str:
        """The words that are printed."""
        return self.own if self.is_own else self.generated

    @property
    def is_added(self) -> bool:
        """Whether a person added it; the portal has no words of its own for it."""
        return self.key.startswith("rieng-")


class PartTemplateQuerySet(models.QuerySet):
    """Templates of parts, as drafts and the page of templates fetch them."""

    def visible_to(self, actor: Membership | None) -> Self:
        """The templates of the agencies the actor acts for. Rule: R-COMPOSE-1."""
        return self.filter(agency_id__in=actor.agency_ids()) if works_on_content(actor) else self.none()


class PartTemplate(models.Model):
    """A part an agency always writes its own way: the words with tokens its drafts begin with; empty is not used."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="part_templates")
    kind = models.CharField(max_length=10, choices=ReportKind.choices)
    key = models.CharField(max_length=60)
    text = Prose(blank=True)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    revision = models.PositiveIntegerField(default=1)

    objects = PartTemplateQuerySet.as_manager()

    class Meta:
        ordering = ["agency_id", "kind", "key"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "kind", "key"], name="parttemplate_once"),
        ]

    def __str__(self) -> str:
        return f"{self.agency} {self.key}"
