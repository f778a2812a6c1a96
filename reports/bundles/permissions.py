"""Who takes bundles of papers. Deny by default."""

from agencies.models import Membership
from records.errors import Decision
from records.models import Job
from reports.issuing.models import IssuedDocument
from reports.issuing.permissions import can_view_reports


def can_take_papers(actor: Membership) -> Decision:
    """Whoever reads the papers of programs and conferences takes those of a year together: the ones they see."""
    return can_view_reports(actor)


def can_have_bundle(actor: Membership, job: Job) -> Decision:
    """A bundle is handed to the one who asked for it as long as they still see every paper in it.

    Rule: R-JOB-1, R-SEE-5. Rights may have ended between asking and taking.
    """
    if not (allowed := can_take_papers(actor)):
        return allowed
    held = held_by(job)
    return Decision(IssuedDocument.objects.visible_to(actor).filter(pk__in=held).count() == len(held), hidden=True)


def held_by(job: Job) -> list[int]:
    """The keys of the papers in the bundle a job has made."""
    return job.values.get("held", [])
