"""A merger of agencies carried out by the real services, for tests about what becomes of rights."""

from agencies.models import AdminUnit, Agency, Membership
from agencies.reorganisation import services as acts
from agencies.reorganisation.enums import StepKind, Subject
from records import clock
from tests.factories.reorganisations import add, apply


def merge_agencies(unit: AdminUnit, merged: list[Agency], heir: Agency, *, actor: Membership) -> None:
    """From today on the agencies are one with an existing one."""
    act = acts.prepare(
        actor=actor,
        title="Hợp nhất thử",
        scope=unit,
        number="Quyết định 1/QĐ",
        issuing_body="Ủy ban nhân dân tỉnh",
        decided_on=clock.today(),
        effective_on=clock.today(),
    )
    add(act, Subject.AGENCY, StepKind.MERGE, merged, [heir])
    apply(act)
