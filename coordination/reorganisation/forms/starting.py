"""The plan a step begins with: what is usual for these bodies and successors, to be read over and mended."""

from collections.abc import Sequence
from dataclasses import dataclass

from agencies.models import Reorganisation
from agencies.reorganisation.enums import StepKind, Subject
from agencies.reorganisation.plans import WHOLE, Heir, Ref, Renaming, StepPlan, UnitNaming
from agencies.reorganisation.queries import Ground, Planned, ground_of, steps_of
from agencies.reorganisation.queries.bodies import naming_of as recorded_naming
from agencies.reorganisation.queries.proposals import (
    NewUnit,
    proposed_agencies,
    proposed_agency,
    proposed_fates,
    proposed_renamings,
    proposed_unit,
)
from agencies.reorganisation.wording import whole_name
from agencies.units.enums import UnitKind

NEW, BY_STEP = "new", "step"
_LONGEST_NAME = 100


@dataclass(frozen=True)
class HeirChoice:
    """A successor as it was chosen: one that exists, one another step founds, or a new one, of units with its name."""

    existing: int | None = None
    key: str = ""
    kind: UnitKind | None = None
    bare_name: str = ""

    def written(self) -> str:
        """As an address carries it."""
        if self.existing:
            return str(self.existing)
        return f"{BY_STEP}:{self.key}" if self.key else f"{NEW}:{self.kind or ''}:{self.bare_name}"

    @classmethod
    def read(cls, written: str) -> "HeirChoice | None":
        """What an address carried; None for anything else."""
        if written.isascii() and written.isdigit() and len(written) < 19:
            return cls(existing=int(written))
        word, _colon, rest = written.partition(":")
        if word == BY_STEP and rest:
            return cls(key=rest[:20])
        kind, _colon, bare_name = rest.partition(":")
        if word != NEW or (kind and kind not in UnitKind.values):
            return None
        return cls(kind=UnitKind(kind) if kind else None, bare_name=" ".join(bare_name.split())[:_LONGEST_NAME])


def starting_step(
    act: Reorganisation,
    subject: Subject,
    kind: StepKind,
    bodies: Sequence[int],
    heirs: Sequence[HeirChoice],
    position: int,
) -> tuple[Planned, Ground]:
    """A step as it is usual for these bodies and successors, and what it stands on."""
    refs: list[Ref] = [heir.existing or heir.key or f"{position}.h{place}" for place, heir in enumerate(heirs)]
    others, plan = steps_of(act), StepPlan(tuple(bodies), tuple(Heir(ref) for ref in refs))
    ground = ground_of(act, [*others, Planned(position, subject, kind, plan)])
    if kind == StepKind.RENAME:
        plan = _usual_renaming(ground, subject, plan.bodies, heirs)
    elif kind in (StepKind.MOVE, StepKind.CLOSE):
        plan = StepPlan(plan.bodies)
    elif subject == Subject.UNIT:
        plan = _usual_units(ground, plan.bodies, refs, heirs, position)
    else:
        plan = _usual_agencies(ground, plan.bodies, refs, heirs)
    step = Planned(position, subject, kind, plan)
    return step, ground_of(act, [*others, step])


def _usual_renaming(ground: Ground, subject: Subject, bodies: tuple[int, ...], heirs: Sequence[HeirChoice]) -> StepPlan:
    if subject == Subject.AGENCY:
        return StepPlan(bodies, agency_naming=recorded_naming(ground.agencies[bodies[0]].name_on(ground.last_day)))
    now = ground.units[bodies[0]].naming_on(ground.last_day)
    asked = heirs[0] if heirs else HeirChoice()
    kind, bare_name = asked.kind or UnitKind(now.kind), asked.bare_name or now.bare_name
    usual = proposed_renamings(ground, bodies[0], NewUnit(kind, bare_name))
    naming = UnitNaming(kind, whole_name(kind, bare_name), bare_name)
    renamings = tuple(Renaming(pk, called) for pk, called in usual.items())
    return StepPlan(bodies, unit_naming=naming, renamings=renamings)


def _usual_units(
    ground: Ground, bodies: tuple[int, ...], refs: list[Ref], heirs: Sequence[HeirChoice], position: int
) -> StepPlan:
    units, agencies = [], []
    for ref, heir in zip(refs, heirs, strict=True):
        if heir.kind is not None:
            ground.unit_drafts[ref] = proposed_unit(ground, bodies, NewUnit(heir.kind, heir.bare_name), ref)
            units.append(ground.unit_drafts[ref])
    for place, ref in enumerate(refs):
        agencies += proposed_agencies(ground, bodies, ref, f"{position}.a{place}x")
    shares = _usual_shares(refs)
    fates = proposed_fates(ground, bodies, shares, agencies)
    return StepPlan(bodies, shares, units=tuple(units), agencies=tuple(agencies), fates=fates)


def _usual_agencies(ground: Ground, bodies: tuple[int, ...], refs: list[Ref], heirs: Sequence[HeirChoice]) -> StepPlan:
    model = ground.agencies[bodies[0]]
    new = [ref for ref, heir in zip(refs, heirs, strict=True) if not heir.existing and not heir.key]
    drafts = tuple(proposed_agency(ground, model, ref) for ref in new)
    return StepPlan(bodies, _usual_shares(refs), agencies=drafts)


def _usual_shares(refs: list[Ref]) -> tuple[Heir, ...]:
    """Equal shares, the rest with the first, which goes on with the work."""
    part = WHOLE // max(len(refs), 1)
    rest = WHOLE - part * (len(refs) - 1)
    return tuple(Heir(ref, rest if place == 0 else part, place == 0) for place, ref in enumerate(refs))
