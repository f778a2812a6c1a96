"""Tasks of the new program: what continues an earlier one, carries out a conclusion, remedies a limitation."""

from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from agencies.directory.lineage import existing_on
from agencies.models import Agency, AgencyGroup
from coordination.carryover.enums import Fate, Part
from coordination.carryover.queries.workers import Workers
from coordination.carryover.shifting import Shifted, off_the_weekend, shift, shift_day, shift_waves
from coordination.conferences.models import Conclusion
from coordination.findings.models import Finding
from coordination.programs.models import Area
from coordination.tasks.enums import FOLLOWING_KINDS, RoleKind, ScheduleKind, StepKind, TaskOrigin, UpdateCycle
from coordination.tasks.models import Task, TaskRole
from coordination.tasks.schedule import Detail, Span, span, words
from coordination.tasks.services import ItemDraft, LeadDraft, TargetDraft, TaskDraft
from coordination.tasks.services.drafts import TITLE_LIMIT, target_drafts
from records import clock
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
    when = _when(task, days, years)
    leads = _leads(task, workers)
    area = workers.area(task.area)
    if reason := _in_the_way(task, leads, area, when, period):
        return TaskPlan(part, name, Fate.DROPPED, before, note=reason)
    after, note = _time_after(task, when, period), _note(task, leads, days)
    draft = _draft(task, part, leads, workers, area, when, period)
    draft = replace(draft, items=_items(task, draft, workers, years, _span_after(task, when, period)))
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


@dataclass(frozen=True)
class _When:
    """A schedule in the new period. A task that came after another one stands on its own days there."""

    kind: ScheduleKind
    days: Shifted
    detail: Detail


def _when(task: Task, days: Shifted, years: int) -> _When:
    kind = ScheduleKind(task.schedule_kind)
    if kind in FOLLOWING_KINDS:
        kind = ScheduleKind.BEFORE_DAY if days.due_on else ScheduleKind.WHOLE_YEAR
    return _When(kind, days, Detail(task.schedule_until, task.due_time, waves=shift_waves(task.waves, years)))


def _items(task: Task, draft: TaskDraft, workers: Workers, years: int, days: Span) -> tuple[ItemDraft, ...]:
    """The parts of the work that are not done, in the new period, none after the deadline of the task."""
    at_work = {lead.agency.pk for lead in draft.leads} | {agency.pk for agency in draft.coordinators}
    found = []
    for step in task.steps.all():
        if step.kind == StepKind.ITEM and (step.done_on is None or draft.origin != TaskOrigin.CARRIED_OVER):
            due = shift_day(step.due_on, years)
            due = min(due, days.due_on) if days.due_on else due
            agency = step.agency and workers.standing(step.agency)
            found.append(ItemDraft(step.title, due, agency if agency and agency.pk in at_work else None))
    return tuple(found)


def _in_the_way(task: Task, leads: list[LeadDraft], area: Area | None, when: _When, period: Span) -> str:
    """Why a task cannot go over as it is; blank where nothing is in the way."""
    if not leads:
        return _("Its lead agency is no party of the new program")
    if area is None:
        return _("Its area is not one of the new unit")
    whole = _span_after(task, when, period)
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


def _draft(
    task: Task, part: Part, leads: list[LeadDraft], workers: Workers, area: Area, when: _When, period: Span
) -> TaskDraft:
    leading = {lead.agency.pk for lead in leads}
    confirming = task.confirming_agency and workers.standing(task.confirming_agency)
    keeps = confirming is not None and confirming.pk in workers.parties and confirming.pk not in leading
    target, *others = target_drafts(task.targets.all()) or [TargetDraft()]
    helpers = _roles(task, RoleKind.COORDINATOR)
    return TaskDraft(
        title=task.title,
        area=area,
        leads=tuple(leads),
        coordinators=workers.several([role.agency for role in helpers], leading),
        contributions=_contributions(helpers, workers),
        groups=_groups(task, max(period.due_on, clock.today())),
        deliverable=task.deliverable,
        proof=task.proof,
        schedule_kind=when.kind,
        schedule_number=task.schedule_number,
        schedule_until=when.detail.until,
        start_on=when.days.start_on,
        due_on=when.days.due_on,
        due_time=when.detail.due_time,
        waves=when.detail.waves,
        target_name=target.name,
        target_operator=target.operator,
        target_value=target.value,
        target_unit=target.unit,
        target_words=target.words,
        target_measure=target.measure,
        more_targets=tuple(others),
        update_cycle=UpdateCycle(task.update_cycle),
        confirming_agency=confirming if keeps else None,
        origin=TaskOrigin.CARRIED_OVER if part == Part.UNFINISHED else TaskOrigin.PLANNED,
        continues=task,
        funding=task.funding,
        note=task.note,
    )


def _roles(task: Task, kind: RoleKind) -> list[TaskRole]:
    return [role for role in task.roles.all() if role.kind == kind]


def _contributions(helpers: list[TaskRole], workers: Workers) -> dict[int, str]:
    """What each coordinator adds, by whoever stands for it now."""
    told = [(workers.standing(role.agency), role.contribution) for role in helpers if role.contribution]
    return {agency.pk: words for agency, words in told if agency is not None}


def _groups(task: Task, last: date) -> tuple[AgencyGroup, ...]:
    """The groups that are still used and whose members of today all exist until the end of the new period."""
    today, had = clock.today(), {role.group_id: role.group for role in _roles(task, RoleKind.MEMBER)}
    return tuple(group for group in had.values() if group.holds_on(today) and _lasts(group.members_on(today), last))


def _lasts(members: list[Agency], last: date) -> bool:
    there = existing_on(Agency.objects.filter(pk__in=[agency.pk for agency in members]), last)
    return bool(members) and there.count() == len(members)


def _from_words(said: str, area: Area | None, lead: Agency) -> TaskDraft:
    """A plan whose name is a sentence; a longer one is cut at a word and kept whole in the note."""
    if len(said) <= TITLE_LIMIT:
        return TaskDraft(said, area, (LeadDraft(lead),), schedule_kind=ScheduleKind.WHOLE_YEAR)
    cut = said[: TITLE_LIMIT - 1].rpartition(" ")[0] or said[: TITLE_LIMIT - 1]
    return TaskDraft(f"{cut}…", area, (LeadDraft(lead),), schedule_kind=ScheduleKind.WHOLE_YEAR, note=said)


def _span_after(task: Task, when: _When, period: Span) -> Span:
    """The days the shifted schedule stands for in the new period."""
    given = when.days.start_on or when.days.due_on or period.start_on
    return span(
        when.kind,
        period=period,
        year=given.year,
        number=task.schedule_number,
        start_on=when.days.start_on,
        due_on=when.days.due_on,
        detail=when.detail,
    )


def _time_after(task: Task, when: _When, period: Span) -> str:
    whole = _span_after(task, when, period)
    days = {"start_on": whole.start_on, "due_on": whole.due_on}
    return words(when.kind, number=task.schedule_number, detail=when.detail, **days)


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
