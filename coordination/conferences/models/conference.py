"""A conference: one event that reviews some programs and signs others."""

import re
from datetime import date

from django.db import models
from django.db.models import F, Q

from agencies.access.scopes import seen_through, works_on_content
from agencies.models import AdminUnit, Agency, Membership, Person
from coordination.conferences.enums import ConferenceState, HalfDay, ProgramPurpose
from coordination.programs.models import Program
from records.fields import Line, Prose

_HALF_DAYS = {"sang": HalfDay.MORNING, "chieu": HalfDay.AFTERNOON}
# The day, the half-day and, of a conference elsewhere one is invited to, its unit: 2022-03-30-chieu-dh.
_ADDRESS = re.compile(r"(?P<day>\d{4}-\d{2}-\d{2})-(?P<half>sang|chieu)(?:-(?P<unit>[a-z0-9-]{1,40}))?")


class ConferenceQuerySet(models.QuerySet):
    """Conferences, as views and reports fetch them."""

    def visible_to(self, actor: Membership | None) -> "ConferenceQuerySet":
        """Conferences the actor's agencies organise, attend or bring a program to, and those they were invited to.

        Rule: R-SEE-4. Why another unit's as well where an invitation was sent: whoever is asked to come may know to
        what.
        """
        if not works_on_content(actor):
            return self.none()
        mine = actor.agency_ids()
        of_parties = ConferenceProgram.objects.filter(program__parties__agency_id__in=mine).values("conference_id")
        attended = Conference.objects.filter(attendance__agency_id__in=mine).values("pk")
        sent = Q(invitations__agency_id__in=mine, invitations__sent_at__isnull=False, invitations__withdrawn_at=None)
        invited = Conference.objects.filter(sent).values("pk")
        concerned = Q(organiser_id__in=mine) | Q(pk__in=of_parties) | Q(pk__in=attended)
        return self.filter(Q(concerned, unit_id__in=actor.unit_ids()) | Q(pk__in=invited))

    def reported_to(self, actor: Membership | None) -> "ConferenceQuerySet":
        """Conferences the actor sees and whose every program they make: their reports name all its tasks.

        Rule: R-SEE-5.
        """
        made = Program.objects.made_by(actor).values("pk")
        beyond = ConferenceProgram.objects.exclude(program__in=made).values("conference_id")
        return self.visible_to(actor).exclude(pk__in=beyond)

    def at_address(self, slug: str) -> "ConferenceQuerySet":
        """The conference an address names, such as 2022-03-30-chieu; none for anything else."""
        if (named := _ADDRESS.fullmatch(slug)) is None:
            return self.none()
        try:
            found = self.filter(held_on=date.fromisoformat(named["day"]), half_day=_HALF_DAYS[named["half"]])
        except ValueError:
            return self.none()
        return found.filter(unit__code=named["unit"].upper()) if named["unit"] else found

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
    concluded_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="concluded")
    concluded_by_title = Line(max_length=200, blank=True)
    highest_guest = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="guest_at")
    highest_guest_name = Line(max_length=120, blank=True)
    highest_guest_title = Line(max_length=200, blank=True)
    reply_by = models.DateField(null=True, blank=True)
    # When day, hour or place last changed after the invitations had gone out.
    changed_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=0)

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
    def is_planned(self) -> bool:
        return self.state == ConferenceState.PLANNED

    @property
    def is_running(self) -> bool:
        return self.state == ConferenceState.RUNNING

    @property
    def guest_name(self) -> str:
        """The highest guest by name; one from outside the portal has no record here."""
        return self.highest_guest_name or (self.highest_guest.full_name if self.highest_guest else "")

    @property
    def slug(self) -> str:
        """The day as addresses write it; the afternoon of a day with two conferences is told apart."""
        half = "sang" if self.half_day == HalfDay.MORNING else "chieu"
        return f"{self.held_on.isoformat()}-{half}{getattr(self, 'unit_in_address', '')}"

    def addressed_for(self, actor: Membership) -> "Conference":
        """The conference with the address the actor finds it at: one of another unit names that unit in it."""
        if self.unit_id not in actor.unit_ids():
            self.unit_in_address = f"-{self.unit.code.lower()}"
        return self


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
