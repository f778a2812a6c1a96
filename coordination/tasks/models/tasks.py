"""Tasks: what is to be done in a program, by when and in what state; lateness is judged, never stored."""

from collections import Counter
from datetime import date

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from agencies.access.scopes import works_on_content
from agencies.models import Agency, Membership
from coordination.programs.enums import SETTLED_STATES
from coordination.programs.models import Area, Program, Section
from coordination.programs.sight import ProgramsSeen
from coordination.tasks import judging
from coordination.tasks.enums import (
    FOLLOWING_KINDS,
    NUMBERED_KINDS,
    OPEN_STATES,
    TIMED_KINDS,
    UNDATED_KINDS,
    EvidenceKind,
    RoleKind,
    ScheduleKind,
    Standing,
    StepKind,
    TaskOrigin,
    TaskState,
    UpdateCycle,
)
from coordination.tasks.models.directions import DirectionPaper
from coordination.tasks.models.roles import TaskRole
from coordination.tasks.schedule import Detail, Wave, words
from records.fields import Folded, Line, Prose
from records.finding import PartsIndex
from records.keys import one_of


class TaskQuerySet(models.QuerySet):
    """Tasks, as views, exports, figures and searches fetch them."""

    def visible_to(
        self, actor: Membership | None, *, among: ProgramsSeen | None = None, singly: bool = False
    ) -> "TaskQuerySet":
        """Tasks of the programs the actor sees as a party; a coordinator outside sees the settled tasks it works in.

        Rule: R-SEE-2. `among` are programs the actor was just found to see: only their tasks come.

        `singly` where few rows are asked for: as `ProgramQuerySet.visible_to` says.

        Why told: a database that knows the programs by key finds their tasks without asking for rights at each of them.
        """
        if not works_on_content(actor):
            return self.none()
        parts = TaskRole.objects.filter(agency_id__in=actor.agency_ids())
        if singly:
            made = Exists(Program.objects.made_by(actor, singly=True).filter(pk=OuterRef("program_id")))
            return self.filter(
                Q(made) | Q(Exists(parts.filter(task_id=OuterRef("pk"))), program__state__in=SETTLED_STATES)
            )
        works_in = parts.values("task_id")
        if among is not None:
            of_made, of_others = (
                one_of("program_id", among.made),
                one_of("program_id", among.others) & Q(pk__in=works_in),
            )
            return self.filter(of_made | of_others if among.others else of_made)
        made = Program.objects.made_by(actor).values("pk")
        return self.filter(Q(program_id__in=made) | Q(pk__in=works_in, program__state__in=SETTLED_STATES))

    def of_year(self, year: int) -> "TaskQuerySet":
        """The tasks of a working year: their program covers it and their own days, where they have any, touch it."""
        return self.filter(judging.in_year(judging.NOW, year))

    def led_by(self, agency_ids) -> "TaskQuerySet":
        """Tasks one of the agencies leads."""
        led = TaskRole.objects.filter(kind=RoleKind.LEAD, agency_id__in=agency_ids).values("task_id")
        return self.filter(pk__in=led)

    def judged_on(self, day: date) -> "TaskQuerySet":
        """Each task with its `standing` and its `bucket`, judged on a day.

        Rule: R-LATE-1. Lateness goes by the legal limit where there is one, and by the day completion was reported.
        """
        return self.annotate(standing=judging.standing(judging.NOW, day), bucket=judging.bucket(judging.NOW, day))

    def counted_on(self, day: date) -> Counter[Standing]:
        """How many tasks stand how on a day, counted by the database. One query."""
        counts = self.judged_on(day).order_by().values_list("standing").annotate(models.Count("pk"))
        return Counter({Standing(value): count for value, count in counts})


class TaskManager(models.Manager.from_queryset(TaskQuerySet)):
    """Tasks that are not in the bin: every page, figure and paper asks here; only the bin asks `with_binned`."""

    def get_queryset(self) -> TaskQuerySet:
        return super().get_queryset().filter(binned_at=None)


class Task(models.Model):
    """One task of a program."""

    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="tasks")
    section = models.ForeignKey(Section, null=True, blank=True, on_delete=models.PROTECT, related_name="tasks")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="tasks")
    ordinal = models.PositiveSmallIntegerField()
    code = Line(max_length=30, unique=True)
    title = Line(_("task"), max_length=200)
    title_folded = Folded(of=("code", "title"))
    title_sorted = Folded(of=("title",), by="sort_key")
    deliverable = Prose(_("deliverable or result"), blank=True)
    state = models.CharField(max_length=15, choices=TaskState.choices, default=TaskState.NOT_STARTED)
    schedule_kind = models.CharField(
        _("schedule"), max_length=15, choices=ScheduleKind.choices, default=ScheduleKind.RANGE
    )
    schedule_number = models.PositiveSmallIntegerField(null=True, blank=True)
    schedule_until = models.PositiveSmallIntegerField(null=True, blank=True)
    start_on = models.DateField(_("start date"), null=True, blank=True)
    due_on = models.DateField(_("due date"), null=True, blank=True)
    due_time = models.TimeField(null=True, blank=True)
    legal_due_on = models.DateField(_("legal limit"), null=True, blank=True)
    deadline = models.GeneratedField(
        expression=Coalesce("legal_due_on", "due_on"), output_field=models.DateField(null=True), db_persist=True
    )
    follows = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="followed_by")
    within_days = models.PositiveSmallIntegerField(null=True, blank=True)
    proof = models.CharField(_("kind of proof"), max_length=10, choices=EvidenceKind.choices, blank=True)
    update_cycle = models.CharField(max_length=12, choices=UpdateCycle.choices, default=UpdateCycle.MONTHLY)
    confirming_agency = models.ForeignKey(
        Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="tasks_to_confirm"
    )
    origin = models.CharField(max_length=15, choices=TaskOrigin.choices, default=TaskOrigin.PLANNED)
    continues = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="continued_by")
    direction = models.ForeignKey(DirectionPaper, null=True, blank=True, on_delete=models.PROTECT, related_name="tasks")
    funding = Line(_("funding"), max_length=300, blank=True)
    note = Prose(_("note"), blank=True)
    completed_on = models.DateField(null=True, blank=True)
    confirmed_on = models.DateField(null=True, blank=True)
    last_value = models.DecimalField(max_digits=17, decimal_places=2, null=True, blank=True)
    last_percent = models.PositiveSmallIntegerField(default=0)
    last_reported_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)
    binned_at = models.DateTimeField(null=True, blank=True)
    binned_by = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = TaskManager()
    with_binned = TaskQuerySet.as_manager()

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
                | Q(schedule_kind__in=FOLLOWING_KINDS)
                | (~Q(schedule_kind__in=(*UNDATED_KINDS, *FOLLOWING_KINDS)) & Q(due_on__isnull=False)),
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
                condition=Q(schedule_kind=ScheduleKind.QUARTERS, schedule_until__gt=F("schedule_number"))
                & Q(schedule_until__lte=4)
                | (~Q(schedule_kind=ScheduleKind.QUARTERS) & Q(schedule_until=None)),
                name="task_until_fits_schedule",
            ),
            models.CheckConstraint(
                condition=Q(due_time=None) | Q(schedule_kind__in=TIMED_KINDS), name="task_time_fits_schedule"
            ),
            models.CheckConstraint(
                condition=Q(schedule_kind__in=FOLLOWING_KINDS, follows__isnull=False)
                | (~Q(schedule_kind__in=FOLLOWING_KINDS) & Q(follows=None, within_days=None)),
                name="task_follows_fits_schedule",
            ),
            models.CheckConstraint(condition=Q(follows=None) | ~Q(follows=F("pk")), name="task_not_following_itself"),
            models.CheckConstraint(condition=Q(proof="") | Q(proof__in=EvidenceKind.values), name="task_proof_known"),
            models.CheckConstraint(
                condition=Q(state=TaskState.COMPLETED, completed_on__isnull=False, confirmed_on__isnull=False)
                | Q(state=TaskState.AWAITING, completed_on__isnull=False, confirmed_on=None)
                | (~Q(state__in=(TaskState.COMPLETED, TaskState.AWAITING)) & Q(completed_on=None, confirmed_on=None)),
                name="task_days_fit_state",
            ),
            models.CheckConstraint(condition=Q(last_percent__lte=100), name="task_percent_at_most_100"),
            models.CheckConstraint(
                condition=Q(binned_at=None, binned_by=None) | Q(binned_at__isnull=False, binned_by__isnull=False),
                name="task_binned_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(continues=None) | ~Q(continues=F("pk")), name="task_not_continuing_itself"
            ),
        ]
        indexes = [
            models.Index(fields=["program", "state"], name="task_program_state"),
            models.Index(fields=["deadline"], condition=Q(state__in=OPEN_STATES), name="task_open_deadline"),
            # All that lists count by, so that PostgreSQL counts the tasks of a year from the index alone.
            models.Index(
                fields=["program"],
                include=[
                    "id",
                    "ordinal",
                    "area",
                    "state",
                    "deadline",
                    "completed_on",
                    "start_on",
                    "due_on",
                    "binned_at",
                    "last_value",
                ],
                name="task_counted",
            ),
            PartsIndex(fields=["title_folded"], name="task_title_parts"),
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
        return words(
            self.schedule_kind,
            number=self.schedule_number,
            start_on=self.start_on,
            due_on=self.due_on,
            detail=self.schedule_detail,
        )

    @property
    def schedule_detail(self) -> Detail:
        """What some kinds of schedule say besides number and days; waves and the task before are those fetched."""
        follows = self.follows.short_code if self.follows_id else ""
        return Detail(self.schedule_until, self.due_time, follows, self.within_days, self.waves)

    @property
    def waves(self) -> tuple[Wave, ...]:
        """The waves of a task that runs in several."""
        if self.schedule_kind != ScheduleKind.WAVES:
            return ()
        steps = [step for step in self.steps.all() if step.kind == StepKind.WAVE]
        return tuple(Wave(step.start_on, step.due_on, step.title) for step in steps)

    def standing_on(self, day: date) -> Standing:
        """State and lateness together on a day; the same rule as `TaskQuerySet.judged_on`."""
        if self.state == TaskState.COMPLETED and self.deadline and self.completed_on > self.deadline:
            return Standing.COMPLETED_LATE
        if self.state in (TaskState.NOT_STARTED, TaskState.IN_PROGRESS) and self.deadline and day > self.deadline:
            return Standing.OVERDUE
        return Standing(self.state)
