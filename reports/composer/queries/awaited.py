"""The reports on their way to their number, told to the rooms that call work to mind."""

from collections.abc import Collection, Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.models import Membership
from coordination.register.awaited import ReportTold, Source
from coordination.register.enums import ReportTurn
from reports.composed.enums import ReportKind, ReportState
from reports.composed.models import ComposedReport
from reports.composer.queries.lists import PAPER_KINDS
from reports.issuing.models import IssuedDocument

_TURNS = {
    ReportState.SUBMITTED: ReportTurn.APPROVE,
    ReportState.RETURNED: ReportTurn.REWRITE,
    ReportState.APPROVED: ReportTurn.ISSUE,
}


def seen_by(actor: Membership) -> QuerySet:
    """The numbers of the reports an actor sees. Rule: R-COMPOSE-1."""
    return ComposedReport.objects.visible_to(actor).values("pk")


def told(numbers: Collection[int]) -> list[ReportTold]:
    """What is told of some reports. One query."""
    return _told(ComposedReport.objects.filter(pk__in=numbers))


def awaiting(actor: Membership | None) -> list[ReportTold]:
    """The reports that await somebody, of those the actor sees; all of them where no actor is given. One query."""
    rows = ComposedReport.objects.all() if actor is None else ComposedReport.objects.visible_to(actor)
    return [one for one in _told(rows.filter(state__in=_TURNS)) if one.turn is not None]


def _told(reports: QuerySet[ComposedReport]) -> list[ReportTold]:
    rows: Iterable[ComposedReport] = reports.annotate(is_issued=_issued()).select_related(
        "issuer", "conference", "program"
    )
    return [_one(report) for report in rows]


def _one(report: ComposedReport) -> ReportTold:
    return ReportTold(
        number=report.pk,
        title=_name_of(report),
        url=reverse("reports:report-compose", args=[report.pk]),
        agency_id=report.issuer_id,
        agency=report.issuer.current_short_name,
        turn=None if report.is_issued else _TURNS.get(report.status),
        since=report.moved_at,
        reason=report.returned_reason,
    )


def _issued() -> Exists:
    """Whether the paper of a report was issued under a number and not taken back."""
    about = Q(composed=OuterRef("pk"), kind=PAPER_KINDS[ReportKind.PROGRAM])
    about |= Q(conference=OuterRef("conference_id"), kind=PAPER_KINDS[ReportKind.CONFERENCE])
    return Exists(IssuedDocument.objects.filter(about, document_number__isnull=False, withdrawal=None))


def _name_of(report: ComposedReport) -> str:
    """How a report is called where several are told of: what it tells of, with its year."""
    if report.conference_id:
        return report.conference.title
    words = _("%(title)s, year %(year)s")
    return words % {"year": report.year, "title": report.program.short_title}


SOURCE = Source(seen_by=seen_by, told=told, awaiting=awaiting)
