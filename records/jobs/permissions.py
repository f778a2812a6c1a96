"""Who may do what with a job. Deny by default."""

from django.utils.translation import gettext as _

from records.audit.services import Actor
from records.errors import Decision
from records.jobs.kinds import kind_of
from records.jobs.models import Job

_YES, _UNSEEN = Decision(True), Decision(False, hidden=True)


def can_view_job(actor: Actor, job: Job) -> Decision:
    """Whoever asked for a job, in the role it was asked in. Rule: R-JOB-1."""
    return _YES if actor.pk == job.asked_by else _UNSEEN


def can_retry_job(actor: Actor, job: Job) -> Decision:
    """Whoever asked for a job has it tried again, once it has failed or what came of it is gone."""
    if not (seen := can_view_job(actor, job)):
        return seen
    return _YES if job.is_failed or job.is_gone else Decision(False, _("Only what could not be made is tried again."))


def can_take_result(actor: Actor, job: Job) -> Decision:
    """Whoever asked for a job takes its file, as long as they may have what is in it.

    Rule: R-JOB-1. Rights are asked when the file is taken, not only when it was made.
    """
    kind = kind_of(job.name)
    if not can_view_job(actor, job) or not job.has_file or kind is None:
        return _UNSEEN
    return kind.may_have(actor, job)
