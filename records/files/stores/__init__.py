"""Where stored bytes are kept: one door, behind it a folder or a bucket. Nobody outside asks which.

Rule: R-FILE-8.
"""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from django.conf import settings

from records.files.stores.folder import FolderStore
from records.files.stores.place import Store

if TYPE_CHECKING:
    from records.files.stores.bucket import BucketStore

PIECE_BYTES = 1024 * 1024
_RESULTS = "results"


def kept_files() -> Store:
    """The store of stored files."""
    return store_in(_chosen())


def kept_results() -> Store:
    """The store of what came of jobs: beside the stored files but apart from them, because it is kept for a while."""
    return store_in(_chosen(), results=True)


def store_in(place: str, *, results: bool = False) -> Store:
    """The store in a place, "folder" or "bucket", whichever of them the portal works with."""
    within = _RESULTS if results else ""
    return _bucket(within) if place == "bucket" else FolderStore(Path(settings.MEDIA_ROOT) / within)


def _chosen() -> str:
    return "bucket" if settings.FILES_BUCKET else "folder"


def shared() -> "BucketStore | None":
    """The bucket, for what is kept there under a name of its own because several machines must know it."""
    return _bucket() if settings.FILES_BUCKET else None


def pieces(content: BinaryIO) -> Iterator[bytes]:
    """The rest of what was opened, piece by piece."""
    return iter(lambda: content.read(PIECE_BYTES), b"")


def is_as_kept(store: Store, sha256: str, size_bytes: int) -> bool:
    """Whether what lies under a digest has that digest and that size.

    Raises: FileNotFoundError when nothing lies there; StoreFailed where the store cannot say.
    """
    if store.size_of(sha256) != size_bytes:
        return False
    digest = hashlib.sha256()
    with store.open(sha256) as content:
        for piece in pieces(content):
            digest.update(piece)
    return digest.hexdigest() == sha256


def _bucket(within: str = "") -> "BucketStore":
    """Why imported here: the library behind it is large, and an office without a bucket never needs it."""
    from records.files.stores.bucket import BucketStore

    return BucketStore(settings.FILES_BUCKET, within)
