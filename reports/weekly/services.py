"""Asking for the sheet of the week, and sending it: once for each member and week, however often this runs."""

import logging
from datetime import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from agencies.access.decisions import require
from agencies.models import Membership
from coordination.programs.queries import working_year, years_of
from records import clock, wording
from records.audit.enums import AuditAction
from records.audit.services import record
from records.errors import RuleBroken
from records.files.enums import FileKind
from records.files.services import keep_bytes, name_of_paper
from records.mail.services import write_mail
from records.models import OutgoingMail
from reports.dashboard.narrowing import Narrowing
from reports.dashboard.permissions import can_view_dashboard
from reports.dashboard.queries import dashboard_of
from reports.pdf.errors import RenderFailed
from reports.weekly.enums import MOST_TRIALS_A_DAY, SENT_AT_HOUR
from reports.weekly.letters import letter_of
from reports.weekly.models import WeeklyChoice, WeeklySheet
from reports.weekly.queries import counts_before, is_time, members_to_write_to, monday_of, silent_agencies, wants_weekly
from reports.weekly.sheet import Week, drawn_on_one_page

log = logging.getLogger(__name__)


@transaction.atomic
def choose_weekly(*, actor: Membership, wanted: bool) -> WeeklyChoice:
    """Ask for the sheet of the week in the role one acts in, or switch it off.

    Rule: R-WEEK-1.
    Raises: NotAllowed.
    """
    require(can_view_dashboard(actor))
    before = wants_weekly(actor)
    row, _is_new = WeeklyChoice.objects.get_or_create(
        member=actor, defaults={"is_wanted": wanted, "changed_at": clock.now()}
    )
    if row.is_wanted != wanted:
        row.is_wanted, row.changed_at = wanted, clock.now()
        row.save(update_fields=["is_wanted", "changed_at"])
    if before != wanted:
        record(AuditAction.CHANGED, actor=actor, about=row, before={"weekly": before}, after={"weekly": wanted})
    return row


def send_weekly(moment: datetime) -> int:
    """Put the sheet of the week into the outbox of everyone who wanted it and has not got it; how many were written.

    Rule: R-WEEK-2, R-WEEK-3. The letter and the note that it was written are one transaction, and the database keeps
    one sheet for each member and week: a restart at any moment, or a second process, sends nothing twice.
    """
    if not (settings.MAIL_ON and is_time(moment)):
        return 0
    written = 0
    for member in list(members_to_write_to(clock.local_day(moment))):
        try:
            week = week_of(member, moment)
            content = drawn_on_one_page(week).content
            with transaction.atomic():
                _write(week, content)
        except IntegrityError:  # another process was quicker
            continue
        except (RenderFailed, ValidationError) as fault:
            log.warning("No sheet of the week could be made for member %s: %s", member.pk, fault)
            continue
        written += 1
    return written


def send_weekly_now() -> str:
    """Send the sheets that are due at this moment, never at night; how many, in words.

    Why no entry: each sheet that is sent leaves its own.
    """
    now = clock.now()
    is_day = clock.local_hour(now) >= SENT_AT_HOUR
    return _("%(count)s sheets") % {"count": send_weekly(now) if is_day else 0}


def send_trial(*, actor: Membership) -> OutgoingMail:
    """Send the actor the sheet as it stands now; it counts for no week.

    Rule: R-WEEK-8.
    Raises: NotAllowed; RuleBroken without an address or after several trials on one day; RenderFailed.
    """
    require(can_view_dashboard(actor))
    if not actor.user.email:
        raise RuleBroken(_("No e-mail address is known for your account. Ask the administrator to enter it."))
    today = clock.at(clock.today())
    tried = OutgoingMail.objects.filter(to=actor.user.email, enclosed__stored_at__gte=today)
    if tried.count() >= MOST_TRIALS_A_DAY:
        raise RuleBroken(_("The sheet was sent to you several times today already. Try again tomorrow."))
    week = week_of(actor, clock.now())
    content = drawn_on_one_page(week).content
    with transaction.atomic():
        mail = _post(week, content)
        record(AuditAction.EXPORTED, actor=actor, after={"file": mail.enclosed.name, "judged_on": week.dashboard.as_of})
    return mail


def week_of(member: Membership, moment: datetime) -> Week:
    """What a member's sheet tells at a moment: all they may see in the role they asked in."""
    day = clock.local_day(moment)
    dashboard = dashboard_of(member, working_year(None, years_of(member)), Narrowing(), as_of=day)
    return Week(dashboard, member, silent_agencies(dashboard, member), counts_before(member, monday_of(day)))


def _write(week: Week, content: bytes) -> WeeklySheet:
    mail, day = _post(week, content), week.dashboard.as_of
    sheet = WeeklySheet.objects.create(
        member=week.actor,
        monday=monday_of(day),
        judged_on=day,
        counts=week.counts,
        made_at=clock.now(),
        letter=mail,
    )
    told = {"judged_on": day, "file": mail.enclosed.name, "sha256": mail.enclosed.sha256}
    record(AuditAction.CREATED, account=week.actor.user, about=sheet, after=told)
    return sheet


def _post(week: Week, content: bytes) -> OutgoingMail:
    letter, day = letter_of(week), wording.day(week.dashboard.as_of).replace("/", "-")
    kept = keep_bytes(name_of_paper(f"So lieu tuan {day}", FileKind.PDF), FileKind.PDF, content)
    reader = week.actor.user
    return write_mail(
        to=reader.email, subject=letter.subject, body=letter.body, language=reader.language, enclosed=kept
    )
