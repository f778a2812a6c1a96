"""The rules a plan keeps before it is written; each names the field that can mend it."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from agencies.directory.lineage import must_exist_on
from agencies.models import Agency, Membership
from coordination.programs.models import Program
from coordination.programs.queries import standing_parties
from coordination.tasks.enums import TargetOperator
from coordination.tasks.models import Task
from coordination.tasks.services.days import span_of
from coordination.tasks.services.drafts import MOST_LEADS, TITLE_LIMIT, TaskDraft
from coordination.tasks.services.further_checks import (
    check_contributions,
    check_groups,
    check_items,
    check_origin,
    check_targets,
)
from records import clock
from records.errors import RuleBroken


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
        lambda: check_targets(draft),
        lambda: span_of(draft, program, task=task),
        lambda: check_groups(draft, program, actor, task),
        lambda: check_contributions(draft),
        lambda: check_items(draft, program, task),
        lambda: check_origin(draft, actor, task),
    )
    found = []
    for rule in rules:
        try:
            rule()
        except RuleBroken as refusal:
            found.append(refusal)
    return found


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
    if known is None and wanted:
        known = Agency.objects.visible_to(actor).filter(pk__in=wanted).values_list("pk", flat=True)
    if wanted - set(known or ()) - _present_agencies(task):
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
    had = {role.group_id for role in task.roles.all()} if task else set()
    for group in draft.groups:
        if group.pk not in had:
            must_exist_on(group.members_on(clock.today()), day, "groups")


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
