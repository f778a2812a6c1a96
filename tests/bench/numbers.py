"""The register of numbers under a rush: twenty clerks taking the next number at the same moment, two hundred times."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection

from agencies.access.enums import Role
from coordination.register import services as register
from coordination.register.enums import DocumentType
from coordination.register.models import NumberSeries, RegisterEntry
from coordination.register.queries import gaps_of
from tests.bench.timing import Measured
from tests.factories.people import make_agency, make_member, make_unit

TAKERS, ROUNDS = 20, 200


def figures() -> Iterator[Measured]:
    """How long a round takes until the last of the twenty has a number; a duplicate or a gap ends the measurement."""
    agency = make_agency(make_unit("SO", "huyện Sổ Sách"), "ubnd", "Ủy ban nhân dân")
    clerk = make_member(agency, Role.SECRETARY)
    series = register.open_series(actor=clerk, agency=agency, document_type=DocumentType.PROGRAM, year=2022)
    barrier = Barrier(TAKERS)

    def take(_taker: int) -> int:
        barrier.wait()
        return register.reserve_number(series, actor=clerk, subject="Văn bản trên giấy").number

    took, given = [], []
    with ThreadPoolExecutor(TAKERS) as clerks:
        for _round in range(ROUNDS):
            started = time.perf_counter()
            given += clerks.map(take, range(TAKERS))
            took.append((time.perf_counter() - started) * 1000)
        list(clerks.map(_hang_up, [barrier] * TAKERS))
    _prove(series, given)
    note = f"{len(given)} numbers, none twice, no gap"
    yield Measured(f"register: {TAKERS} takers at once, {ROUNDS} rounds", tuple(took), target_ms=3_000, note=note)


def _hang_up(barrier: Barrier) -> None:
    """Each clerk of the crowd closes the connection of its own thread."""
    barrier.wait()
    connection.close()


def _prove(series: NumberSeries, given: list[int]) -> None:
    series.refresh_from_db()
    written = list(RegisterEntry.objects.filter(series=series).order_by("number").values_list("number", flat=True))
    if sorted(given) != written or written != list(range(1, TAKERS * ROUNDS + 1)) or gaps_of(series):
        raise RuntimeError("The register of the measurement has a number twice, or one too few")
