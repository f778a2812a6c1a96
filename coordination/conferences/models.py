"""Conferences: one event that reviews some programs and signs others, what was said there and what was concluded."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from agencies.access.scopes import seen_through, works_on_content
from agencies.models import AdminUnit, Agency, Membership, Person
from coordination.conferences.enums import (
    AgendaKind,
    AgendaState,
    ConferenceState,
    HalfDay,
    ProgramPurpose,
    SpeechKind,
)
from coordination.programs.models import Program
from coordination.tasks.models import Task
from records.fields import Line, Prose
from records.models import StoredFile

_HALF_DAYS = {"sang": HalfDay.MORNING, "chieu": HalfDay.AFTERNOON}


class ConferenceQuerySet(models.QuerySet):
    """Conferences, as views and reports fetch them."""

    def visible_to(self, actor: Membership | None) -> "ConferenceQuerySet":
        """Conferences the actor's agencies organise, attend or bring a program to. Rule: R-SEE-4."""
        if not works_on_content(actor):
            return self.none()
        mine = actor.agency_ids()
        of_parties = ConferenceProgram.objects.filter(program__parties__agency_id__in=mine).values("conference_id")
        attended = Attendance.objects.filter(agency_id__in=mine).values("conference_id")
        concerned = Q(organiser_id__in=mine) | Q(pk__in=of_parties) | Q(pk__in=attended)
        return self.filter(concerned, unit_id__in=actor.unit_ids())

    def reported_to(self, actor: Membership | None) -> "ConferenceQuerySet":
        """Conferences the actor sees and whose every program they make: their reports name all its tasks.

        Rule: R-SEE-5.
        """
        made = Program.objects.made_by(actor).values("pk")
        beyond = ConferenceProgram.objects.exclude(program__in=made).values("conference_id")
        return self.visible_to(actor).exclude(pk__in=beyond)

    def at_address(self, slug: str) -> "ConferenceQuerySet":
        """The conference an address names, such as 2022-03-30-chieu; none for anything else."""
        day, _dash, half = slug.rpartition("-")
        try:
            return self.filter(held_on=date.fromisoformat(day), half_day=_HALF_DAYS[half])
        except (ValueError, KeyError):
            return self.none()

    def touching(self, year: int) -> "ConferenceQuerySet":
        """Conferences that review a year, plan it or are held in it."""
        return self.filter(Q(review_year=year) | Q(plan_year=year) | Q(held_on__year=year))


class Conference(models.Model):
    """An evaluation conference: the year it reviews, the year it plans, who organised, chaired and concluded it."""

    unit = models.ForeignKey(AdminUnit, on_delete=models.PROTECT, related_name="conferences")
    title = Line(max_length=300)
    full_title = Prose(blank=True)
    held_on = models.DateField()
    half_day = models.CharField(max_length=10, choices=HalfDay.choices)
    starts_at = models.TimeField(null=True, blank=True)
    ended_at = models.TimeField(null=True, blank=True)
    place = Line(max_length=150, blank=True)
    review_year = models.PositiveSmallIntegerField()
    plan_year = models.PositiveSmallIntegerField()
    year_theme = Line(max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=ConferenceState.choices, default=ConferenceState.PLANNED)
    organiser = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="conferences_organised")
    chaired_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="chaired")
    concluded_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="concluded")
    concluded_by_title = Line(max_length=200, blank=True)
    highest_guest = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="guest_at")
    highest_guest_title = Line(max_length=200, blank=True)

    objects = ConferenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "held_on", "half_day"], name="conference_once_a_half_day"),
            models.CheckConstraint(condition=Q(state__in=ConferenceState.values), name="conference_state_known"),
            models.CheckConstraint(condition=Q(plan_year__gte=F("review_year")), name="conference_plans_after_review"),
            models.CheckConstraint(
                condition=Q(concluded_by=None) | ~Q(concluded_by_title=""), name="conference_concluder_has_title"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def status(self) -> ConferenceState:
        return ConferenceState(self.state)

    @property
    def slug(self) -> str:
        """The day as addresses write it; the afternoon of a day with two conferences is told apart."""
        return f"{self.held_on.isoformat()}-{'sang' if self.half_day == HalfDay.MORNING else 'chieu'}"


class ConferenceProgram(models.Model):
    """A program a conference reviews or signs."""

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="program_links")
    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="conference_links")
    purpose = models.CharField(max_length=10, choices=ProgramPurpose.choices)
    position = models.PositiveSmallIntegerField()

    objects = seen_through("conference", "program").as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["conference", "program", "purpose"], name="conferenceprogram_once"),
            models.UniqueConstraint(fields=["conference", "position"], name="conferenceprogram_one_place"),
        ]

    def __str__(self) -> str:
        return f"{self.conference} · {self.program}"


class AgendaItem(models.Model):
    """One item of the agenda: what, who presents it, when, and what the minutes say."""

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="agenda")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=AgendaKind.choices)
    title = Line(max_length=300)
    starts_at = models.TimeField(null=True, blank=True)
    presenter_agency = models.ForeignKey(
        Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="agenda_items"
    )
    presenter = Line(max_length=250, blank=True)
    program = models.ForeignKey(Program, null=True, blank=True, on_delete=models.PROTECT, related_name="agenda_items")
    state = models.CharField(max_length=10, choices=AgendaState.choices, default=AgendaState.WAITING)
    minutes = Prose(blank=True)

    objects = seen_through("conference").as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["conference", "position"], name="agendaitem_one_place"),
            models.CheckConstraint(condition=Q(state__in=AgendaState.values), name="agendaitem_state_known"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def status(self) -> AgendaState:
        return AgendaState(self.state)


class Attendance(models.Model):
    """A group that attended, in protocol order: invited, present, substitutes, excused. Unknown counts stay empty."""

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="attendance")
    position = models.PositiveSmallIntegerField()
    group = Line(max_length=200)
    agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="attendances")
    is_party = models.BooleanField(default=False)
    invited = models.PositiveSmallIntegerField(null=True, blank=True)
    present = models.PositiveSmallIntegerField(null=True, blank=True)
    substitutes = models.PositiveSmallIntegerField(default=0)
    excused = models.PositiveSmallIntegerField(default=0)

    objects = seen_through("conference").as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["conference", "position"], name="attendance_one_place"),
            models.CheckConstraint(
                condition=Q(invited=None) | Q(present=None) | Q(present__lte=F("invited")),
                name="attendance_present_were_invited",
            ),
        ]

    def __str__(self) -> str:
        return self.group


class Speech(models.Model):
    """A word taken at a conference, with the titles the speaker had that day, printed as they then were."""

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="speeches")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=SpeechKind.choices)
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="speeches")
    speaker_name = Line(max_length=120)
    speaker_title = Line(max_length=250)
    agenda_item = models.ForeignKey(
        AgendaItem, null=True, blank=True, on_delete=models.PROTECT, related_name="speeches"
    )
    summary = Prose(blank=True)

    objects = seen_through("conference").as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["conference", "position"], name="speech_one_place")]

    def __str__(self) -> str:
        return f"{self.speaker_name}, {self.speaker_title}"


class Conclusion(models.Model):
    """One conclusion: what is asked of whom, and the tasks it became."""

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="conclusions")
    position = models.PositiveSmallIntegerField()
    text = Prose()
    agencies = models.ManyToManyField(Agency, blank=True, related_name="conclusions")
    due_on = models.DateField(null=True, blank=True)
    tasks = models.ManyToManyField(Task, blank=True, related_name="conclusions", through="ConclusionTask")

    objects = seen_through("conference").as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["conference", "position"], name="conclusion_one_place"),
            models.CheckConstraint(condition=~Q(text=""), name="conclusion_says_something"),
        ]

    def __str__(self) -> str:
        return self.text[:80]


class ConclusionTask(models.Model):
    """A task that carries out a conclusion, and who linked the two."""

    conclusion = models.ForeignKey(Conclusion, on_delete=models.CASCADE, related_name="task_links")
    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="conclusion_links")
    linked_at = models.DateTimeField()
    linked_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")

    objects = seen_through("conclusion", "task").as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["conclusion", "task"], name="conclusiontask_once")]

    def __str__(self) -> str:
        return f"{self.conclusion_id} → {self.task}"


class PressAccount(models.Model):
    """A published account of a conference: author, source, and what in it is doubtful."""

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="press_accounts")
    title = Line(max_length=300)
    author = Line(max_length=120, blank=True)
    source = Line(max_length=200, blank=True)
    damaged_passage = Prose(blank=True)
    doubt = Prose(blank=True)

    objects = seen_through("conference").as_manager()

    def __str__(self) -> str:
        return self.title


class Photo(models.Model):
    """A photo of the conference by its caption; the picture itself may be missing."""

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="photos")
    position = models.PositiveSmallIntegerField()
    caption = Line(max_length=300)
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = seen_through("conference").as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["conference", "position"], name="photo_one_place")]

    def __str__(self) -> str:
        return self.caption
