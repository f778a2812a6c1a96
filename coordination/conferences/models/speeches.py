"""Who asked for the floor at a conference and who took it, with the titles of that day."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import F, Q

from agencies.access.scopes import seen_through
from agencies.models import Person
from coordination.conferences.enums import SpeechKind, SpeechState
from coordination.conferences.models.agenda import AgendaItem
from coordination.conferences.models.conference import Conference
from records.fields import Line, Prose


class Speech(models.Model):
    """A word taken at a conference, with the titles the speaker had that day, printed as they then were.

    Shape: `number` counts the speeches of a conference and stays; `position` is the order of speaking. One alone has
    the floor; one that is registered has not spoken yet and stands in no paper.
    """

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="speeches")
    number = models.PositiveSmallIntegerField()
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=SpeechKind.choices)
    state = models.CharField(max_length=10, choices=SpeechState.choices, default=SpeechState.SPOKEN)
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="speeches")
    speaker_name = Line(max_length=120)
    speaker_title = Line(max_length=250)
    agenda_item = models.ForeignKey(
        AgendaItem, null=True, blank=True, on_delete=models.PROTECT, related_name="speeches"
    )
    minutes_allowed = models.PositiveSmallIntegerField(null=True, blank=True)
    began_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    summary = Prose(blank=True)
    revision = models.PositiveIntegerField(default=0)

    objects = seen_through("conference").as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["conference", "number"], name="speech_one_number"),
            models.UniqueConstraint(fields=["conference", "position"], name="speech_one_place"),
            models.UniqueConstraint(
                fields=["conference"], condition=Q(state=SpeechState.SPEAKING), name="speech_one_has_the_floor"
            ),
            models.CheckConstraint(condition=Q(state__in=SpeechState.values), name="speech_state_known"),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(began_at__isnull=False, ended_at__gte=F("began_at")),
                name="speech_ends_after_begin",
            ),
            models.CheckConstraint(
                condition=Q(minutes_allowed=None) | Q(minutes_allowed__gte=1), name="speech_takes_some_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.speaker_name}, {self.speaker_title}"

    @property
    def status(self) -> SpeechState:
        return SpeechState(self.state)

    @property
    def has_floor(self) -> bool:
        return self.state == SpeechState.SPEAKING

    @property
    def is_spoken(self) -> bool:
        return self.state == SpeechState.SPOKEN

    @property
    def is_registered(self) -> bool:
        return self.state == SpeechState.REGISTERED

    @property
    def taken(self) -> timedelta | None:
        """How long it took, where beginning and end are known."""
        return self.ended_at - self.began_at if self.began_at and self.ended_at else None

    def running_for(self, now: datetime) -> timedelta | None:
        """How long the speaker has had the floor."""
        return now - self.began_at if self.has_floor and self.began_at else None
