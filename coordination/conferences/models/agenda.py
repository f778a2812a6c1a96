"""The agenda of a conference: what is on it, who presents it, how long it takes, and what the minutes say."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import F, Q

from agencies.access.scopes import seen_through
from agencies.models import Agency
from coordination.conferences.enums import AgendaKind, AgendaState
from coordination.conferences.models.conference import Conference
from coordination.programs.models import Program
from records.fields import Line, Prose


class AgendaItem(models.Model):
    """One item of the agenda: what, who presents it, when, and what the minutes say.

    Shape: `number` counts the items of a conference and stays, so that an address never leads to another item;
    `position` is the place on the agenda. `began_at` and `ended_at` are known of what was run in the portal.
    Units: `duration_minutes` is what was planned.
    """

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="agenda")
    number = models.PositiveSmallIntegerField()
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=AgendaKind.choices)
    title = Line(max_length=300)
    starts_at = models.TimeField(null=True, blank=True)
    duration_minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    presenter_agency = models.ForeignKey(
        Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="agenda_items"
    )
    presenter = Line(max_length=250, blank=True)
    program = models.ForeignKey(Program, null=True, blank=True, on_delete=models.PROTECT, related_name="agenda_items")
    state = models.CharField(max_length=10, choices=AgendaState.choices, default=AgendaState.WAITING)
    began_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    minutes = Prose(blank=True)
    revision = models.PositiveIntegerField(default=0)

    objects = seen_through("conference").as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["conference", "number"], name="agendaitem_one_number"),
            models.UniqueConstraint(fields=["conference", "position"], name="agendaitem_one_place"),
            models.CheckConstraint(condition=Q(state__in=AgendaState.values), name="agendaitem_state_known"),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(began_at__isnull=False, ended_at__gte=F("began_at")),
                name="agendaitem_ends_after_begin",
            ),
            models.CheckConstraint(
                condition=Q(duration_minutes=None) | Q(duration_minutes__gte=1), name="agendaitem_takes_some_time"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def status(self) -> AgendaState:
        return AgendaState(self.state)

    @property
    def is_waiting(self) -> bool:
        return self.state == AgendaState.WAITING

    @property
    def is_signing(self) -> bool:
        return self.kind == AgendaKind.SIGNING

    @property
    def is_conclusion(self) -> bool:
        return self.kind == AgendaKind.CONCLUSION

    @property
    def taken(self) -> timedelta | None:
        """How long it took, where beginning and end are known."""
        return self.ended_at - self.began_at if self.began_at and self.ended_at else None

    def running_for(self, now: datetime) -> timedelta | None:
        """How long it has been under way."""
        return now - self.began_at if self.status.is_now and self.began_at else None
