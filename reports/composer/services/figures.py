"""The figures of a report are frozen, and on request taken anew."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.models import Membership
from records import clock
from records.audit.enums import AuditAction
from records.audit.services import record
from records.errors import RuleBroken
from reports.composed.models import ComposedReport, FrozenFigures
from reports.composer.drafting import Counted, counted
from reports.composer.services.locking import to_write
from reports.composer.services.rewriting import Rewritten, rewrite
from reports.documents.report_annexes import as_json


@transaction.atomic
def refresh_report(report: ComposedReport, *, actor: Membership, cut_off_on: date | None = None) -> Rewritten:
    """Take the figures anew and let the portal write its own words again; what people wrote keeps standing.

    Rule: R-COMPOSE-4. The figures frozen before stay readable beside the new ones. They may be judged on another day.
    Raises: NotAllowed; RuleBroken for a day that has not come or lies outside the year and the one after it.
    """
    report = to_write(report, actor)
    if cut_off_on is not None and cut_off_on != report.cut_off_on:
        report.cut_off_on = checked_day(cut_off_on, report.year)
    now = freeze(report, actor=actor)
    done = rewrite(report, now.draft)
    report.revision += 1
    report.save(update_fields=["cut_off_on", "revision"])
    return done


def checked_day(cut_off_on: date, year: int) -> date:
    """A day the figures of a year can be judged on.

    Raises: RuleBroken.
    """
    if cut_off_on > clock.today():
        raise RuleBroken(_("The day must not be in the future"), "cut_off_on")
    if cut_off_on.year not in (year, year + 1):
        raise RuleBroken(_("Choose a day of the year reported on or of the one after it."), "cut_off_on")
    return cut_off_on


def freeze(report: ComposedReport, *, actor: Membership) -> Counted:
    """Count the figures of a report on its day and keep them as they are.

    Building block: `begin_*` and `refresh_report` have asked; the entry it leaves names the digest. Rule: R-COMPOSE-2.
    """
    before = report.frozen.values_list("digest", flat=True).first()
    now = counted(report, actor=actor)
    frozen = FrozenFigures.objects.create(
        report=report,
        as_of=report.cut_off_on,
        taken_at=clock.now(),
        taken_by=actor,
        counts=now.facts.as_json(),
        annexes=as_json(now.tables),
        digest=now.digest,
    )
    told = {"content_digest": frozen.digest, "cut_off_on": report.cut_off_on}
    record(AuditAction.CHANGED, actor=actor, about=report, before={"content_digest": before or ""}, after=told)
    return now
