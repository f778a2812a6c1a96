"""The short form of `make faults`: killed in the middle, nothing acknowledged is lost, doubled or half there."""

from collections.abc import Iterator

import pytest

from tests.integration.crowd import database_of_its_own, left_behind

pytestmark = [pytest.mark.django_db, pytest.mark.on_postgresql]


@pytest.fixture(scope="module")
def found(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[dict]:
    with (
        django_db_blocker.unblock(),
        database_of_its_own("faults", tmp_path_factory.mktemp("faults")) as address,
    ):
        yield left_behind("faults_once", address)


@pytest.mark.parametrize("fault", ["web_worker", "paper_job", "signing"])
def test_what_was_acknowledged_stands_once_and_whole(found, fault):
    """Faults F1, F2 and F3 of `docs/faults.md`."""
    assert found[fault]
    assert [words for words, held in found[fault] if not held] == []
