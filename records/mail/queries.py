"""What the outbox holds."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min, Q, QuerySet

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
    """How letters go: how many wait, how many of those were tried, how many were given up in the last seven days;
    since when the oldest is due.
    """

    waiting: int
    tried: int
    given_up_lately: int
    oldest_due_at: datetime | None


def carriage_now() -> Carriage:
    """The outbox at this moment, as whoever looks after the server asks for it."""
    now = clock.machine_now()
    return Carriage(
        **OutgoingMail.objects.aggregate(
            waiting=Count("pk", filter=Q(state=MailState.WAITING)),
            given_up_lately=Count("pk", filter=_given_up_lately()),
            tried=Count("pk", filter=Q(state=MailState.WAITING, attempts__gt=0)),
            oldest_due_at=Min("next_try_at", filter=Q(state=MailState.WAITING, next_try_at__lte=now)),
        )
    )


@dataclass(frozen=True)
class NotSent:
    """A letter that was given up, without anything of what it says. Moments are the machine's."""

    pk: int
    to: str
    attempts: int
    fault: str
    ended_at: datetime
    can_be_sent_again: bool


def given_up(most: int) -> list[NotSent]:
    """Letters that were given up in the last seven days or can still be sent, the latest first; at most so many.

    Rule: R-MAIL-4. Address, tries and what the mail server said; no subject and no words.
    """
    letters = OutgoingMail.objects.filter(_given_up_lately() | Q(state=MailState.GIVEN_UP) & ~Q(body=""))
    return [
        NotSent(one.pk, one.to, one.attempts, one.last_fault, one.ended_at, one.can_be_sent_again)
        for one in letters.order_by("-ended_at", "-pk")[:most]
    ]


def given_up_with_words_before(moment: datetime) -> QuerySet[OutgoingMail]:
    """Letters that were given up before a moment and have kept their words."""
    return OutgoingMail.objects.filter(state=MailState.GIVEN_UP, ended_at__lt=moment).exclude(body="")


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


def _given_up_lately() -> Q:
    return Q(state=MailState.GIVEN_UP, ended_at__gte=clock.machine_now() - timedelta(days=7))
