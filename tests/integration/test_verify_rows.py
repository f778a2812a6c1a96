"""What `manage.py verify` finds beside the log: counters put back, rows that point nowhere; and what it keeps of it."""

import json
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from agencies.models import Membership
from coordination.register import services as register
from coordination.register.enums import DocumentType
from coordination.register.models import NumberSeries, RegisterEntry
from coordination.register.queries import wrong_counters
from portal.condition.enums import Standing
from portal.condition.looks import database
from records import clock, verified
from records.orphans import orphan_rows
from tests.factories.people import make_unit
from tests.factories.programs import make_parties, secretary_of

pytestmark = pytest.mark.django_db
NOBODY = 10**9


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def keeper() -> Membership:
    return secretary_of(make_parties(make_unit(), 2)[0])


@pytest.fixture
def series(keeper) -> NumberSeries:
    made = register.open_series(actor=keeper, agency=keeper.agency, document_type=DocumentType.PROGRAM, year=2022)
    for subject in ("một", "hai"):
        register.reserve_number(made, actor=keeper, subject=subject)
    made.refresh_from_db()
    return made


def verify() -> str:
    out = StringIO()
    try:
        call_command("verify", stdout=out)
    except CommandError as fault:
        out.write(str(fault))
    return out.getvalue()


def give_behind_the_counter(series: NumberSeries, number: int) -> None:
    """A number the counter knows nothing of; the counter itself cannot be put back while its guard stands."""
    RegisterEntry.objects.create(series=series, number=number, subject="ba", reserved_at=clock.now())


def test_a_number_given_behind_the_counter_is_found(series):
    assert list(wrong_counters()) == []
    give_behind_the_counter(series, 3)
    [wrong] = wrong_counters()
    assert (wrong.series, wrong.last) == (series, 3)
    assert str(wrong) in verify()
    assert wrong.series.agency.current_name in str(wrong)


def test_a_row_that_points_nowhere_is_found(keeper):
    assert list(orphan_rows()) == []
    was = keeper.agency_id
    Membership.objects.filter(pk=keeper.pk).update(agency_id=NOBODY)
    found, said = list(orphan_rows()), verify()
    # The database asks at the end of the transaction whether every row points somewhere.
    Membership.objects.filter(pk=keeper.pk).update(agency_id=was)
    assert [(one.model, one.pk, one.column, one.target) for one in found] == [
        ("agencies.Membership", keeper.pk, "agency", NOBODY)
    ]
    assert str(found[0]) in said


def test_what_was_found_is_kept_for_whoever_looks_at_the_server(settings, series):
    settings.DEMO = False
    assert [one.standing for one in database.proof()] == [Standing.WARNING]
    verify()
    assert [one.standing for one in database.proof()] == [Standing.IN_ORDER]
    [kept] = Path(settings.MEDIA_ROOT).iterdir()
    assert (kept.name, kept.stat().st_mode & 0o077) == ("verified.json", 0), "nobody else's"
    with clock.machine_standing_at(clock.machine_now() + timedelta(days=9)):
        assert [one.standing for one in database.proof()] == [Standing.WARNING]
    give_behind_the_counter(series, 3)
    verify()
    assert (verified.last().faults, [one.standing for one in database.proof()]) == (1, [Standing.BROKEN])


@pytest.mark.parametrize("content", ["", "[1]", "{}", json.dumps({"at": "yesterday"})])
def test_what_cannot_be_read_counts_as_never_run(settings, content: str):
    Path(settings.MEDIA_ROOT).mkdir()
    (Path(settings.MEDIA_ROOT) / "verified.json").write_text(content)
    assert verified.last() is None
