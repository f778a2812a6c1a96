"""What a task is planned to be: everything a form, a table or an earlier task says of it, before it is written."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, time
from decimal import Decimal

from agencies.directory.lineage import has_ended, heirs_of
from agencies.models import Agency, AgencyGroup, Office
from coordination.programs.models import Area, Program, Section
from coordination.programs.queries import standing_parties
from coordination.tasks import targets
from coordination.tasks.enums import (
    EvidenceKind,
    RoleKind,
    ScheduleKind,
    StepKind,
    TargetMeasure,
    TargetOperator,
    TaskOrigin,
    UpdateCycle,
)
from coordination.tasks.models import Target, Task, TaskRole, TaskStep
from coordination.tasks.schedule import Detail, Wave
from records import clock
from records.prepared import Prepared

TITLE_LIMIT = 200
MOST_LEADS = 2


@dataclass(frozen=True)
class LeadDraft:
    """A lead: an agency, or a body or an office-holder inside it."""

    agency: Agency
    body: str = ""
    office: Office | None = None


@dataclass(frozen=True)
class TargetDraft:
    """A target; `part_of` is the place, from 1, of the total it is a part of; without a `measure` its unit tells."""

    name: str = ""
    operator: TargetOperator = TargetOperator.EXACTLY
    value: Decimal | None = None
    unit: str = ""
    words: str = ""
    measure: TargetMeasure | None = None
    part_of: int | None = None

    @property
    def says_nothing(self) -> bool:
        return self.value is None and not self.words


@dataclass(frozen=True)
class ItemDraft:
    """A part of the work with its own deadline, and which of the agencies does it where the plan says so."""

    title: str
    due_on: date
    agency: Agency | None = None


@dataclass(frozen=True)
class DirectionDraft:
    """The paper of a higher authority by which a task was given."""

    number: str
    issued_on: date | None
    issuer: str
    subject: str = ""


@dataclass(frozen=True)
class TaskDraft:
    """Everything that is planned about a task; one or two leads, any number of coordinators and groups.

    Units: `contributions` says what a coordinator adds, by the key of its agency. The first target has columns of its
    own, because progress is measured by it; `more_targets` are the others.
    """

    title: str
    area: Area
    leads: tuple[LeadDraft, ...]
    coordinators: tuple[Agency, ...] = ()
    contributions: Mapping[int, str] = field(default_factory=dict)
    groups: tuple[AgencyGroup, ...] = ()
    section: Section | None = None
    deliverable: str = ""
    proof: EvidenceKind | str = ""
    schedule_kind: ScheduleKind = ScheduleKind.RANGE
    schedule_number: int | None = None
    schedule_until: int | None = None
    start_on: date | None = None
    due_on: date | None = None
    due_time: time | None = None
    legal_due_on: date | None = None
    follows: Task | None = None
    within_days: int | None = None
    waves: tuple[Wave, ...] = ()
    items: tuple[ItemDraft, ...] = ()
    target_name: str = ""
    target_operator: TargetOperator = TargetOperator.EXACTLY
    target_value: Decimal | None = None
    target_unit: str = ""
    target_words: str = ""
    target_measure: TargetMeasure | None = None
    more_targets: tuple[TargetDraft, ...] = ()
    update_cycle: UpdateCycle = UpdateCycle.MONTHLY
    confirming_agency: Agency | None = None
    origin: TaskOrigin = TaskOrigin.PLANNED
    continues: Task | None = None
    direction: DirectionDraft | None = None
    funding: str = ""
    note: str = ""

    @property
    def detail(self) -> Detail:
        """What the kind of schedule says besides its number and days."""
        follows = self.follows.short_code if self.follows else ""
        return Detail(self.schedule_until, self.due_time, follows, self.within_days, self.waves)

    @property
    def targets(self) -> tuple[TargetDraft, ...]:
        """All targets, the one that measures progress first; none that says nothing."""
        in_words = self.target_value is None
        first = TargetDraft(
            self.target_name,
            TargetOperator.IN_WORDS if in_words else self.target_operator,
            self.target_value,
            "" if in_words else self.target_unit,
            self.target_words,
            self.target_measure,
        )
        return tuple(one for one in (first, *self.more_targets) if not one.says_nothing)


_ROLES = Prepared(
    lambda task: (
        TaskRole.objects.filter(task=task).select_related("agency", "office", "group").order_by("kind", "position")
    )
)
_ITEMS = Prepared(lambda task, kind: TaskStep.objects.filter(task=task, kind=kind).select_related("agency"))


def draft_of(task: Task) -> TaskDraft:
    """The plan of a task as it stands, to change or to carry over."""
    roles = _ROLES.models(task=task.pk)
    first, *others = target_drafts(task.targets.all()) or [TargetDraft()]
    return TaskDraft(
        title=task.title,
        area=task.area,
        leads=tuple(LeadDraft(role.agency, role.body, role.office) for role in roles if role.kind == RoleKind.LEAD),
        coordinators=tuple(role.agency for role in roles if role.kind == RoleKind.COORDINATOR),
        contributions=contributions_of(roles),
        groups=groups_of(roles),
        section=task.section,
        deliverable=task.deliverable,
        proof=task.proof,
        schedule_kind=ScheduleKind(task.schedule_kind),
        schedule_number=task.schedule_number,
        schedule_until=task.schedule_until,
        start_on=task.start_on,
        due_on=task.due_on,
        due_time=task.due_time,
        legal_due_on=task.legal_due_on,
        follows=task.follows,
        within_days=task.within_days,
        waves=task.waves,
        items=items_of(task),
        target_name=first.name,
        target_operator=first.operator,
        target_value=first.value,
        target_unit=first.unit,
        target_words=first.words,
        target_measure=first.measure,
        more_targets=tuple(others),
        update_cycle=UpdateCycle(task.update_cycle),
        confirming_agency=task.confirming_agency,
        origin=TaskOrigin(task.origin),
        continues=task.continues,
        direction=_direction_of(task),
        funding=task.funding,
        note=task.note,
    )


def target_drafts(rows: Iterable[Target]) -> list[TargetDraft]:
    """The targets of one task as a plan says them, in their order. No query."""
    rows = list(rows)
    places = {target.pk: target.position for target in rows}
    return [
        TargetDraft(
            target.name,
            TargetOperator(target.operator),
            target.value,
            target.unit,
            target.words,
            TargetMeasure(target.measure),
            places.get(target.part_of_id),
        )
        for target in rows
    ]


def contributions_of(roles: list[TaskRole]) -> dict[int, str]:
    """What each coordinator adds, by the key of its agency."""
    told = [role for role in roles if role.kind == RoleKind.COORDINATOR and role.contribution]
    return {role.agency_id: role.contribution for role in told}


def groups_of(roles: list[TaskRole]) -> tuple[AgencyGroup, ...]:
    """The groups a task was given to, each once. Shape: the roles come with their groups."""
    return tuple({role.group_id: role.group for role in roles if role.kind == RoleKind.MEMBER}.values())


def items_of(task: Task) -> tuple[ItemDraft, ...]:
    """The parts of the work of a task, in their order."""
    steps = _ITEMS.models(task=task.pk, kind=StepKind.ITEM.value)
    return tuple(ItemDraft(step.title, step.due_on, step.agency) for step in steps)


def measure_of(target: TargetDraft) -> TargetMeasure:
    """What a target's number is: as the plan says, else as its unit tells."""
    return target.measure or targets.measure_of(target.value, target.unit)


def confirming_agency_for(draft: TaskDraft, program: Program) -> Agency | None:
    """Who confirms the result when the plan does not say: the lead party, else the first party that does not lead."""
    if draft.confirming_agency is not None:
        return draft.confirming_agency
    leads = {lead.agency.pk for lead in draft.leads}
    parties = standing_parties(program, clock.today(), lead_first=True)
    return next((agency for agency in parties if agency.pk not in leads), None)


def in_present_hands(draft: TaskDraft) -> TaskDraft:
    """The plan with each agency that has ended replaced by the one that goes on with its work. Rule: R-SUCC-5."""
    named = [*(lead.agency for lead in draft.leads), *draft.coordinators, draft.confirming_agency]
    named += [item.agency for item in draft.items]
    heirs = heirs_of([one.pk for one in named if one and has_ended(one, clock.today())], clock.today())
    if not heirs:
        return draft
    leads = {lead.agency.pk: replace(lead, agency=heirs.get(lead.agency.pk, lead.agency)) for lead in draft.leads}
    leading = {lead.agency.pk for lead in leads.values()}
    others = {one.pk: one for one in (heirs.get(one.pk, one) for one in draft.coordinators)}
    confirming = draft.confirming_agency and heirs.get(draft.confirming_agency.pk, draft.confirming_agency)
    return replace(
        draft,
        leads=tuple(leads.values()),
        coordinators=tuple(one for pk, one in others.items() if pk not in leading),
        contributions={heirs[pk].pk if pk in heirs else pk: words for pk, words in draft.contributions.items()},
        items=tuple(
            replace(item, agency=item.agency and heirs.get(item.agency.pk, item.agency)) for item in draft.items
        ),
        confirming_agency=None if confirming and confirming.pk in leading else confirming,
    )


def _direction_of(task: Task) -> DirectionDraft | None:
    paper = task.direction
    return DirectionDraft(paper.number, paper.issued_on, paper.issuer, paper.subject) if paper else None
