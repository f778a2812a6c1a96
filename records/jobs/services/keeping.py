"""The queue is looked after: what was dropped is taken up again, what is old is cleared away."""

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from records import clock
from records.files.stores import kept_results
from records.jobs import queue
from records.jobs.enums import KEPT
from records.jobs.models import Job
from records.jobs.queries import ended_before, lapsed_jobs, untold_jobs
from records.jobs.services.working import give_back, run_job


def look_after() -> tuple[int, int]:
    """Take up jobs whose process is gone and tell the queue of jobs it does not know; how many of each.

    Rule: R-JOB-4. While the queue's server is away nobody is told: `manage.py work` finds the jobs by their rows.
    Why no entry: see `enqueue`.
    """
    lapsed = list(lapsed_jobs())
    with translation.override(settings.LANGUAGE_CODE):
        for job in lapsed:
            give_back(job, _("The process that did this was ended before it was through."))
    untold = [] if queue.fault() else list(untold_jobs().values_list("pk", flat=True))
    for pk in untold:
        Job.objects.filter(pk=pk).update(told_at=clock.machine_now())
        queue.put(run_job, pk)
    return len(lapsed), len(untold)


def clear_old() -> int:
    """Remove jobs that ended more than a week ago, and the files that came of them; how many jobs there were.

    Rule: R-JOB-5. Where a file cannot be removed its job stays, and is cleared another night.
    Why no entry: they were kept for one who asked and can be asked for again; what they did stands in the record.
    """
    before = clock.machine_now() - KEPT
    old = list(ended_before(before))
    with transaction.atomic():
        ended_before(before).filter(pk__in=[job.pk for job in old]).delete()
        for job in old:
            if job.has_file and not Job.objects.filter(result_sha256=job.result_sha256).exists():
                kept_results().remove(job.result_sha256)
    queue.carried_before(before).delete()
    return len(old)
