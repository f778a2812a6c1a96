"""Writing letters and sending them: a letter is written in the transaction of what it tells of and sent outside it."""

import logging
import smtplib
from collections.abc import Callable
from datetime import datetime

from django.core.mail import EmailMultiAlternatives
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from records import clock, text
from records.audit.enums import AuditAction
from records.audit.services import Actor, record
from records.errors import Conflict
from records.files.models import StoredFile
from records.mail.enclosing import enclose
from records.mail.enums import LEASE, WAITS, WORDS_KEPT, MailState
from records.mail.models import OutgoingMail
from records.mail.queries import given_up_with_words_before, next_due
from records.mail.shown import as_html

log = logging.getLogger(__name__)

Send = Callable[[OutgoingMail], None]
_LONGEST_FAULT = 300


def write_mail(
    *,
    to: str,
    subject: str,
    body: str,
    language: str = "",
    useless_at: datetime | None = None,
    enclosed: StoredFile | None = None,
) -> OutgoingMail:
    """Put a letter into the outbox, in the caller's transaction; the caller's own entry of the audit tells why.

    Rule: R-MAIL-1, R-MAIL-3. One clean line each for address and subject, whatever was typed into a name.
    Raises: ValidationError when the address is none.
    """
    validate_email(to)
    now = clock.machine_now()
    return OutgoingMail.objects.create(
        to=to,
        subject=_line(subject),
        body=body,
        language=language,
        written_at=now,
        next_try_at=now,
        useless_at=useless_at,
        enclosed=enclosed,
    )


def deliver_next(send: Send | None = None) -> bool:
    """Send the letter that is due first; False when none is.

    Rule: R-MAIL-2. A try is written down before it is made, so that a process that dies in it leaves the letter to the
    next one; the mail server is never waited for inside a transaction.
    """
    letter = _take()
    if letter is None:
        return False
    if letter.useless_at and letter.useless_at <= clock.machine_now():
        _end(letter, MailState.GIVEN_UP, fault=letter.last_fault or "not sent in time")
        return True
    try:
        (send or _send)(letter)
    except (OSError, smtplib.SMTPException, ValueError) as fault:
        _note_fault(letter, f"{type(fault).__name__}: {fault}")
    else:
        _end(letter, MailState.SENT)
    return True


@transaction.atomic
def send_again(pk: int, *, actor: Actor) -> OutgoingMail:
    """Put a letter that was given up back into the outbox, as if it had never been tried.

    Rule: R-MAIL-5. The caller asks who may.
    Raises: Conflict where it is not given up any more, or its words are gone.
    """
    letter = OutgoingMail.objects.select_for_update().filter(pk=pk).first()
    if letter is None or not letter.can_be_sent_again:
        raise Conflict(_("This letter waits, was sent, or its words are gone."))
    letter.state, letter.attempts, letter.ended_at = MailState.WAITING, 0, None
    letter.next_try_at = clock.machine_now()
    letter.save(update_fields=["state", "attempts", "ended_at", "next_try_at"])
    record(
        AuditAction.MOVED,
        actor=actor,
        about=letter,
        before={"state": MailState.GIVEN_UP},
        after={"state": MailState.WAITING},
    )
    return letter


def forget_words() -> int:
    """Letters that were given up long ago lose their words; how many did.

    Rule: R-MAIL-2.
    Why no entry: that it was given up stands there; nothing else changes.
    """
    return given_up_with_words_before(clock.machine_now() - WORDS_KEPT).update(body="")


@transaction.atomic
def _take() -> OutgoingMail | None:
    letter = next_due()
    if letter is None:
        return None
    letter.attempts += 1
    letter.next_try_at = clock.machine_now() + LEASE
    letter.save(update_fields=["attempts", "next_try_at"])
    return letter


def _send(letter: OutgoingMail) -> None:
    message = EmailMultiAlternatives(letter.subject, letter.body, to=[letter.to])
    message.attach_alternative(as_html(letter), "text/html")
    if letter.enclosed is not None:
        enclose(message, letter.enclosed)
    message.send()


@transaction.atomic
def _note_fault(letter: OutgoingMail, fault: str) -> None:
    fault = _line(fault)[:_LONGEST_FAULT]
    if letter.attempts > len(WAITS):
        _end(letter, MailState.GIVEN_UP, fault=fault)
        return
    letter.last_fault, letter.next_try_at = fault, clock.machine_now() + WAITS[letter.attempts - 1]
    letter.save(update_fields=["last_fault", "next_try_at"])
    log.warning("Letter %s could not be sent (try %s): %s", letter.pk, letter.attempts, fault)


@transaction.atomic
def _end(letter: OutgoingMail, state: MailState, *, fault: str = "") -> None:
    """The letter is gone or given up; words that may hold a link, or have reached their reader, are not kept."""
    letter.state, letter.last_fault, letter.ended_at = state, fault, clock.machine_now()
    if state == MailState.SENT or letter.useless_at:
        letter.body = ""
    letter.save(update_fields=["state", "body", "last_fault", "ended_at"])
    record(AuditAction.MOVED, about=letter, before={"state": MailState.WAITING}, after={"state": state, "fault": fault})
    if state == MailState.GIVEN_UP:
        log.error("Letter %s was given up after %s tries: %s", letter.pk, letter.attempts, fault)


def _line(words: str) -> str:
    return " ".join(text.without_forbidden(words).split())
