"""What a task is planned to be, and the rules a plan keeps before it is written."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from agencies.directory.lineage import has_ended, heirs_of, must_exist_on
from agencies.models import Agency, Membership, Office
from coordination.programs.models import Area, Program, Section
from coordination.programs.queries import standing_parties
from coordination.tasks import schedule
from coordination.tasks.enums import (
    NUMBERED_KINDS,
    UNDATED_KINDS,
    RoleKind,
    ScheduleKind,
    TargetOperator,
    TaskOrigin,
    UpdateCycle,
)
from coordination.tasks.models import Task
from records import clock
from records.errors import RuleBroken
from records.wording import day

TITLE_LIMIT = 200
MOST_LEADS = 2
COMPUTED_KINDS = (*NUMBERED_KINDS, ScheduleKind.WHOLE_YEAR)


@dataclass(frozen=True)
class LeadDraft:
    """A lead: an agency, or a body or an office-holder inside it."""

    agency: Agency
    body: str = ""
    office: Office | None = None


@dataclass(frozen=True)
class TaskDraft:
    """Everything that is planned about a task; one or two leads, any number of coordinators."""

    title: str
    area: Area
    leads: tuple[LeadDraft, ...]
    coordinators: tuple[Agency, ...] = ()
    section: Section | None = None
    deliverable: str = ""
    schedule_kind: ScheduleKind = ScheduleKind.RANGE
    schedule_number: int | None = None
    start_on: date | None = None
    due_on: date | None = None
    legal_due_on: date | None = None
    target_operator: TargetOperator = TargetOperator.EXACTLY
    target_value: Decimal | None = None
    target_unit: str = ""
    target_words: str = ""
    update_cycle: UpdateCycle = UpdateCycle.MONTHLY
    confirming_agency: Agency | None = None
    origin: TaskOrigin = TaskOrigin.PLANNED
    continues: Task | None = None
    funding: str = ""
    note: str = ""


def draft_of(task: Task) -> TaskDraft:
    """The plan of a task as it stands, to change or to carry over."""
    roles = list(task.roles.select_related("agency", "office").order_by("kind", "position"))
    target = task.targets.first()
    return TaskDraft(
        title=task.title,
        area=task.area,
        leads=tuple(LeadDraft(role.agency, role.body, role.office) for role in roles if role.kind == RoleKind.LEAD),
        coordinators=tuple(role.agency for role in roles if role.kind == RoleKind.COORDINATOR),
        section=task.section,
        deliverable=task.deliverable,
        schedule_kind=ScheduleKind(task.schedule_kind),
        schedule_number=task.schedule_number,
        start_on=task.start_on,
        due_on=task.due_on,
        legal_due_on=task.legal_due_on,
        target_operator=TargetOperator(target.operator) if target else TargetOperator.EXACTLY,
        target_value=target.value if target else None,
        target_unit=target.unit if target else "",
        target_words=target.words if target else "",
        update_cycle=UpdateCycle(task.update_cycle),
        confirming_agency=task.confirming_agency,
        origin=TaskOrigin(task.origin),
        continues=task.continues,
        funding=task.funding,
        note=task.note,
    )


def check(draft: TaskDraft, program: Program, *, actor: Membership, task: Task | None = None) -> None:
    """A plan is whole and names only what belongs to the program and its unit, and what exists when it is to be done.

    Raises: RuleBroken at the form field that can mend it.
    """
    for problem in problems(draft, program, actor=actor, task=task):
        raise problem


def problems(
    draft: TaskDraft,
    program: Program,
    *,
    actor: Membership,
    task: Task | None = None,
    known: Collection[int] | None = None,
) -> list[RuleBroken]:
    """All rules a plan breaks, so that a form can show them at once.

    `known` are the agencies the actor sees, where a caller checks many plans and has read them once.
    """
    parties = {agency.pk for agency in standing_parties(program, clock.today())}
    rules = (
        lambda: _check_lives(draft, program, task),
        lambda: _check_place(draft, program),
        lambda: _check_leads(draft, parties),
        lambda: _check_coordinators(draft, actor, task, known),
        lambda: _check_confirming_agency(draft, parties | {program.drafting_agency_id}),
        lambda: _check_target(draft),
        lambda: span_of(draft, program, task=task),
    )
    found = []
    for rule in rules:
        try:
            rule()
        except RuleBroken as refusal:
            found.append(refusal)
    return found


def span_of(draft: TaskDraft, program: Program, *, task: Task | None = None) -> schedule.Span:
    """The task's first and last day by its schedule.

    Why `task`: a deadline that was moved stays moved when the task is edited without touching its schedule.
    Raises: RuleBroken when days are missing, out of order or outside the program's period.
    """
    if _keeps_schedule(draft, task):
        return schedule.Span(task.start_on, task.due_on)
    _check_number(draft)
    days = schedule.span(
        draft.schedule_kind,
        period=schedule.Span(program.period_start, program.period_end),
        year=_year(draft, program),
        number=draft.schedule_number,
        start_on=draft.start_on,
        due_on=draft.due_on,
    )
    if days.due_on is None and draft.schedule_kind not in UNDATED_KINDS:
        raise RuleBroken(_("Enter the due date"), "due_on")
    if days.due_on is not None and draft.schedule_kind in UNDATED_KINDS:
        raise RuleBroken(_("This kind of schedule has no due date; leave it empty"), "due_on")
    check_days(days, program)
    return days


def check_days(days: schedule.Span, program: Program) -> None:
    """The due date comes after the start and both lie in the program's period.

    Raises: RuleBroken naming the date that does not fit.
    """
    if days.start_on and days.due_on and days.due_on < days.start_on:
        raise RuleBroken(
            _("The due date must be after the start date (%(start)s)") % {"start": day(days.start_on)}, "due_on"
        )
    if days.start_on and not program.period_start <= days.start_on <= program.period_end:
        raise RuleBroken(_("The start date must be within %(period)s") % {"period": period_words(program)}, "start_on")
    if days.due_on and not program.period_start <= days.due_on <= program.period_end:
        raise RuleBroken(_("The due date must be within %(period)s") % {"period": period_words(program)}, "due_on")


def period_words(program: Program) -> str:
    """The program's period: "2022" or from one day to another."""
    first, last = program.period_start, program.period_end
    whole_year = first.year == last.year and (first.month, first.day, last.month, last.day) == (1, 1, 12, 31)
    if whole_year:
        return _("year %(year)s") % {"year": first.year}
    return _("the days from %(first)s to %(last)s") % {"first": day(first), "last": day(last)}


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
        confirming_agency=None if confirming and confirming.pk in leading else confirming,
    )


def _keeps_schedule(draft: TaskDraft, task: Task | None) -> bool:
    if task is None or (draft.schedule_kind, draft.schedule_number) != (task.schedule_kind, task.schedule_number):
        return False
    untouched = (draft.start_on, draft.due_on) == (task.start_on, task.due_on)
    computed = draft.schedule_kind in COMPUTED_KINDS and draft.start_on is None and draft.due_on is None
    return untouched or computed


def _year(draft: TaskDraft, program: Program) -> int:
    given = draft.start_on or draft.due_on
    return given.year if given else max(program.year, program.period_start.year)


def _check_number(draft: TaskDraft) -> None:
    largest = schedule.largest_number(draft.schedule_kind)
    if largest == 0 and draft.schedule_number is not None:
        raise RuleBroken(_("This kind of schedule has no number; leave it empty"), "schedule_number")
    if largest and not (draft.schedule_number and 1 <= draft.schedule_number <= largest):
        raise RuleBroken(_("Enter a number from 1 to %(largest)s") % {"largest": largest}, "schedule_number")


def _check_place(draft: TaskDraft, program: Program) -> None:
    if not draft.title.strip():
        raise RuleBroken(_("Enter the task name"), "title")
    if len(draft.title) > TITLE_LIMIT:
        raise RuleBroken(_("The task name has at most %(limit)s characters") % {"limit": TITLE_LIMIT}, "title")
    if draft.section is not None and draft.section.program_id != program.pk:
        raise RuleBroken(_("Choose a section of this program"), "section")
    if draft.area is not None and draft.area.unit_id != program.unit_id:
        raise RuleBroken(_("Choose an area of this unit"), "area")


def _check_leads(draft: TaskDraft, parties: set[int]) -> None:
    leads = [lead.agency.pk for lead in draft.leads]
    if not leads:
        raise RuleBroken(_("Choose the lead agency"), "lead")
    if leads[0] not in parties:
        raise RuleBroken(_("The lead agency must be a party of the program"), "lead")
    if len(leads) > MOST_LEADS:
        raise RuleBroken(_("A task has at most two lead agencies"), "second_lead")
    if len(leads) == MOST_LEADS:
        _check_second_lead(draft, parties)


def _check_confirming_agency(draft: TaskDraft, known: set[int]) -> None:
    confirming = draft.confirming_agency
    if confirming is None:
        return
    if confirming.pk not in known:
        raise RuleBroken(_("The confirming agency must be a party of the program"), "confirming_agency")
    if confirming.pk in {lead.agency.pk for lead in draft.leads}:
        raise RuleBroken(_("The lead agency cannot confirm its own result"), "confirming_agency")


def _check_second_lead(draft: TaskDraft, parties: set[int]) -> None:
    first, second = draft.leads
    if second.agency.pk not in parties:
        raise RuleBroken(_("The lead agency must be a party of the program"), "second_lead")
    told_apart = all((lead.body or lead.office) for lead in draft.leads) and first != second
    if first.agency.pk == second.agency.pk and not told_apart:
        raise RuleBroken(_("Choose another agency as the second lead"), "second_lead")


def _check_coordinators(
    draft: TaskDraft, actor: Membership, task: Task | None, known: Collection[int] | None = None
) -> None:
    wanted = {agency.pk for agency in draft.coordinators}
    if wanted & {lead.agency.pk for lead in draft.leads}:
        raise RuleBroken(_("The lead agency is not chosen again among the coordinating agencies"), "coordinators")
    if len(wanted) != len(draft.coordinators):
        raise RuleBroken(_("A coordinating agency is chosen twice"), "coordinators")
    if known is None:
        known = Agency.objects.visible_to(actor).filter(pk__in=wanted).values_list("pk", flat=True)
    if wanted - set(known) - _present_agencies(task):
        raise RuleBroken(_("Choose agencies of this unit"), "coordinators")


def _check_lives(draft: TaskDraft, program: Program, task: Task | None) -> None:
    """Whoever is newly given a part exists on the last day of the task, and today where that has passed.

    Rule: R-SUCC-6.
    """
    try:
        last_day = span_of(draft, program, task=task).due_on
    except RuleBroken:
        last_day = None
    day, present = max(last_day or program.period_end, clock.today()), _present_agencies(task)
    chosen = [(lead.agency, ("lead", "second_lead")[place]) for place, lead in enumerate(draft.leads[:MOST_LEADS])]
    chosen += [(agency, "coordinators") for agency in draft.coordinators]
    chosen += [(draft.confirming_agency, "confirming_agency")] if draft.confirming_agency else []
    for agency, field in chosen:
        if agency.pk not in present:
            must_exist_on([agency], day, field)


def _present_agencies(task: Task | None) -> set[int]:
    """The agencies that have a part in a task already."""
    if task is None:
        return set()
    return {role.agency_id for role in task.roles.all()} | {task.confirming_agency_id}


def _check_target(draft: TaskDraft) -> None:
    in_words = draft.target_operator == TargetOperator.IN_WORDS
    if in_words and draft.target_value is not None:
        raise RuleBroken(_("A target in words has no number; leave it empty"), "target_value")
    if in_words and not draft.target_words.strip():
        raise RuleBroken(_("Describe the target in words"), "target_words")
    if draft.target_value is not None and draft.target_value <= 0:
        raise RuleBroken(_("The target must be greater than 0"), "target_value")
    if draft.target_value is not None and not draft.target_unit.strip():
        raise RuleBroken(_("Enter the unit of the target, for example households"), "target_unit")
