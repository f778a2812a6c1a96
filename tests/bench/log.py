"""The audit: writing one entry, proving a hundred thousand."""

from collections.abc import Iterator

from agencies.access.enums import Role
from agencies.models import Agency
from records.audit.enums import AuditAction
from records.audit.services import record
from records.audit.verification import faults
from tests.bench.timing import Measured, measure
from tests.factories.audit import fill_log
from tests.factories.people import make_member

ENTRIES = 100_000


def figures() -> Iterator[Measured]:
    """One entry written, then the whole log verified; it must be found whole, or the time means nothing."""
    member = make_member(Agency.objects.first(), Role.SECRETARY)
    fill_log(member, ENTRIES)
    yield measure(
        "audit: one entry written",
        lambda: record(AuditAction.CHANGED, actor=member, about=member.agency, after={"name": "UBND"}),
        target_ms=20,
        times=50,
    )
    yield measure(f"audit: {ENTRIES} entries verified", _prove, target_ms=60_000, times=1)


def _prove() -> None:
    found = list(faults())
    if found:
        raise RuntimeError(f"The log of the measurement is not whole: {found[0]}")
