"""The rules of groups, contributions, parts of the work, further targets and origins."""

from decimal import Decimal

from django.utils.translation import gettext as _

from agencies.models import AgencyGroup, Membership
from coordination.programs.models import Program
from coordination.tasks.enums import RoleKind, TargetMeasure, TargetOperator, TaskOrigin
from coordination.tasks.models import Task
from coordination.tasks.schedule import Span
from coordination.tasks.services.days import MOST_STEPS, check_days, span_of
from coordination.tasks.services.drafts import ItemDraft, TargetDraft, TaskDraft, measure_of
from records import clock
from records.errors import RuleBroken
from records.text import fold
from records.wording import day, number

MOST_TARGETS = 30
LONGEST_CONTRIBUTION = 300
_HUNDRED = 100


def check_targets(draft: TaskDraft) -> None:
    """Each target is whole; further ones have names of their own; parts make up their total.

    Raises: RuleBroken at the field that can mend it.
    """
    if draft.target_value is not None:
        _check_measure(draft.targets[0], "target_value")
    _check_names(draft)
    for target in draft.more_targets:
        _check_one(target)
    for place, total in enumerate(draft.targets, start=1):
        _check_parts(total, [one for one in draft.targets if one.part_of == place])


def check_groups(draft: TaskDraft, program: Program, actor: Membership, task: Task | None) -> None:
    """A group belongs to a directory the actor sees, exists today and has members.

    Rule: R-GROUP-2. One that has the task already stays, whatever became of it.
    """
    if not draft.groups:
        return
    wanted = {group.pk for group in draft.groups}
    kept = {role.group_id for role in task.roles.all()} if task else set()
    known = AgencyGroup.objects.visible_to(actor).on(clock.today()).filter(pk__in=wanted)
    if wanted - set(known.values_list("pk", flat=True)) - kept:
        raise RuleBroken(_("Choose one of the listed groups"), "groups")
    for group in draft.groups:
        if group.pk not in kept and not group.members_on(clock.today()):
            raise RuleBroken(_("The group “%(group)s” has no member today") % {"group": group}, "groups")


def check_contributions(draft: TaskDraft) -> None:
    """What a coordinator contributes is said in at most 300 characters; of an agency that no longer does, nothing."""
    if any(len(words) > LONGEST_CONTRIBUTION for words in draft.contributions.values()):
        told = {"limit": LONGEST_CONTRIBUTION}
        raise RuleBroken(_("A contribution has at most %(limit)s characters") % told, "contributions")


def check_items(draft: TaskDraft, program: Program, task: Task | None) -> None:
    """Parts of the work have names of their own, deadlines within the task's, and are done by agencies at work in it.

    Rule: R-STEP-1.
    """
    if not draft.items:
        return
    if len(draft.items) > MOST_STEPS:
        raise RuleBroken(_("A task has at most %(most)s parts of the work") % {"most": MOST_STEPS}, "items")
    titles = [fold(item.title) for item in draft.items]
    if twice := next((item.title for item in draft.items if titles.count(fold(item.title)) > 1), None):
        raise RuleBroken(_("Two parts of the work have the same name: %(name)s") % {"name": twice}, "items")
    days, at_work = _days_or_none(draft, program, task), _at_work(draft, task)
    for item in draft.items:
        _check_item(item, days, program)
        if item.agency is not None and item.agency.pk not in at_work:
            told = {"agency": item.agency.current_short_name}
            raise RuleBroken(
                _("%(agency)s has no part in the task, so it cannot do a part of the work") % told, "items"
            )


def check_origin(draft: TaskDraft, actor: Membership, task: Task | None) -> None:
    """A direction names its paper; what is carried over names the task before, which the actor sees.

    Rule: R-ORIGIN-1.
    """
    is_new = task is None or task.origin != draft.origin
    if draft.origin == TaskOrigin.DIRECTION and draft.direction is None and is_new:
        raise RuleBroken(_("Enter the number of the paper that gives the direction"), "direction_number")
    if (paper := draft.direction) is not None:
        if not paper.number.strip():
            raise RuleBroken(_("Enter the number of the paper that gives the direction"), "direction_number")
        if paper.issued_on is None:
            raise RuleBroken(_("Enter the day of the paper"), "direction_on")
        if paper.issued_on > clock.today():
            raise RuleBroken(_("The day of the paper must not be in the future"), "direction_on")
        if not paper.issuer.strip():
            raise RuleBroken(_("Enter who issued the paper"), "direction_issuer")
    if draft.origin == TaskOrigin.CARRIED_OVER and draft.continues is None and is_new:
        raise RuleBroken(_("Enter the code of the earlier task"), "continues")
    if draft.continues is not None and task is not None and draft.continues.pk == task.pk:
        raise RuleBroken(_("A task cannot continue itself"), "continues")


def _check_measure(target: TargetDraft, field: str) -> None:
    measure = measure_of(target)
    if measure == TargetMeasure.SHARE and target.value > _HUNDRED:
        raise RuleBroken(_("A share is at most 100%"), field)
    if measure == TargetMeasure.COUNT and target.value % 1:
        raise RuleBroken(_("A count is a whole number. For an amount with a decimal, choose “an amount”"), field)


def _check_names(draft: TaskDraft) -> None:
    if len(draft.more_targets) > MOST_TARGETS:
        raise RuleBroken(_("A task has at most %(most)s further targets") % {"most": MOST_TARGETS}, "more_targets")
    if draft.more_targets and draft.targets[0] is draft.more_targets[0]:
        raise RuleBroken(_("Enter the first target above; the others stand beside it"), "target_value")
    names = [fold(target.name) for target in draft.targets]
    if any(not name for name in names[1:]):
        raise RuleBroken(_("Name each further target, for example “Number of meetings: 4 meetings”"), "more_targets")
    if twice := next((name for name in names if name and names.count(name) > 1), None):
        called = next(target.name for target in draft.targets if fold(target.name) == twice)
        raise RuleBroken(_("Two targets have the same name: %(name)s") % {"name": called}, "more_targets")


def _check_one(target: TargetDraft) -> None:
    told = {"name": target.name}
    if target.operator == TargetOperator.IN_WORDS:
        if target.part_of:
            raise RuleBroken(_("%(name)s: a part of a total is a number with its unit") % told, "more_targets")
        return
    if target.value is None or target.value <= 0 or not target.unit.strip():
        raise RuleBroken(_("%(name)s: enter a number greater than 0 and its unit") % told, "more_targets")
    try:
        _check_measure(target, "more_targets")
    except RuleBroken as refusal:
        raise RuleBroken(f"{target.name}: {refusal}", "more_targets") from refusal


def _check_parts(total: TargetDraft, parts: list[TargetDraft]) -> None:
    """Parts have the unit of their total; where all of them are exact they add up to it."""
    if not parts:
        return
    told = {"name": total.name or total.words or total.unit}
    if total.value is None or total.part_of or measure_of(total) == TargetMeasure.SHARE:
        raise RuleBroken(_("%(name)s: only a number that is no share has parts") % told, "more_targets")
    if other := next((part.unit for part in parts if fold(part.unit) != fold(total.unit)), None):
        told |= {"unit": total.unit, "other": other}
        raise RuleBroken(_("%(name)s: its parts are counted in %(unit)s, not in %(other)s") % told, "more_targets")
    reached = sum((part.value for part in parts), Decimal(0))
    exact = all(one.operator == TargetOperator.EXACTLY for one in (total, *parts))
    if exact and reached != total.value:
        told |= {"sum": number(reached), "total": number(total.value)}
        raise RuleBroken(_("%(name)s: the parts make %(sum)s, the total says %(total)s") % told, "more_targets")


def _check_item(item: ItemDraft, days: Span | None, program: Program) -> None:
    if days is not None and days.due_on and item.due_on > days.due_on:
        told = {"name": item.title, "day": day(days.due_on)}
        raise RuleBroken(_("%(name)s: its deadline lies after that of the task (%(day)s)") % told, "items")
    try:
        check_days(Span(None, item.due_on), program)
    except RuleBroken as refusal:
        raise RuleBroken(f"{item.title}: {refusal}", "items") from refusal


def _days_or_none(draft: TaskDraft, program: Program, task: Task | None) -> Span | None:
    try:
        return span_of(draft, program, task=task)
    except RuleBroken:
        return None  # told by the rule of the schedule itself


def _at_work(draft: TaskDraft, task: Task | None) -> set[int]:
    """The agencies that will have a part in the task."""
    members = {agency.pk for group in draft.groups for agency in group.members_on(clock.today())}
    kept = {role.agency_id for role in task.roles.all() if role.kind == RoleKind.MEMBER} if task else set()
    return {lead.agency.pk for lead in draft.leads} | {agency.pk for agency in draft.coordinators} | members | kept
