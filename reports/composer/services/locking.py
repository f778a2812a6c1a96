"""Reports and blocks held for the transaction that changes them."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from agencies.access.decisions import require
from agencies.models import Membership
from records.errors import Conflict
from records.prepared import Prepared
from reports.composed.models import ComposedReport, ReportBlock
from reports.composer.permissions import can_write_report


def held(report: ComposedReport) -> ComposedReport:
    """The report's row, with what its acts read; nobody else changes it before this act is done."""
    return _REPORT.model(report=report.pk)


def _row(report: int) -> QuerySet:
    rows = ComposedReport.objects.select_for_update(of=("self",)).filter(pk=report)
    return rows.select_related("issuer", "unit", "conference", "program__drafting_agency")


_REPORT = Prepared(_row)


def to_write(report: ComposedReport, actor: Membership) -> ComposedReport:
    """The report's row, held, where the actor may write in it."""
    report = held(report)
    require(can_write_report(actor, report))
    return report


def block_of(report: ComposedReport, block: ReportBlock, revision: int) -> ReportBlock:
    """The block's row as it stands now.

    Raises: Conflict where somebody changed or removed it since it was opened.
    """
    found = report.blocks.filter(pk=block.pk).first()
    if found is None:
        raise Conflict(_("This part was removed while you wrote. Your text is kept below."))
    if found.revision != revision:
        raise Conflict(_("Someone else saved this part after you opened it. Your text is kept beside theirs."))
    return found
