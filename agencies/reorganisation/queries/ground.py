"""The rows a reorganisation stands on: every unit and agency its steps name, as they are now."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from agencies.directory.models import Agency, AgencySuccession
from agencies.reorganisation.enums import ENDING_KINDS, StepKind, Subject
from agencies.reorganisation.models import Reorganisation
from agencies.reorganisation.plans import AgencyDraft, Ref, StepPlan, UnitDraft
from agencies.units.models import AdminUnit, UnitParent, UnitReach, UnitSuccession
from records import clock


@dataclass(frozen=True)
class Planned:
    """One step with its plan."""

    position: int
    subject: Subject
    kind: StepKind
    plan: StepPlan

    @property
    def is_of_units(self) -> bool:
        return self.subject == Subject.UNIT

    @property
    def ends_bodies(self) -> bool:
        """Whether the bodies exist no more after it."""
        return self.kind in ENDING_KINDS and not self.plan.goes_on


@dataclass
class Ground:
    """Units and agencies by their number, what the steps describe by its key, and what passed on already."""

    day: date
    scope: AdminUnit
    steps: list[Planned]
    units: dict[int, AdminUnit] = field(default_factory=dict)
    agencies: dict[int, Agency] = field(default_factory=dict)
    unit_drafts: dict[str, UnitDraft] = field(default_factory=dict)
    agency_drafts: dict[str, AgencyDraft] = field(default_factory=dict)
    in_scope: frozenset[int] = frozenset()
    passed_units: dict[int, date] = field(default_factory=dict)
    passed_agencies: dict[int, date] = field(default_factory=dict)
    latest_join: dict[tuple[Subject, int], date] = field(default_factory=dict)

    @property
    def last_day(self) -> date:
        """The last day of what ends."""
        return self.day - timedelta(days=1)

    def name_of_unit(self, ref: Ref | None) -> str:
        """What a unit is called on the day the act takes effect, or was until the day before."""
        if ref is None:
            return ""
        if isinstance(ref, str):
            return self.unit_drafts[ref].name if ref in self.unit_drafts else ref
        return self.units[ref].name_on(self.day) if ref in self.units else str(ref)

    def name_of_agency(self, ref: Ref | None) -> str:
        """What an agency is called on the day, or was until the day before."""
        if ref is None:
            return ""
        if isinstance(ref, str):
            return self.agency_drafts[ref].naming.name if ref in self.agency_drafts else ref
        return self.agencies[ref].name_on(self.day).name if ref in self.agencies else str(ref)

    def unit_of(self, ref: Ref) -> Ref | None:
        """The unit an agency belongs to."""
        if isinstance(ref, str):
            return self.agency_drafts[ref].unit if ref in self.agency_drafts else None
        return self.agencies[ref].unit_id if ref in self.agencies else None

    def living_in(self, unit: int) -> list[Agency]:
        """The agencies of a unit on the last day before the act, in protocol order."""
        alive = [
            agency
            for agency in self.agencies.values()
            if agency.unit_id == unit
            and agency.valid_from <= self.last_day
            and (agency.valid_to is None or agency.valid_to >= self.last_day)
            and agency.pk not in self.passed_agencies
        ]
        return sorted(alive, key=lambda agency: (agency.protocol_order, agency.name_sorted, agency.pk))

    def parent_of(self, unit: int) -> int | None:
        """The unit a unit belongs to on the last day before the act."""
        places = [place for place in self.units[unit].parents.all() if place.holds_on(self.last_day)]
        return places[0].parent_id if places else None


def steps_of(act: Reorganisation) -> list[Planned]:
    """The steps of an act in order, with their plans typed."""
    return [
        Planned(step.position, Subject(step.subject), StepKind(step.kind), step.planned) for step in act.steps.all()
    ]


def ground_of(act: Reorganisation, steps: Iterable[Planned] | None = None) -> Ground:
    """Everything the steps of an act name. Ten queries whatever their number."""
    steps = list(steps_of(act) if steps is None else steps)
    ground = Ground(day=act.effective_on or clock.today(), scope=act.scope, steps=steps)
    for step in steps:
        ground.unit_drafts |= {draft.key: draft for draft in step.plan.units}
        ground.agency_drafts |= {draft.key: draft for draft in step.plan.agencies}
    ground.in_scope = frozenset(UnitReach.objects.filter(above=act.scope_id).values_list("below_id", flat=True))
    named_units, named_agencies = _named(ground)
    plans = [step.plan for step in steps if step.is_of_units]
    concerned = {ref for plan in plans for ref in (*plan.bodies, *(heir.body for heir in plan.heirs))}
    in_units = [unit for unit in concerned if isinstance(unit, int)]
    agencies = Agency.objects.filter(pk__in=named_agencies) | Agency.objects.filter(unit_id__in=in_units)
    whole = agencies.select_related("unit").prefetch_related("names", "services", "service_of")
    ground.agencies = {agency.pk: agency for agency in whole}
    named_units |= {agency.unit_id for agency in ground.agencies.values()}
    named_units |= set(UnitParent.objects.filter(unit_id__in=in_units).values_list("parent_id", flat=True))
    units = AdminUnit.objects.filter(pk__in=named_units).prefetch_related("names", "parents")
    ground.units = {unit.pk: unit for unit in units}
    for agency in ground.agencies.values():
        agency.unit = ground.units[agency.unit_id]
    _read_successions(ground)
    return ground


def children_later(units: Iterable[int], day: date) -> dict[int, date]:
    """Units below which another is placed from the day on, with the day."""
    later = UnitParent.objects.filter(parent_id__in=list(units), valid_from__gte=day)
    return dict(later.values_list("parent_id", "valid_from"))


def _named(ground: Ground) -> tuple[set[int], set[int]]:
    units: set[Ref | None] = {ground.scope.pk}
    agencies: set[Ref | None] = set()
    for step in ground.steps:
        plan, own = step.plan, units if step.is_of_units else agencies
        own |= {*plan.bodies, plan.parent, *(heir.body for heir in plan.heirs)}
        units |= {draft.parent for draft in plan.units} | {draft.unit for draft in plan.agencies}
        agencies |= {draft.parent for draft in plan.agencies} | {fate.agency for fate in plan.fates}
        agencies |= {heir.body for fate in plan.fates for heir in fate.heirs}
        agencies |= {renaming.agency for renaming in plan.renamings}
    return {ref for ref in units if isinstance(ref, int)}, {ref for ref in agencies if isinstance(ref, int)}


def _read_successions(ground: Ground) -> None:
    """What has a main successor already, and the latest day on which something passed to or from a body."""
    for subject, model, known, passed in (
        (Subject.UNIT, UnitSuccession, ground.units, ground.passed_units),
        (Subject.AGENCY, AgencySuccession, ground.agencies, ground.passed_agencies),
    ):
        rows = model.objects.filter(predecessor__in=list(known)) | model.objects.filter(successor__in=list(known))
        for row in rows:
            if row.is_main and row.predecessor_id in known:
                passed[row.predecessor_id] = row.effective_on
            for body in (row.predecessor_id, row.successor_id):
                latest = ground.latest_join.get((subject, body))
                ground.latest_join[subject, body] = max(filter(None, (latest, row.effective_on)))
