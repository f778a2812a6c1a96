"""The Đầm Hà story in the test database, for the tests that read it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from portal.demo.story import Story, tell


@contextmanager
def told_story() -> Iterator[Story]:
    """The story told once for a module's tests and taken back at the end."""
    with transaction.atomic():
        yield tell()
        transaction.set_rollback(True)
