"""Acts of reorganisation carried out by the real services, for tests about what becomes of rights."""

from datetime import date

from agencies.models import AdminUnit, Agency, Membership, Reorganisation
from agencies.reorganisation import services as acts
from agencies.reorganisation.enums import StepKind, Subject
from agencies.reorganisation.plans import StepPlan
from coordination.reorganisation import services
from coordination.reorganisation.forms import HeirChoice, starting_step
from coordination.reorganisation.queries import preview_of
from records import clock


def prepare(unit: AdminUnit, actor: Membership) -> Reorganisation:
    """A decision about a unit that takes effect today, without steps."""
    return acts.prepare(
        actor=actor,
        title="Sắp xếp thử",
        scope=unit,
        number="Quyết định 12/QĐ-UBND",
        issuing_body="Ủy ban nhân dân tỉnh",
        decided_on=date(2022, 3, 1),
        effective_on=clock.today(),
    )


def plan_of(act: Reorganisation, kind: StepKind, agencies: list[Agency], heirs: list[Agency] = ()) -> StepPlan:
    """What the form begins with for these agencies."""
    chosen, choices = [agency.pk for agency in agencies], [HeirChoice(existing=heir.pk) for heir in heirs]
    step, _ground = starting_step(act, Subject.AGENCY, kind, chosen, choices, acts.next_position(act))
    return step.plan


def add(act: Reorganisation, kind: StepKind, agencies: list[Agency], heirs: list[Agency] = ()) -> None:
    """One more thing the decision does."""
    plan = plan_of(act, kind, agencies, heirs)
    act.refresh_from_db()
    acts.add_step(act, actor=act.prepared_by, revision=act.revision, subject=Subject.AGENCY, kind=kind, plan=plan)


def apply(act: Reorganisation) -> None:
    """Read the preview and send it back."""
    act.refresh_from_db()
    services.apply(act, actor=act.prepared_by, revision=act.revision, digest=preview_of(act).digest)
    act.refresh_from_db()


def undo(act: Reorganisation) -> None:
    """Take an applied act back."""
    services.undo(act, actor=act.prepared_by, revision=act.revision, reason="Nhập nhầm")
    act.refresh_from_db()


def merge_agencies(unit: AdminUnit, merged: list[Agency], heir: Agency, *, actor: Membership) -> None:
    """From today on the agencies are one with an existing one."""
    act = prepare(unit, actor)
    add(act, StepKind.MERGE, merged, [heir])
    apply(act)
