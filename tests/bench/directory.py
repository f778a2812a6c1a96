"""The directory at the size of the country: 40,000 agencies, searched by whoever sees all of them."""

from collections.abc import Iterator

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from agencies.access.enums import Role
from agencies.directory.queries import search_directory
from agencies.models import Agency, Membership
from tests.bench.timing import Measured, measure
from tests.factories.country import load_country
from tests.factories.people import make_member

AGENCIES = 40_000
# What is typed, and how many milliseconds its first page may take.
SEARCHES = {"dam ha": 50, "ubnd xa quang": 100, "hoi nong dan": 100, "ban tuyen giao": 100, "x": 150, "": 50}


def figures() -> Iterator[Measured]:
    """Each search alone, then the whole page as a browser asks for it."""
    unit = load_country(AGENCIES)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    reader = make_member(Agency.objects.get(unit=unit, code="vp"), Role.SYSTEM_ADMIN)
    for words, target in SEARCHES.items():
        yield measure(
            f"directory, {AGENCIES} agencies: “{words}”",
            lambda words=words: search_directory(reader, words),
            target_ms=target,
            note=_found(reader, words),
        )
    client = Client()
    client.force_login(reader.user, backend="django.contrib.auth.backends.ModelBackend")
    yield measure("directory page “dam ha”, whole", lambda: client.get("/co-quan/", {"q": "dam ha"}), target_ms=150)


def _found(reader: Membership, words: str) -> str:
    with CaptureQueriesContext(connection) as asked:
        page = search_directory(reader, words)
    return f"{len(page.rows)}{' and more' if page.has_more else ''}, {len(asked)} query"
