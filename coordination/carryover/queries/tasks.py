"""Tasks of the new program: what continues an earlier one, carries out a conclusion, remedies a limitation."""

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from agencies.models import Agency
from coordination.carryover.enums import Fate, Part
from coordination.carryover.queries.workers import Workers
from coordination.carryover.shifting import Shifted, off_the_weekend, shift
from coordination.conferences.models import Conclusion
from coordination.evaluations.models import Finding
from coordination.programs.models import Area
from coordination.tasks.enums import RoleKind, ScheduleKind, TargetOperator, TaskOrigin, UpdateCycle
from coordination.tasks.models import Task, TaskRole
from coordination.tasks.schedule import Span, span, words
from coordination.tasks.services import LeadDraft, TaskDraft
from coordination.tasks.services.drafts import TITLE_LIMIT
from records.wording import day


@dataclass(frozen=True)
class TaskPlan:
    """A task of the new program, what it comes from, and what the preview says of it; without a draft it is dropped."""

    part: Part
    name: str
    fate: Fate
    before: str = ""
    after: str = ""
    note: str = ""
    draft: TaskDraft | None = None
    task: Task | None = None
    conclusion: Conclusion | None = None
    limitation: Finding | None = None


def plan_of_task(task: Task, part: Part, workers: Workers, *, years: int, period: Span, is_ticked: bool) -> TaskPlan:
    """A task in the new period, in the hands of those that exist; dropped, with the reason, where it cannot be."""
    name, before = f"{task.short_code} {task.title}", task.schedule_words
    if not is_ticked:
        return TaskPlan(part, name, Fate.DROPPED, before, note=_("Not chosen"))
    days = shift(task.schedule_kind, start_on=task.start_on, due_on=task.due_on, years=years, period=period)
    leads = _leads(task, workers)
    area = workers.area(task.area)
    if reason := _in_the_way(task, leads, area, days, period):
        return TaskPlan(part, name, Fate.DROPPED, before, note=reason)
    after, note = _time_after(task, days, period), _note(task, leads, days)
    draft = _draft(task, part, leads, workers, area, days)
    fate = Fate.KEPT if after == before and not note else Fate.SHIFTED
    return TaskPlan(part, name, fate, before, after, note, draft=draft, task=task)


def plan_of_conclusion(
    conclusion: Conclusion, workers: Workers, *, area: Area | None, period: Span, is_ticked: bool
) -> TaskPlan:
    """A conclusion as a task of the first of its agencies that is a party, by its day where that lies in the period."""
    part, name = Part.CONCLUSIONS, " ".join(conclusion.text.split())
    before = _("Before %(day)s") % {"day": day(conclusion.due_on)} if conclusion.due_on else ""
    if not is_ticked:
        return TaskPlan(part, name, Fate.DROPPED, before, note=_("Not chosen"))
    given = [one for agency in conclusion.agencies.all() if (one := workers.standing(agency)) is not None]
    leads = [agency for agency in given if agency.pk in workers.parties][:1]
    if not leads:
        return TaskPlan(part, name, Fate.DROPPED, before, note=_("None of its agencies is a party of the new program"))
    draft = replace(_from_words(name, area, leads[0]), origin=TaskOrigin.CONCLUSION)
    draft = replace(draft, coordinators=workers.several(given, {leads[0].pk}))
    is_within = conclusion.due_on and period.start_on <= conclusion.due_on <= period.due_on
    if is_within:
        due = off_the_weekend(conclusion.due_on, period.due_on)
        draft = replace(draft, schedule_kind=ScheduleKind.BEFORE_DAY, due_on=due)
    after = _words(draft, period)
    return TaskPlan(part, name, Fate.SHIFTED, before, after, _led_by(leads[0]), draft=draft, conclusion=conclusion)


def plan_of_limitation(limitation: Finding, workers: Workers, *, area: Area | None, is_ticked: bool) -> TaskPlan:
    """A limitation as a task of the lead party to remedy it within the period."""
    part, name = Part.LIMITATIONS, " ".join((limitation.heading or limitation.text).split())
    if not is_ticked:
        return TaskPlan(part, name, Fate.DROPPED, note=_("Not chosen"))
    if not workers.parties:
        return TaskPlan(part, name, Fate.DROPPED, note=_("The new program has no party to give it to"))
    lead = next(iter(workers.parties.values()))
    draft = replace(_from_words(f"Khắc phục: {name}", area, lead), note=limitation.text)
    return TaskPlan(
        part, name, Fate.SHIFTED, "", _("Within the period"), _led_by(lead), draft=draft, limitation=limitation
    )


def _in_the_way(task: Task, leads: list[LeadDraft], area: Area | None, days: Shifted, period: Span) -> str:
    """Why a task cannot go over as it is; blank where nothing is in the way."""
    if not leads:
        return _("Its lead agency is no party of the new program")
    if area is None:
        return _("Its area is not one of the new unit")
    whole = _span_after(task, days, period)
    outside = [one for one in (whole.start_on, whole.due_on) if one and not period.start_on <= one <= period.due_on]
    return _("%(day)s lies outside the new period") % {"day": day(outside[0])} if outside else ""


def _leads(task: Task, workers: Workers) -> list[LeadDraft]:
    """The leads by who stands for them now; without the first there is no task."""
    found: list[LeadDraft] = []
    for role in _roles(task, RoleKind.LEAD):
        now = workers.standing(role.agency)
        if now is None or now.pk not in workers.parties:
            continue
        office = role.office if now.pk == role.agency_id else None
        if (now.pk, role.body, office) not in [(one.agency.pk, one.body, one.office) for one in found]:
            found.append(LeadDraft(now, role.body, office))
    return found


def _draft(task: Task, part: Part, leads: list[LeadDraft], workers: Workers, area: Area, days: Shifted) -> TaskDraft:
    leading = {lead.agency.pk for lead in leads}
    confirming = task.confirming_agency and workers.standing(task.confirming_agency)
    keeps = confirming is not None and confirming.pk in workers.parties and confirming.pk not in leading
    target = next(iter(task.targets.all()), None)
    return TaskDraft(
        title=task.title,
        area=area,
        leads=tuple(leads),
        coordinators=workers.several([role.agency for role in _roles(task, RoleKind.COORDINATOR)], leading),
        deliverable=task.deliverable,
        schedule_kind=ScheduleKind(task.schedule_kind),
        schedule_number=task.schedule_number,
        start_on=days.start_on,
        due_on=days.due_on,
        target_operator=TargetOperator(target.operator) if target else TargetOperator.EXACTLY,
        target_value=target.value if target else None,
        target_unit=target.unit if target else "",
        target_words=target.words if target else "",
        update_cycle=UpdateCycle(task.update_cycle),
        confirming_agency=confirming if keeps else None,
        origin=TaskOrigin.CARRIED_OVER if part == Part.UNFINISHED else TaskOrigin.PLANNED,
        continues=task,
        funding=task.funding,
        note=task.note,
    )


def _roles(task: Task, kind: RoleKind) -> list[TaskRole]:
    return [role for role in task.roles.all() if role.kind == kind]


def _from_words(said: str, area: Area | None, lead: Agency) -> TaskDraft:
    """A plan whose name is a sentence; a longer one is cut at a word and kept whole in the note."""
    if len(said) <= TITLE_LIMIT:
        return TaskDraft(said, area, (LeadDraft(lead),), schedule_kind=ScheduleKind.WHOLE_YEAR)
    cut = said[: TITLE_LIMIT - 1].rpartition(" ")[0] or said[: TITLE_LIMIT - 1]
    return TaskDraft(f"{cut}…", area, (LeadDraft(lead),), schedule_kind=ScheduleKind.WHOLE_YEAR, note=said)


def _span_after(task: Task, days: Shifted, period: Span) -> Span:
    """The days the shifted schedule stands for in the new period."""
    given = days.start_on or days.due_on or period.start_on
    return span(
        task.schedule_kind,
        period=period,
        year=given.year,
        number=task.schedule_number,
        start_on=days.start_on,
        due_on=days.due_on,
    )


def _time_after(task: Task, days: Shifted, period: Span) -> str:
    whole = _span_after(task, days, period)
    return words(task.schedule_kind, number=task.schedule_number, start_on=whole.start_on, due_on=whole.due_on)


def _words(draft: TaskDraft, period: Span) -> str:
    if draft.due_on:
        return _("Before %(day)s") % {"day": day(draft.due_on)}
    return _("Within the period")


def _note(task: Task, leads: list[LeadDraft], days: Shifted) -> str:
    said = []
    before = [role.agency_id for role in _roles(task, RoleKind.LEAD)]
    if [lead.agency.pk for lead in leads] != before:
        said.append(_led_by(leads[0].agency))
    if days.moved_from:
        told = {"day": day(days.moved_from)}
        said.append(_("%(day)s is a Saturday or Sunday, so the deadline is the Monday after") % told)
    if task.legal_due_on:
        said.append(_("the limit set by law is not carried over"))
    return "; ".join(said)


def _led_by(agency: Agency) -> str:
    return _("led by %(agency)s") % {"agency": agency.current_short_name}
