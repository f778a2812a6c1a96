"""`manage.py copy_files folder bucket`: stored files from the one place to the other, with the results of jobs."""

from collections.abc import Iterable

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from portal.mishaps import sentence_of
from records.files.errors import StoreFailed
from records.files.models import StoredFile
from records.files.stores import Store, pieces, store_in
from records.jobs.models import Job

PLACES = ("folder", "bucket")


class Command(BaseCommand):
    help = "Copy stored files between PORTAL_FILES and PORTAL_FILES_BUCKET. Nothing is removed; repeating goes on."

    def add_arguments(self, parser):
        parser.add_argument("source", choices=PLACES, help="where the files are")
        parser.add_argument("target", choices=PLACES, help="where they go")

    def handle(self, *, source: str, target: str, **options):
        if source == target:
            raise CommandError(_("The two places must differ."))
        if not settings.FILES_BUCKET:
            raise CommandError(_("No bucket is named: PORTAL_FILES_BUCKET."))
        self.copied = self.there = self.damaged = 0
        try:
            self.copy(_named_files(), store_in(source), store_in(target))
            self.copy(_named_results(), store_in(source, results=True), store_in(target, results=True))
        except StoreFailed as failed:
            raise CommandError(sentence_of(failed)) from None
        told = {"copied": self.copied, "there": self.there}
        self.stdout.write(_("%(copied)s files copied, %(there)s were there.") % told)
        if self.damaged:
            raise CommandError(_("%(count)s files are missing or damaged where they were.") % {"count": self.damaged})

    def copy(self, digests: Iterable[tuple[str, int]], source: Store, target: Store) -> None:
        for sha256, size in digests:
            if _has(target, sha256, size):
                self.there += 1
            elif _copied(sha256, source, target):
                self.copied += 1
            else:
                self.damaged += 1
                self.stdout.write(_("The file %(digest)s is missing or changed.") % {"digest": sha256})


def _named_files() -> Iterable[tuple[str, int]]:
    return StoredFile.objects.order_by("sha256").values_list("sha256", "size_bytes").distinct().iterator()


def _named_results() -> Iterable[tuple[str, int]]:
    named = Job.objects.exclude(result_sha256="").order_by("result_sha256")
    return named.values_list("result_sha256", "result_bytes").distinct().iterator()


def _has(store: Store, sha256: str, size: int) -> bool:
    try:
        return store.size_of(sha256) == size
    except FileNotFoundError:
        return False


def _copied(sha256: str, source: Store, target: Store) -> bool:
    """Whether what lay under a digest had that digest; other bytes come to lie under their own, which nobody names."""
    try:
        with source.open(sha256) as content:
            return target.put(pieces(content)) == sha256
    except FileNotFoundError:
        return False
