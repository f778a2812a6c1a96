"""Named reads about composed reports that the rooms above share."""

from django.db.models import Model

from coordination.models import Conference
from reports.composed.enums import ReportState
from reports.composed.models import ComposedReport


def composed_of_conference(conference: Conference) -> ComposedReport | None:
    """The report its organiser writes on a conference; None while nobody began one. The caller asks who may read it."""
    return (
        ComposedReport.objects.filter(conference=conference)
        .select_related("issuer", "unit", "conference", "program")
        .prefetch_related("issuer__names", "unit__names")
        .first()
    )


def awaits_approval(subject: Model) -> bool:
    """Whether what a paper is about is written block by block and its leader has not approved it yet."""
    if isinstance(subject, ComposedReport):
        report = subject
    else:
        report = composed_of_conference(subject) if isinstance(subject, Conference) else None
    return report is not None and report.status is not ReportState.APPROVED
