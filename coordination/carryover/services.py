"""Starting a program from an earlier one: draft, text, tasks and lineage in one act; the earlier one is not touched."""

from dataclasses import replace

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.access.decisions import require
from agencies.models import Agency, Membership
from coordination.carryover.enums import Part
from coordination.carryover.permissions import can_start_from
from coordination.carryover.queries import Choice, Plan, plan_of
from coordination.carryover.queries.tasks import TaskPlan
from coordination.conferences import services as conferences
from coordination.findings import services as findings
from coordination.programs import services as programs
from coordination.programs.models import Program, Section
from coordination.programs.queries import outline_of
from coordination.programs.queries.foundation import PARTICULARS, foundation_of
from coordination.programs.services import FoundationDraft
from coordination.tasks.services import create_task
from coordination.tasks.services.planning import continue_task
from records.errors import Conflict, RuleBroken


class PlanChanged(Conflict):
    """What would be made is no longer what was shown; the page shows it anew."""


@transaction.atomic
def start_from(source: Program, *, actor: Membership, choice: Choice, digest: str) -> Program:
    """Make the draft of the next program exactly as its preview showed it.

    Rule: lineage is kept both ways: the program and its tasks name what they continue, conclusions and limitations
    the tasks they became.
    Raises: NotAllowed; PlanChanged; RuleBroken naming the field.
    """
    source = Program.objects.select_for_update(of=("self",), no_key=True).get(pk=source.pk)
    require(can_start_from(actor, source))
    must_follow(source, choice)
    plan = plan_of(source, actor=actor, choice=choice)
    if plan.digest != digest:
        raise PlanChanged(_("Something changed since you looked at this. Look at it again, then create the program."))
    program = _draft(plan, actor)
    sections = _write_text(plan, program, actor)
    for task in plan.tasks:
        _write_task(_placed(task, plan, sections), program, actor)
    return Program.objects.get(pk=program.pk)


def must_follow(source: Program, choice: Choice) -> None:
    """The new year lies after the old one, and what becomes tasks has an area to lie in.

    Raises: RuleBroken naming the field.
    """
    if choice.year <= source.year:
        raise RuleBroken(_("Choose a year after %(year)s") % {"year": source.year}, "year")
    needs_area = choice.ticked.get(Part.CONCLUSIONS) or choice.ticked.get(Part.LIMITATIONS)
    if needs_area and choice.area is None:
        raise RuleBroken(_("Choose the area for what becomes tasks"), "area")


def _draft(plan: Plan, actor: Membership) -> Program:
    source = plan.source
    based_on = source.based_on
    if based_on is not None and not Program.objects.visible_to(actor).filter(pk=based_on.pk).exists():
        based_on = None
    return programs.create_program(
        actor=actor,
        year=plan.choice.year,
        kind=source.kind,
        title=plan.choice.title,
        short_title=plan.choice.short_title,
        period_start=plan.period.start_on,
        period_end=plan.period.due_on,
        parties=plan.parties,
        drafting_agency=_drafter(source, actor),
        based_on=based_on,
        continues=source,
        opening=source.opening,
        effect_clause=source.effect_clause,
        place=source.place,
        recipients=source.recipients,
        document_symbol=source.document_symbol,
        foundation=_foundation(source),
    )


def _foundation(source: Program) -> FoundationDraft | None:
    """The paper outside the earlier one rests on: the next one rests on it too."""
    paper = foundation_of(source)
    return FoundationDraft(**{name: getattr(paper, name) for name in PARTICULARS}) if paper else None


def _drafter(source: Program, actor: Membership) -> Agency:
    """The agency that drafted the earlier one where the actor still acts for it as it is, otherwise their own."""
    drafter = source.drafting_agency
    return drafter if drafter.valid_to is None and actor.acts_for(drafter.pk) else actor.agency


def _write_text(plan: Plan, program: Program, actor: Membership) -> dict[int, Section]:
    """Bases and sections that go over; the new sections by the old ones they come from."""
    bases = [basis.text for basis in plan.offer.bases if plan.choice.has(Part.BASES, basis.pk)]
    if bases:
        programs.set_legal_bases(program, actor=actor, texts=bases)
    written: dict[int, Section] = {}
    for entry in outline_of(plan.source):
        old = entry.section
        if plan.choice.has(Part.SECTIONS, old.pk):
            written[old.pk] = programs.write_section(
                program,
                actor=actor,
                numbering=old.numbering,
                heading=old.heading,
                body=old.body,
                parent=_nearest(old.parent_id, plan, written),
            )
    return written


def _nearest(section_id: int | None, plan: Plan, written: dict[int, Section]) -> Section | None:
    """What became of a section, or of the nearest one above it that goes over."""
    parents = {entry.section.pk: entry.section.parent_id for entry in plan.offer.outline}
    while section_id is not None and section_id not in written:
        section_id = parents.get(section_id)
    return written.get(section_id)


def _placed(task: TaskPlan, plan: Plan, sections: dict[int, Section]) -> TaskPlan:
    """A task that continues one, in what became of the section that one lies in."""
    if task.task is None:
        return task
    return replace(task, draft=replace(task.draft, section=_nearest(task.task.section_id, plan, sections)))


def _write_task(plan: TaskPlan, program: Program, actor: Membership) -> None:
    if plan.task is not None:
        carried = continue_task(plan.task, into=program, actor=actor, draft=plan.draft)
        findings.pass_on(plan.task, carried, actor=actor)
        return
    task = create_task(program, actor=actor, draft=plan.draft)
    if plan.conclusion is not None:
        conferences.tied(plan.conclusion, task, actor=actor)
    if plan.limitation is not None:
        findings.remedied(plan.limitation, task, actor=actor)
