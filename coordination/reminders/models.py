"""What people were told and when, by which rules, the letters that told it, how each wants them, and their calendars'
addresses.
"""

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from agencies.access.enums import Role
from agencies.access.scopes import works_on_content
from agencies.models import AdminUnit, Membership, User
from coordination.conferences.models import Conference
from coordination.programs.models import Program
from coordination.register.awaited import seen_reports
from coordination.reminders.enums import (
    ABOUT_CONFERENCES,
    ABOUT_PROGRAMS,
    ABOUT_REPORTS,
    BY_LETTER,
    LATEST_FOR_LEADERS,
    MOST_DAYS_BETWEEN,
    FeedKind,
    Occasion,
    Rhythm,
)
from coordination.reminders.timing import Rules
from coordination.tasks.models import Task
from records.models import OutgoingMail


class _OwnQuerySet(models.QuerySet):
    """Rows of one account."""

    def visible_to(self, actor: Membership | None) -> Self:
        """Those of the actor's own account, while it works on content; nobody else's."""
        return self.filter(account_id=actor.user_id) if works_on_content(actor) else self.none()


class Digest(models.Model):
    """One letter with what was new for one person; `day` is the day or the Monday of the week it stands for."""

    account = models.ForeignKey(User, on_delete=models.PROTECT, related_name="digests")
    day = models.DateField()
    made_at = models.DateTimeField()
    letter = models.ForeignKey(OutgoingMail, on_delete=models.PROTECT, related_name="+")

    objects = _OwnQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "day"], name="digest_one_a_day")]

    def __str__(self) -> str:
        return f"{self.account} {self.day}"


class NoticeQuerySet(models.QuerySet):
    """Notices, as their page, the frame of every page and the digest ask for them."""

    def visible_to(self, actor: Membership | None) -> Self:
        """What the actor was told in this role, of tasks, programs, reports and conferences the actor still sees."""
        if not works_on_content(actor):
            return self.none()
        task_seen = Exists(Task.objects.visible_to(actor).filter(pk=OuterRef("task_id")))
        program_seen = Exists(Program.objects.visible_to(actor).filter(pk=OuterRef("program_id")))
        conference_seen = Exists(Conference.objects.visible_to(actor).filter(pk=OuterRef("conference_id")))
        return self.filter(task_seen | program_seen | seen_reports(actor) | conference_seen, member=actor)

    def unread(self) -> Self:
        """Those nobody has marked as read."""
        return self.filter(read_at=None)


class Notice(models.Model):
    """One thing told to one member: why, of which task, program, report or conference, on account of which day.

    `about_on` is the deadline or the day of what happened; `turn` the number of working days left, or of days since
    the deadline, at the step of the rules that was reached; of what was asked for it says how. Both are part of what a
    notice is, so that nothing is told twice. `report` is the number of a report in the room that writes it, above.
    """

    member = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="notices")
    occasion = models.CharField(max_length=10, choices=Occasion.choices)
    turn = models.PositiveSmallIntegerField(default=0)
    about_on = models.DateField()
    task = models.ForeignKey(Task, null=True, blank=True, on_delete=models.CASCADE, related_name="notices")
    program = models.ForeignKey(Program, null=True, blank=True, on_delete=models.CASCADE, related_name="notices")
    report = models.PositiveBigIntegerField(null=True, blank=True)
    conference = models.ForeignKey(Conference, null=True, blank=True, on_delete=models.CASCADE, related_name="notices")
    made_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    digest = models.ForeignKey(Digest, null=True, blank=True, on_delete=models.PROTECT, related_name="notices")

    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(occasion__in=Occasion.values), name="notice_occasion_known"),
            models.CheckConstraint(
                condition=Q(occasion__in=ABOUT_PROGRAMS, task=None, program__isnull=False, report=None, conference=None)
                | Q(occasion__in=ABOUT_REPORTS, task=None, program=None, report__isnull=False, conference=None)
                | Q(occasion__in=ABOUT_CONFERENCES, task=None, program=None, report=None, conference__isnull=False)
                | (
                    ~Q(occasion__in=(*ABOUT_PROGRAMS, *ABOUT_REPORTS, *ABOUT_CONFERENCES))
                    & Q(task__isnull=False, program=None, report=None, conference=None)
                ),
                name="notice_about_one_thing",
            ),
            models.UniqueConstraint(
                fields=["task", "member", "occasion", "about_on", "turn"],
                condition=Q(task__isnull=False),
                name="notice_of_task_once",
            ),
            models.UniqueConstraint(
                fields=["program", "member", "occasion", "about_on", "turn"],
                condition=Q(program__isnull=False),
                name="notice_of_program_once",
            ),
            models.UniqueConstraint(
                fields=["report", "member", "occasion", "about_on", "turn"],
                condition=Q(report__isnull=False),
                name="notice_of_report_once",
            ),
            models.UniqueConstraint(
                fields=["conference", "member", "occasion", "about_on", "turn"],
                condition=Q(conference__isnull=False),
                name="notice_of_conference_once",
            ),
        ]
        indexes = [
            models.Index(fields=["member"], condition=Q(read_at=None), name="notice_unread"),
            models.Index(fields=["made_at"], condition=Q(digest=None), name="notice_unsent"),
        ]

    def __str__(self) -> str:
        return f"{self.member} · {self.occasion} · {self.task or self.program or self.report or self.conference}"

    @property
    def reason(self) -> Occasion:
        return Occasion(self.occasion)

    @property
    def is_of_letter(self) -> bool:
        """Whether it tells of an official letter, at the first task the letter is about. Rule: R-URGE-2."""
        return self.occasion == Occasion.ASKED and self.turn == BY_LETTER


class ReminderSettings(models.Model):
    """How one person wants to be told; without a row, once a day."""

    account = models.OneToOneField(User, on_delete=models.PROTECT, related_name="reminder_settings")
    rhythm = models.CharField(_("rhythm of letters"), max_length=6, choices=Rhythm.choices, default=Rhythm.DAILY)
    changed_at = models.DateTimeField()

    objects = _OwnQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(rhythm__in=Rhythm.values), name="remindersettings_rhythm_known")
        ]

    def __str__(self) -> str:
        return f"{self.account} · {self.rhythm}"


class ReminderRulesQuerySet(models.QuerySet):
    """The rules of reminding, as their page and the daily run ask for them."""

    def visible_to(self, actor: Membership | None) -> Self:
        """Those of the actor's own unit, for whoever works on content: they are told by them."""
        return self.filter(unit_id=actor.unit_id) if works_on_content(actor) else self.none()

    def in_force(self) -> Self:
        """Of each unit the rules that hold now."""
        later = ReminderRules.objects.filter(unit_id=OuterRef("unit_id"), revision__gt=OuterRef("revision"))
        return self.filter(~Exists(later))


class ReminderRules(models.Model):
    """When the tasks of a unit's programs are called to mind, as a secretary set it; each change is a row of its own.

    Rule: R-REMIND-4. Without a row the usual rules hold. `every_days` is None for every week, `leaders_after` where
    leaders are never told.
    """

    unit = models.ForeignKey(AdminUnit, on_delete=models.PROTECT, related_name="reminder_rules")
    revision = models.PositiveIntegerField()
    days_before = models.JSONField()
    on_the_day = models.BooleanField()
    every_days = models.PositiveSmallIntegerField(null=True, blank=True)
    leaders_after = models.PositiveSmallIntegerField(null=True, blank=True)
    set_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    objects = ReminderRulesQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "revision"], name="reminderrules_one_of_a_revision"),
            models.CheckConstraint(
                condition=Q(every_days=None) | Q(every_days__gte=1, every_days__lte=MOST_DAYS_BETWEEN),
                name="reminderrules_days_between",
            ),
            models.CheckConstraint(
                condition=Q(leaders_after=None) | Q(leaders_after__gte=1, leaders_after__lte=LATEST_FOR_LEADERS),
                name="reminderrules_leaders_after",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} · {self.revision}"

    @property
    def rules(self) -> Rules:
        return Rules(tuple(self.days_before), self.on_the_day, self.every_days, self.leaders_after)


class CalendarFeedQuerySet(models.QuerySet):
    """Addresses of calendars."""

    def visible_to(self, actor: Membership | None) -> Self:
        """One's own; leaders and secretaries see those of their agency as well."""
        if not works_on_content(actor):
            return self.none()
        own = Q(member__user_id=actor.user_id)
        if actor.role in (Role.LEADER, Role.SECRETARY):
            own |= Q(kind=FeedKind.AGENCY, member__agency_id=actor.agency_id)
        return self.filter(own)

    def live(self) -> Self:
        """Those nobody has taken back."""
        return self.filter(revoked_at=None)


class CalendarFeed(models.Model):
    """A secret address at which a calendar program fetches deadlines and meetings; only its digest is kept.

    What it gives out is what its member sees at that moment; it ends with the role it was made in.
    """

    member = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="calendar_feeds")
    kind = models.CharField(max_length=6, choices=FeedKind.choices)
    token_digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = CalendarFeedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=FeedKind.values), name="calendarfeed_kind_known"),
            models.UniqueConstraint(
                fields=["member", "kind"], condition=Q(revoked_at=None), name="calendarfeed_one_live"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member} · {self.kind}"

    @property
    def scope(self) -> FeedKind:
        return FeedKind(self.kind)
