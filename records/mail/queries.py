"""What the outbox holds."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min, Q

from records import clock
from records.mail.enums import MailState
from records.mail.models import OutgoingMail


@dataclass(frozen=True)
class Outbox:
    """How mail goes: letters waiting after a failed try, letters given up, and what the mail server said last."""

    held_up: int
    given_up: int
    last_fault: str
    last_fault_at: datetime | None


@dataclass(frozen=True)
class Carriage:
    """How letters go: how many wait, since when the oldest is due, how many were given up in the last seven days."""

    waiting: int
    given_up_lately: int
    oldest_due_at: datetime | None


def carriage_now() -> Carriage:
    """The outbox at this moment, as whoever looks after the server asks for it."""
    now = clock.machine_now()
    given_up = Q(state=MailState.GIVEN_UP, ended_at__gte=now - timedelta(days=7))
    return Carriage(
        **OutgoingMail.objects.aggregate(
            waiting=Count("pk", filter=Q(state=MailState.WAITING)),
            given_up_lately=Count("pk", filter=given_up),
            oldest_due_at=Min("next_try_at", filter=Q(state=MailState.WAITING, next_try_at__lte=now)),
        )
    )


def next_due() -> OutgoingMail | None:
    """The letter that should have gone first, held against every other process until the transaction ends."""
    due = OutgoingMail.objects.select_for_update(skip_locked=True)
    return (
        due.filter(state=MailState.WAITING, next_try_at__lte=clock.machine_now()).order_by("next_try_at", "pk").first()
    )


def outbox() -> Outbox:
    """What an administrator should know of letters that did not go."""
    faulty = OutgoingMail.objects.exclude(last_fault="").exclude(state=MailState.SENT)
    states = list(faulty.order_by("-pk").values_list("state", "last_fault", "written_at"))
    return Outbox(
        held_up=sum(state == MailState.WAITING for state, _fault, _at in states),
        given_up=sum(state == MailState.GIVEN_UP for state, _fault, _at in states),
        last_fault=states[0][1] if states else "",
        last_fault_at=clock.told(states[0][2]) if states else None,
    )
