"""Named reads about stored files."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from records.files.enums import ScanState
from records.files.models import StoredFile
from records.files.stores import is_as_kept, kept_files


@dataclass(frozen=True)
class Damage:
    """A stored file whose bytes are not, or not all, what was kept; `place` is where they should lie."""

    pk: int
    name: str
    place: str
    is_missing: bool

    def __str__(self) -> str:
        told = {"pk": self.pk, "name": self.name, "place": self.place}
        if self.is_missing:
            return _("File %(pk)s “%(name)s” is missing from %(place)s. Put it back from a backup.") % told
        return (
            _("File %(pk)s “%(name)s” in %(place)s is not the one that was kept. Put that back from a backup.") % told
        )


def waiting_for_the_scanner() -> QuerySet[StoredFile]:
    """Files the virus scanner could not see when they came in, the oldest first."""
    return StoredFile.objects.filter(scan=ScanState.WAITING).order_by("pk")


def damaged_files() -> Iterator[Damage]:
    """Every stored file whose bytes are gone or do not have the digest and size they were kept with.

    Raises: StoreFailed where their store does not answer; what it would say of the rest is not known then.
    """
    store = kept_files()
    for file in StoredFile.objects.order_by("pk").iterator(chunk_size=500):
        try:
            if not is_as_kept(store, file.sha256, file.size_bytes):
                yield Damage(file.pk, file.name, store.name_of(file.sha256), is_missing=False)
        except FileNotFoundError:
            yield Damage(file.pk, file.name, store.name_of(file.sha256), is_missing=True)
