"""Writing letters and sending them: a letter is written in the transaction of what it tells of and sent outside it."""

import logging
import smtplib
from collections.abc import Callable
from datetime import datetime

from django.core.mail import EmailMessage
from django.core.validators import validate_email
from django.db import transaction

from records import clock, text
from records.audit.enums import AuditAction
from records.audit.services import record
from records.files.models import StoredFile
from records.mail.enclosing import enclose
from records.mail.enums import LEASE, WAITS, MailState
from records.mail.models import OutgoingMail
from records.mail.queries import next_due

log = logging.getLogger(__name__)

Send = Callable[[OutgoingMail], None]
_LONGEST_FAULT = 300


def write_mail(
    *, to: str, subject: str, body: str, useless_at: datetime | None = None, enclosed: StoredFile | None = None
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
def _take() -> OutgoingMail | None:
    letter = next_due()
    if letter is None:
        return None
    letter.attempts += 1
    letter.next_try_at = clock.machine_now() + LEASE
    letter.save(update_fields=["attempts", "next_try_at"])
    return letter


def _send(letter: OutgoingMail) -> None:
    message = EmailMessage(letter.subject, letter.body, to=[letter.to])
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
    """The letter is gone or given up; its words, which may hold a link, are not kept."""
    letter.state, letter.body, letter.last_fault, letter.ended_at = state, "", fault, clock.machine_now()
    letter.save(update_fields=["state", "body", "last_fault", "ended_at"])
    record(AuditAction.MOVED, about=letter, before={"state": MailState.WAITING}, after={"state": state, "fault": fault})
    if state == MailState.GIVEN_UP:
        log.error("Letter %s was given up after %s tries: %s", letter.pk, letter.attempts, fault)


def _line(words: str) -> str:
    return " ".join(text.without_forbidden(words).split())
