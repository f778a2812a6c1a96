"""What a place of stored bytes can do."""

from collections.abc import Iterable
from typing import BinaryIO, Protocol


class Store(Protocol):
    """Bytes by their digest: put whole or not at all, never changed.

    Raises: OSError, of it StoreFailed, where the place takes or gives nothing.
    """

    def put(self, chunks: Iterable[bytes]) -> str:
        """Keep bytes and give their SHA-256; when this returns they outlast the power."""

    def open(self, sha256: str) -> BinaryIO:
        """The bytes, from their beginning, in what can be read, sought in and closed. Raises: FileNotFoundError."""

    def size_of(self, sha256: str) -> int:
        """How many bytes lie there. Raises: FileNotFoundError."""

    def has_lost(self, sha256: str) -> bool:
        """Whether it is plain at once, without asking another machine, that nothing lies there."""

    def remove(self, sha256: str) -> None:
        """Let go of the bytes, if they are there."""

    def name_of(self, sha256: str) -> str:
        """Where the bytes lie, in words for whoever looks after the server."""
