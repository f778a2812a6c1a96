"""Writing each person's letter with what is new: one a day or a week, none where nothing is."""

import logging
from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from agencies.models import User
from coordination.reminders.enums import Rhythm
from coordination.reminders.letters import letter_of
from coordination.reminders.models import Digest, Notice
from coordination.reminders.queries.digest import (
    Contents,
    accounts_to_write_to,
    contents_for,
    has_its_letter,
    period_of,
)
from records import clock
from records.audit.enums import AuditAction
from records.audit.services import record
from records.mail.services import write_mail
from records.workdays.queries import workdays

log = logging.getLogger(__name__)


def send_digests(day: date) -> int:
    """Put the letter of everyone who has something new into the outbox, on a working day; how many were written.

    Rule: R-REMIND-3. The letter, the note that it was written and the notices it tells are one transaction, and the
    database keeps one letter for each person and period: a restart at any moment sends nothing twice.
    """
    calendar = workdays()
    if not (settings.MAIL_ON and calendar.is_workday(day)):
        return 0
    written = 0
    for account, rhythm in list(accounts_to_write_to(day)):
        if has_its_letter(account, rhythm, day):
            continue
        contents = contents_for(account, rhythm, day, calendar)
        if not contents.is_empty:
            try:
                with transaction.atomic():
                    _write(account, contents, rhythm, day)
            except IntegrityError:  # another process was quicker
                continue
            except ValidationError:
                log.warning("The address of account %s is none; no letter could be written.", account.pk)
                continue
            written += 1
    return written


def _write(account: User, contents: Contents, rhythm: Rhythm, day: date) -> Digest:
    letter = letter_of(account, contents, rhythm, day)
    mail = write_mail(to=account.email, subject=letter.subject, body=letter.body, language=account.language)
    digest = Digest.objects.create(account=account, day=period_of(rhythm, day), made_at=clock.now(), letter=mail)
    told = Notice.objects.filter(pk__in=[notice.pk for notice in contents.notices], digest=None).update(digest=digest)
    record(AuditAction.CREATED, account=account, about=digest, after={"notices": told, "told_on": day})
    return digest
