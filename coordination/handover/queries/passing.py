"""Which open work passes when agencies end: computed once, shown as preview and carried out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import Count, Prefetch, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.models import Agency
from agencies.reorganisation.enums import Subject
from agencies.reorganisation.plans import Ref
from agencies.reorganisation.queries import Effects, Problem
from coordination.handover.enums import HandoverPart
from coordination.handover.queries.shapes import Frozen, PartMoved, WorkEffects, WorkMoved
from coordination.programs.enums import ENDED_STATES, SETTLED_STATES
from coordination.programs.models import Program, ProgramParty
from coordination.programs.queries.missing import MIN_PARTIES
from coordination.programs.workflow import EDITABLE_STATES
from coordination.tasks.enums import RoleKind, TaskState
from coordination.tasks.models import Task, TaskRole

LONGEST_BODY = TaskRole._meta.get_field("body").max_length
UNFINISHED = (TaskState.NOT_STARTED, TaskState.IN_PROGRESS, TaskState.AWAITING, TaskState.SUSPENDED)
_PART_OF_KIND = {
    RoleKind.LEAD: HandoverPart.LEAD,
    RoleKind.COORDINATOR: HandoverPart.COORDINATOR,
    RoleKind.MEMBER: HandoverPart.MEMBER,
}
# A successor that has a part already keeps the stronger one.
_STRENGTH = {RoleKind.LEAD: 0, RoleKind.COORDINATOR: 1, RoleKind.MEMBER: 2}


@dataclass(frozen=True)
class _Ending:
    """The agencies that end: who goes on with each, by which step, and what everybody is called."""

    heirs: Mapping[int, Ref | None]
    steps: Mapping[int, int]
    names: Mapping[Ref, str]
    problems: list[Problem] = field(default_factory=list)

    def after(self, agency: int) -> Ref:
        """Who has a part afterwards; the agency itself where nobody takes it over."""
        return self.heirs.get(agency) or agency

    def step_of(self, *agencies: Ref) -> int:
        return next((self.steps[one] for one in agencies if one in self.steps), min(self.steps.values(), default=1))

    def name(self, ref: Ref) -> str:
        return self.names.get(ref, str(ref))


def work_moved(effects: Effects) -> WorkEffects:
    """The parts in open tasks and programs that pass with the agencies an act ends. Eight queries.

    Rule: R-SUCC-5. Tasks not finished in programs not closed; drafting agencies of programs not closed; parties while
    the text is still open. What is agreed, signed, finished or closed stays as it was.
    """
    ending = _ending(effects)
    if not ending.heirs:
        return WorkEffects((), (), (), ())
    tasks = [moved for task in _open_tasks(ending) if (moved := _task_moved(ending, task)).parts]
    programs = [moved for program in _open_programs(ending) if (moved := _program_moved(ending, program)).parts]
    ending.problems.extend(_left_without_receiver(ending))
    return WorkEffects(tuple(tasks), tuple(programs), tuple(_frozen(ending)), tuple(ending.problems))


def _ending(effects: Effects) -> _Ending:
    ended = [one for one in effects.bodies.ended if one.subject == Subject.AGENCY]
    names: dict[Ref, str] = {one.body: one.name for one in ended}
    names |= {one.heir: one.heir_name for one in ended if one.heir is not None}
    return _Ending({one.body: one.heir for one in ended}, {one.body: one.step for one in ended}, names)


def _open_tasks(ending: _Ending) -> list[Task]:
    agencies = list(ending.heirs)
    mine = TaskRole.objects.filter(agency_id__in=agencies).values("task_id")
    roles = TaskRole.objects.select_related("office", "agency").prefetch_related("part_reports")
    parties = ProgramParty.objects.select_related("agency").order_by("-is_lead", "letterhead_order")
    return list(
        Task.objects.filter(Q(pk__in=mine) | Q(confirming_agency_id__in=agencies), state__in=UNFINISHED)
        .exclude(program__state__in=ENDED_STATES)
        .select_related("program", "confirming_agency")
        .prefetch_related(Prefetch("roles", roles.order_by("kind", "position")), Prefetch("program__parties", parties))
        .order_by("code")
    )


def _task_moved(ending: _Ending, task: Task) -> WorkMoved:
    """A successor that has a part already keeps the stronger one: to lead, to coordinate, to belong to a group.

    A part that was reported on stays beside it, in the name of the agency that had it, so that its reports stay.
    """
    parts: list[PartMoved] = []
    taken: set[tuple[Ref, str]] = set()
    leading: set[Ref] = set()
    for role in sorted(task.roles.all(), key=lambda role: _in_turn(ending, role)):
        after, body = ending.after(role.agency_id), role.body
        moves = after != role.agency_id
        if moves and role.office_id and not body:
            body = role.office.title
        merged = (after, body) in taken or (role.kind != RoleKind.LEAD and after in leading)
        if merged and role.part_reports.all():
            merged, body = False, (body or role.agency.current_short_name)[:LONGEST_BODY]
        taken.add((after, body))
        if role.kind == RoleKind.LEAD:
            leading.add(after)
        if moves or merged:
            parts.append(_role_moved(ending, role, after, body, merged=merged))
    parts += _confirming_moved(ending, task, leading)
    return WorkMoved(task.pk, task.code, task.state, tuple(parts))


def _in_turn(ending: _Ending, role: TaskRole) -> tuple:
    """The stronger parts first; among the weaker ones, what an agency has itself before what passes to it."""
    passes = role.kind != RoleKind.LEAD and ending.after(role.agency_id) != role.agency_id
    return (_STRENGTH[RoleKind(role.kind)], passes, role.position)


def _role_moved(ending: _Ending, role: TaskRole, after: Ref, body: str, *, merged: bool) -> PartMoved:
    names = {role.agency_id: role.agency.current_name}
    return PartMoved(
        step=ending.step_of(role.agency_id, *(one for one, heir in ending.heirs.items() if heir == after)),
        part=_PART_OF_KIND[RoleKind(role.kind)],
        position=role.position,
        before=role.agency_id,
        after=after,
        before_name=ending.names.get(role.agency_id) or names[role.agency_id],
        after_name=ending.names.get(after) or names.get(after, ""),
        row=role.pk,
        merged=merged,
        body=role.body,
        office=role.office_id,
        body_after=body,
    )


def _confirming_moved(ending: _Ending, task: Task, leading: set[Ref]) -> list[PartMoved]:
    """Whoever confirms afterwards never leads; otherwise another party does."""
    before = task.confirming_agency_id
    if before is None:
        return []
    after, name = ending.after(before), ""
    if after in leading:
        after, name = _another_party(ending, task, leading)
    if after is None:
        told = {"code": task.code}
        ending.problems.append(
            Problem(
                _("Task %(code)s would be confirmed by the agency that leads it. Let its drafter choose another first.")
                % told,
                "bodies",
                ending.step_of(before),
            )
        )
        return []
    if after == before:
        return []
    return [
        PartMoved(
            step=ending.step_of(before, *ending.steps),
            part=HandoverPart.CONFIRMING,
            position=1,
            before=before,
            after=after,
            before_name=ending.names.get(before) or task.confirming_agency.current_name,
            after_name=ending.names.get(after) or name,
        )
    ]


def _another_party(ending: _Ending, task: Task, leading: set[Ref]) -> tuple[Ref | None, str]:
    for party in task.program.parties.all():
        after = ending.after(party.agency_id)
        if after not in leading:
            return after, party.agency.current_name
    return None, ""


def _open_programs(ending: _Ending) -> list[Program]:
    agencies = list(ending.heirs)
    party = ProgramParty.objects.filter(Q(agency_id__in=agencies) | Q(signs_through_id__in=agencies))
    parties = ProgramParty.objects.select_related("agency", "signs_through").annotate(slot_count=Count("slots"))
    open_text = Q(pk__in=party.values("program_id"), state__in=EDITABLE_STATES)
    return list(
        Program.objects.filter(open_text | Q(drafting_agency_id__in=agencies))
        .exclude(state__in=ENDED_STATES)
        .select_related("drafting_agency")
        .prefetch_related(Prefetch("parties", parties))
        .order_by("code")
    )


def _program_moved(ending: _Ending, program: Program) -> WorkMoved:
    parts: list[PartMoved] = []
    if program.drafting_agency_id in ending.heirs:
        parts += _one_moved(ending, HandoverPart.DRAFTING, program.drafting_agency)
    if program.state in EDITABLE_STATES:
        parts += _parties_moved(ending, program)
    return WorkMoved(program.pk, program.code, program.state, tuple(parts))


def _parties_moved(ending: _Ending, program: Program) -> list[PartMoved]:
    parts: list[PartMoved] = []
    taken: set[Ref] = set()
    parties = sorted(program.parties.all(), key=lambda party: (not party.is_lead, party.letterhead_order))
    for party in parties:
        after = ending.after(party.agency_id)
        merged = after in taken
        if merged and party.slot_count:
            told = {"code": program.code, "agency": ending.name(party.agency_id)}
            text = _("%(agency)s stays party to %(code)s beside its successor: it had its place in a version returned")
            ending.problems.append(Problem(text % told, step=ending.step_of(party.agency_id), blocks=False))
            continue
        taken.add(after)
        if after != party.agency_id or merged:
            parts += _one_moved(
                ending, HandoverPart.PARTY, party.agency, row=party, merged=merged, position=party.letterhead_order
            )
        if party.signs_through_id in ending.heirs and not merged:
            parts += _one_moved(ending, HandoverPart.SIGNS_THROUGH, party.signs_through, row=party)
    if len(taken) < MIN_PARTIES:
        told = {"code": program.code}
        text = _("Draft %(code)s is left with one party. Its drafting agency must choose another before it goes on.")
        ending.problems.append(Problem(text % told, step=ending.step_of(*ending.heirs), blocks=False))
    return parts


def _one_moved(
    ending: _Ending,
    part: HandoverPart,
    before: Agency,
    *,
    row: ProgramParty | None = None,
    merged: bool = False,
    position: int = 1,
) -> list[PartMoved]:
    after = ending.after(before.pk)
    if after == before.pk and not merged:
        return []
    heirs = [one for one, heir in ending.heirs.items() if heir == after]
    return [
        PartMoved(
            step=ending.step_of(before.pk, *heirs),
            part=part,
            position=position,
            before=before.pk,
            after=after,
            before_name=ending.names.get(before.pk) or before.current_name,
            after_name=ending.names.get(after) or before.current_name,
            row=row.pk if row else None,
            merged=merged,
        )
    ]


def _left_without_receiver(ending: _Ending) -> Iterable[Problem]:
    """An agency with open work ends only when someone takes it over."""
    alone = [agency for agency, heir in ending.heirs.items() if heir is None]
    roles = TaskRole.objects.filter(agency_id__in=alone, task__state__in=UNFINISHED)
    counts: dict[int, set[int]] = {}
    for agency, task in roles.exclude(task__program__state__in=ENDED_STATES).values_list("agency_id", "task_id"):
        counts.setdefault(agency, set()).add(task)
    confirming = Task.objects.filter(confirming_agency_id__in=alone, state__in=UNFINISHED)
    for agency, task in confirming.exclude(program__state__in=ENDED_STATES).values_list("confirming_agency_id", "pk"):
        counts.setdefault(agency, set()).add(task)
    programs = Program.objects.filter(Q(drafting_agency_id__in=alone) | Q(parties__agency_id__in=alone)).exclude(
        state__in=ENDED_STATES
    )
    drafted: dict[int, set[int]] = {}
    for program, drafter, party in programs.values_list("pk", "drafting_agency_id", "parties__agency_id"):
        for agency in {drafter, party} & set(alone):
            drafted.setdefault(agency, set()).add(program)
    for agency in alone:
        if agency in counts or agency in drafted:
            yield Problem(_receiver_words(ending, agency, counts, drafted), "heir_0", ending.steps[agency])


def _receiver_words(ending: _Ending, agency: int, counts: dict[int, set[int]], drafted: dict[int, set[int]]) -> str:
    tasks, programs = len(counts.get(agency, ())), len(drafted.get(agency, ()))
    told = {
        "agency": ending.name(agency),
        "tasks": ngettext("%(n)s open task", "%(n)s open tasks", tasks) % {"n": tasks},
        "programs": ngettext("%(n)s open program", "%(n)s open programs", programs) % {"n": programs},
    }
    return _("%(agency)s has %(tasks)s and %(programs)s; choose who takes over its open work") % told


def _frozen(ending: _Ending) -> Iterable[Frozen]:
    """How much stays with each agency as it was: parts in programs agreed, signed or closed, finished tasks."""
    agencies = list(ending.heirs)
    parties = ProgramParty.objects.filter(agency_id__in=agencies, program__state__in=SETTLED_STATES).order_by()
    closed = Q(program__state__in=ENDED_STATES)
    programs = {
        agency: (signed, over)
        for agency, signed, over in parties.values_list("agency_id").annotate(
            signed=Count("program", filter=~closed), over=Count("program", filter=closed)
        )
    }
    roles = TaskRole.objects.filter(agency_id__in=agencies).order_by()
    finished = roles.filter(~Q(task__state__in=UNFINISHED) | Q(task__program__state__in=ENDED_STATES))
    tasks = dict(finished.values_list("agency_id").annotate(n=Count("task", distinct=True)))
    for agency in agencies:
        signed, over = programs.get(agency, (0, 0))
        one = Frozen(ending.steps[agency], agency, ending.name(agency), signed, over, tasks.get(agency, 0))
        if one.total:
            yield one
