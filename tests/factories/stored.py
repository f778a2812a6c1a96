"""Where the folder keeps bytes, for tests that look at them or damage them."""

from pathlib import Path

from django.conf import settings

from records.files.models import StoredFile
from records.jobs.models import Job


def path_of(file: StoredFile) -> Path:
    """The bytes of a stored file in the folder."""
    return Path(settings.MEDIA_ROOT) / file.sha256[:2] / file.sha256


def result_path(job: Job) -> Path:
    """The bytes that came of a job in the folder."""
    return Path(settings.MEDIA_ROOT) / "results" / job.result_sha256[:2] / job.result_sha256
