"""Who reads a report that is written block by block. Deny by default."""

from django.utils.translation import gettext as _

from agencies.access.decisions import YES, no, unseen
from agencies.models import Membership
from coordination.conferences.permissions import can_view_report
from records.errors import Decision
from reports.composed.enums import ReportState
from reports.composed.models import ComposedReport


def can_view_composed(actor: Membership, report: ComposedReport) -> Decision:
    """Those who act for the agency that writes it and may report on all of it; once issued whoever makes the program.

    Rule: R-COMPOSE-1.
    """
    return YES if ComposedReport.objects.visible_to(actor).filter(pk=report.pk).exists() else unseen()


def can_read_composed_paper(actor: Membership, report: ComposedReport) -> Decision:
    """Whoever sees a report reads its paper; that of a conference every party of its programs, once it is approved.

    Rule: R-SEE-5, R-COMPOSE-1.
    """
    if report.conference_id is None:
        return can_view_composed(actor, report)
    if not (seen := can_view_report(actor, report.conference)):
        return seen
    if actor.acts_for(report.issuer_id) or report.status is ReportState.APPROVED:
        return YES
    words = _("%(agency)s is still writing this report. It can be read once its leader has approved it.")
    return no(words % {"agency": report.issuer.current_short_name})
