"""Tasks: who leads and who coordinates, by when, to what target, and what was reported and proved."""

from collections import Counter
from datetime import date

from django.db import models
from django.db.models import Case, CharField, F, Q, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from agencies.access.scopes import seen_through, works_on_content
from agencies.models import Agency, Membership, Office
from coordination.programs.enums import SETTLED_STATES
from coordination.programs.models import Area, Program, Section
from coordination.tasks.enums import (
    NUMBERED_KINDS,
    OPEN_STATES,
    UNDATED_KINDS,
    Bucket,
    EvidenceKind,
    RoleKind,
    ScheduleKind,
    Standing,
    TargetOperator,
    TaskOrigin,
    TaskState,
    UpdateCycle,
)
from coordination.tasks.schedule import words
from records.fields import Folded, Line, Prose
from records.models import StoredFile
from records.wording import number


class TaskQuerySet(models.QuerySet):
    """Tasks, as views, exports, figures and searches fetch them."""

    def visible_to(self, actor: Membership | None) -> "TaskQuerySet":
        """Tasks of the programs the actor sees as a party; a coordinator outside sees the settled tasks it works in.

        Rule: R-SEE-2.
        """
        if not works_on_content(actor):
            return self.none()
        made = Program.objects.made_by(actor).values("pk")
        works_in = TaskRole.objects.filter(agency_id__in=actor.agency_ids()).values("task_id")
        return self.filter(Q(program_id__in=made) | Q(pk__in=works_in, program__state__in=SETTLED_STATES))

    def of_year(self, year: int) -> "TaskQuerySet":
        """The tasks of a working year: their program covers it and their own days, where they have any, touch it."""
        return self.filter(
            Q(start_on=None) | Q(start_on__year__lte=year),
            Q(due_on=None) | Q(due_on__year__gte=year),
            program__period_start__year__lte=year,
            program__period_end__year__gte=year,
        )

    def led_by(self, agency_ids) -> "TaskQuerySet":
        """Tasks one of the agencies leads."""
        led = TaskRole.objects.filter(kind=RoleKind.LEAD, agency_id__in=agency_ids).values("task_id")
        return self.filter(pk__in=led)

    def judged_on(self, day: date) -> "TaskQuerySet":
        """Each task with its `standing` and its `bucket`, judged on a day.

        Rule: R-LATE-1. Lateness goes by the legal limit where there is one, and by the day completion was reported.
        """
        late = Q(deadline__lt=F("completed_on"))
        past = Q(deadline__lt=day)
        reported_late = Q(state=TaskState.AWAITING) & late
        overdue = (Q(state__in=(TaskState.NOT_STARTED, TaskState.IN_PROGRESS)) & past) | reported_late
        standing = Case(
            When(Q(state=TaskState.COMPLETED) & late, then=Value(Standing.COMPLETED_LATE.value)),
            When(overdue & ~Q(state=TaskState.AWAITING), then=Value(Standing.OVERDUE.value)),
            default=F("state"),
            output_field=CharField(),
        )
        bucket = Case(
            When(state__in=(TaskState.SUSPENDED, TaskState.CANCELLED), then=Value("")),
            When(Q(deadline=None), then=Value(Bucket.NO_DEADLINE.value)),
            When(Q(state=TaskState.COMPLETED) & late, then=Value(Bucket.DONE_LATE.value)),
            When(state=TaskState.COMPLETED, then=Value(Bucket.DONE_ON_TIME.value)),
            When(Q(state=TaskState.NOT_COMPLETED) | overdue, then=Value(Bucket.OVERDUE.value)),
            default=Value(Bucket.IN_TIME.value),
            output_field=CharField(),
        )
        return self.annotate(standing=standing, bucket=bucket)

    def counted_on(self, day: date) -> Counter[Standing]:
        """How many tasks stand how on a day, counted by the database. One query."""
        counts = self.judged_on(day).order_by().values_list("standing").annotate(models.Count("pk"))
        return Counter({Standing(value): count for value, count in counts})


class Task(models.Model):
    """One task of a program."""

    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="tasks")
    section = models.ForeignKey(Section, null=True, blank=True, on_delete=models.PROTECT, related_name="tasks")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="tasks")
    ordinal = models.PositiveSmallIntegerField()
    code = Line(max_length=30, unique=True)
    title = Line(_("task"), max_length=200)
    title_folded = Folded(of=("code", "title"))
    deliverable = Prose(_("deliverable or result"), blank=True)
    state = models.CharField(max_length=15, choices=TaskState.choices, default=TaskState.NOT_STARTED)
    schedule_kind = models.CharField(
        _("schedule"), max_length=15, choices=ScheduleKind.choices, default=ScheduleKind.RANGE
    )
    schedule_number = models.PositiveSmallIntegerField(null=True, blank=True)
    start_on = models.DateField(_("start date"), null=True, blank=True)
    due_on = models.DateField(_("due date"), null=True, blank=True)
    legal_due_on = models.DateField(_("legal limit"), null=True, blank=True)
    deadline = models.GeneratedField(
        expression=Coalesce("legal_due_on", "due_on"), output_field=models.DateField(null=True), db_persist=True
    )
    update_cycle = models.CharField(max_length=12, choices=UpdateCycle.choices, default=UpdateCycle.MONTHLY)
    confirming_agency = models.ForeignKey(
        Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="tasks_to_confirm"
    )
    origin = models.CharField(max_length=15, choices=TaskOrigin.choices, default=TaskOrigin.PLANNED)
    continues = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="continued_by")
    funding = Line(_("funding"), max_length=300, blank=True)
    note = Prose(_("note"), blank=True)
    completed_on = models.DateField(null=True, blank=True)
    confirmed_on = models.DateField(null=True, blank=True)
    last_value = models.DecimalField(max_digits=17, decimal_places=2, null=True, blank=True)
    last_percent = models.PositiveSmallIntegerField(default=0)
    last_reported_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)

    objects = TaskQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["program", "ordinal"], name="task_ordinal_once_in_program"),
            models.CheckConstraint(condition=Q(state__in=TaskState.values), name="task_state_known"),
            models.CheckConstraint(condition=Q(schedule_kind__in=ScheduleKind.values), name="task_schedule_known"),
            models.CheckConstraint(
                condition=Q(start_on=None) | Q(due_on=None) | Q(due_on__gte=F("start_on")),
                name="task_due_after_start",
                violation_error_message=_("The due date must not be before the start date"),
            ),
            models.CheckConstraint(
                condition=Q(schedule_kind__in=UNDATED_KINDS, due_on=None)
                | (~Q(schedule_kind__in=UNDATED_KINDS) & Q(due_on__isnull=False)),
                name="task_due_fits_schedule",
                violation_error_message=_("This schedule and this due date do not go together"),
            ),
            models.CheckConstraint(
                condition=Q(
                    schedule_kind__in=NUMBERED_KINDS,
                    schedule_number__isnull=False,
                    schedule_number__gte=1,
                    schedule_number__lte=12,
                )
                | (~Q(schedule_kind__in=NUMBERED_KINDS) & Q(schedule_number=None)),
                name="task_number_fits_schedule",
            ),
            models.CheckConstraint(
                condition=Q(state=TaskState.COMPLETED, completed_on__isnull=False, confirmed_on__isnull=False)
                | Q(state=TaskState.AWAITING, completed_on__isnull=False, confirmed_on=None)
                | (~Q(state__in=(TaskState.COMPLETED, TaskState.AWAITING)) & Q(completed_on=None, confirmed_on=None)),
                name="task_days_fit_state",
            ),
            models.CheckConstraint(condition=Q(last_percent__lte=100), name="task_percent_at_most_100"),
            models.CheckConstraint(
                condition=Q(continues=None) | ~Q(continues=F("pk")), name="task_not_continuing_itself"
            ),
        ]
        indexes = [
            models.Index(fields=["program", "state"], name="task_program_state"),
            models.Index(fields=["deadline"], condition=Q(state__in=OPEN_STATES), name="task_open_deadline"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def slug(self) -> str:
        """The code as addresses write it."""
        return self.code.lower()

    @property
    def short_code(self) -> str:
        """Program number and task number, such as 02.03, for lists of one year."""
        return self.code.rpartition("-")[2]

    @property
    def schedule_words(self) -> str:
        """When the task runs, as official papers write it."""
        return words(self.schedule_kind, number=self.schedule_number, start_on=self.start_on, due_on=self.due_on)

    def standing_on(self, day: date) -> Standing:
        """State and lateness together on a day; the same rule as `TaskQuerySet.judged_on`."""
        if self.state == TaskState.COMPLETED and self.deadline and self.completed_on > self.deadline:
            return Standing.COMPLETED_LATE
        if self.state in (TaskState.NOT_STARTED, TaskState.IN_PROGRESS) and self.deadline and day > self.deadline:
            return Standing.OVERDUE
        return Standing(self.state)


class TaskRole(models.Model):
    """An agency's part in a task: lead or coordinator, as a whole, through a body inside it or an office-holder."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="roles")
    kind = models.CharField(max_length=12, choices=RoleKind.choices)
    position = models.PositiveSmallIntegerField(default=1)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="task_roles")
    body = Line(max_length=150, blank=True)
    office = models.ForeignKey(Office, null=True, blank=True, on_delete=models.PROTECT, related_name="task_roles")
    contribution = Line(max_length=300, blank=True)

    objects = seen_through("task").as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=RoleKind.values), name="taskrole_kind_known"),
            models.UniqueConstraint(fields=["task", "kind", "position"], name="taskrole_one_place"),
            models.UniqueConstraint(
                fields=["task", "agency", "body"],
                condition=Q(office=None),
                name="taskrole_agency_once",
                violation_error_message=_("The lead agency cannot also coordinate"),
            ),
            models.UniqueConstraint(
                fields=["task", "office"], condition=Q(office__isnull=False), name="taskrole_office_once"
            ),
            models.CheckConstraint(
                condition=~Q(kind=RoleKind.LEAD) | Q(position__in=(1, 2)), name="taskrole_at_most_two_leads"
            ),
        ]
        indexes = [models.Index(fields=["agency", "kind", "task"], name="taskrole_agency_kind")]

    def __str__(self) -> str:
        return f"{self.task} · {self.kind} · {self.agency}"

    @property
    def is_lead(self) -> bool:
        return self.kind == RoleKind.LEAD

    @property
    def shown_name(self) -> str:
        """Who works: the office-holder, the body with its agency, or the agency."""
        if self.office_id:
            return f"{self.office.title} {self.agency.current_short_name}"
        return f"{self.body} ({self.agency.current_short_name})" if self.body else self.agency.current_short_name


class Target(models.Model):
    """What a task is to reach: a value with its operator and unit, or words alone. The first one measures progress."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="targets")
    position = models.PositiveSmallIntegerField(default=1)
    name = Line(max_length=200, blank=True)
    operator = models.CharField(max_length=5, choices=TargetOperator.choices, default=TargetOperator.EXACTLY)
    value = models.DecimalField(max_digits=17, decimal_places=2, null=True, blank=True)
    unit = Line(max_length=40, blank=True)
    words = Line(max_length=300, blank=True)

    objects = seen_through("task").as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["task", "position"], name="target_one_place"),
            models.CheckConstraint(
                condition=(Q(operator=TargetOperator.IN_WORDS, value=None) & ~Q(words=""))
                | (~Q(operator=TargetOperator.IN_WORDS) & Q(value__isnull=False, value__gt=0) & ~Q(unit="")),
                name="target_is_value_or_words",
                violation_error_message=_("A target needs a value and its unit, or words"),
            ),
        ]

    def __str__(self) -> str:
        return self.words or f"{number(self.value)} {self.unit}"

    @property
    def is_counted(self) -> bool:
        """Whether progress can be counted against a value."""
        return self.value is not None

    @property
    def shown(self) -> str:
        """The target as a reader expects it: at least 25 hộ, or its words."""
        if self.words and not self.is_counted:
            return self.words
        lead = "" if self.operator == TargetOperator.EXACTLY else f"{TargetOperator(self.operator).label} "
        return f"{lead}{number(self.value)} {self.unit}"

    def percent_of(self, value) -> int:
        """How much of the target a quantity is; 100 only when it is reached.

        Units: whole percent.
        """
        share = value * 100 / self.value
        return 100 if share >= 100 else min(99, round(share))


class ProgressReport(models.Model):
    """What the lead agency reported at one moment; never changed afterwards, the entry time is the portal's."""

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="reports")
    reported_on = models.DateField()
    entered_at = models.DateTimeField()
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    value_before = models.DecimalField(max_digits=17, decimal_places=2, null=True, blank=True)
    value = models.DecimalField(max_digits=17, decimal_places=2, null=True, blank=True)
    percent = models.PositiveSmallIntegerField()
    claims_completion = models.BooleanField(default=False)
    result = Prose(blank=True)
    obstacles = Prose(blank=True)
    proposal = Prose(blank=True)

    objects = seen_through("task").as_manager()

    class Meta:
        ordering = ["-entered_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(percent__lte=100), name="progressreport_percent_at_most_100"),
            models.CheckConstraint(condition=Q(value=None) | Q(value__gte=0), name="progressreport_value_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.task} {self.reported_on}"


class Evidence(models.Model):
    """A file that proves what a progress report says."""

    report = models.ForeignKey(ProgressReport, on_delete=models.PROTECT, related_name="evidence")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="evidence")
    kind = models.CharField(max_length=10, choices=EvidenceKind.choices, default=EvidenceKind.DOCUMENT)
    caption = Line(max_length=200, blank=True)

    objects = seen_through("report").as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "file"], name="evidence_file_once")]

    def __str__(self) -> str:
        return str(self.file)


class DueDateChange(models.Model):
    """A deadline moved: from when to when, why, by whose decision. The first deadline is never lost."""

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="due_date_changes")
    old_due_on = models.DateField(null=True)
    new_due_on = models.DateField(null=True)
    reason = Prose()
    decision = Line(max_length=200, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")

    objects = seen_through("task").as_manager()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="duedatechange_with_reason"),
            models.CheckConstraint(
                condition=Q(old_due_on=None) | Q(new_due_on=None) | ~Q(old_due_on=F("new_due_on")),
                name="duedatechange_moves",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task}: {self.old_due_on} → {self.new_due_on}"


class TaskStateChange(models.Model):
    """A task passing from one state to the next: who, when and why."""

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="state_changes")
    from_state = models.CharField(max_length=15, blank=True)
    to_state = models.CharField(max_length=15, choices=TaskState.choices)
    at = models.DateTimeField()
    by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")
    reason = Prose(blank=True)

    objects = seen_through("task").as_manager()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(from_state=F("to_state")), name="taskstatechange_moves")]

    def __str__(self) -> str:
        return f"{self.task}: {self.from_state} → {self.to_state}"
