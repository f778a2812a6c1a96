"""Handing open work over: roles, confirming agencies, drafting agencies and parties pass with the agencies that end."""

from collections.abc import Callable

from django.db import transaction
from django.db.models import Q

from agencies.models import Agency, Membership, Reorganisation
from agencies.reorganisation.plans import Ref
from agencies.reorganisation.services import Touched, Watched
from coordination.handover.enums import HandoverPart
from coordination.handover.models import Handover
from coordination.handover.queries import WorkEffects, WorkMoved
from coordination.programs.models import Program, ProgramParty
from coordination.tasks.models import Task, TaskRole, TaskStep
from records.audit.enums import AuditAction
from records.audit.services import record

Bodies = Callable[[Ref], Agency]


def lock_work(work: WorkEffects) -> None:
    """Hold the tasks and programs that pass, in the order in which progress reports and program acts hold them."""
    programs, tasks = [one.pk for one in work.programs], [one.pk for one in work.tasks]
    list(Program.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=programs).order_by("pk"))
    list(Task.objects.select_for_update(of=("self",)).filter(pk__in=tasks).order_by("code"))


@transaction.atomic
def hand_over(act: Reorganisation, work: WorkEffects, *, bodies: Bodies, actor: Membership) -> None:
    """Let the successors have the parts in open work, as it was computed; told once for each task and program.

    Rule: R-SUCC-5.
    Why no permission here: whoever applies the act has been asked.
    """
    for moved in work.programs:
        _hand_program(act, moved, bodies, actor)
    for moved in work.tasks:
        _hand_task(act, moved, bodies, actor)


def tables_of_work() -> list[Watched]:
    """The tables of this floor a handover writes."""
    return [
        Watched(Program, lambda touched: Q(pk__in=touched.programs)),
        Watched(ProgramParty, lambda touched: Q(program__in=touched.programs)),
        Watched(Task, lambda touched: Q(pk__in=touched.tasks)),
        Watched(TaskRole, lambda touched: Q(task__in=touched.tasks)),
        Watched(TaskStep, lambda touched: Q(task__in=touched.tasks)),
        Watched(Handover, lambda touched: Q(task__in=touched.tasks) | Q(program__in=touched.programs)),
    ]


def touch(touched: Touched, work: WorkEffects) -> None:
    """Add what passes to what is watched."""
    touched.tasks |= {one.pk for one in work.tasks}
    touched.programs |= {one.pk for one in work.programs}


def _hand_task(act: Reorganisation, moved: WorkMoved, bodies: Bodies, actor: Membership) -> None:
    task = Task.objects.get(pk=moved.pk)
    for part in sorted(moved.parts, key=lambda part: not part.merged):
        if part.part == HandoverPart.CONFIRMING:
            task.confirming_agency = bodies(part.after)
        elif part.merged:
            TaskRole.objects.filter(pk=part.row).delete()
        else:
            office = None if part.before != part.after else part.office
            TaskRole.objects.filter(pk=part.row).update(
                agency=bodies(part.after), body=part.body_after, office_id=office
            )
    for part in moved.parts:
        task.steps.filter(agency_id=part.before, done_on=None).update(agency=bodies(part.after))
    task.revision += 1
    task.save(update_fields=["confirming_agency", "revision"])
    _keep(act, moved, bodies, task=task)
    after = _told(moved, bodies) | {"decision": act.number}
    record(AuditAction.HANDED_OVER, actor=actor, about=task, before=_told(moved), after=after)


def _hand_program(act: Reorganisation, moved: WorkMoved, bodies: Bodies, actor: Membership) -> None:
    program = Program.objects.get(pk=moved.pk)
    for part in sorted(moved.parts, key=lambda part: not part.merged):
        after = bodies(part.after)
        if part.part == HandoverPart.DRAFTING:
            program.drafting_agency = after
        elif part.merged:
            ProgramParty.objects.filter(pk=part.row).delete()
        elif part.part == HandoverPart.PARTY:
            ProgramParty.objects.filter(pk=part.row).update(agency=after)
        else:
            own = ProgramParty.objects.filter(pk=part.row, agency=after).exists()
            ProgramParty.objects.filter(pk=part.row).update(signs_through=None if own else after)
    program.revision += 1
    program.save(update_fields=["drafting_agency", "revision"])
    _keep(act, moved, bodies, program=program)
    record(AuditAction.HANDED_OVER, actor=actor, about=program, before=_told(moved), after=_told(moved, bodies))


def _keep(act: Reorganisation, moved: WorkMoved, bodies: Bodies, **about) -> None:
    Handover.objects.bulk_create(
        Handover(
            **about,
            act=act,
            part=part.part,
            position=part.position,
            from_agency_id=part.before,
            to_agency=bodies(part.after),
            merged=part.merged,
            body=part.body,
            office_id=part.office,
            on=act.effective_on,
        )
        for part in moved.parts
    )


_TOLD = {
    HandoverPart.LEAD: "leads",
    HandoverPart.COORDINATOR: "coordinators",
    HandoverPart.MEMBER: "coordinators",
    HandoverPart.CONFIRMING: "confirming_agency",
    HandoverPart.DRAFTING: "drafting_agency",
    HandoverPart.PARTY: "parties",
    HandoverPart.SIGNS_THROUGH: "parties",
}


def _told(moved: WorkMoved, bodies: Bodies | None = None) -> dict:
    """Who had the parts, or who has them afterwards, in the words the histories of tasks and programs are told in."""
    told: dict[str, list[str]] = {}
    for part in moved.parts:
        name = part.before_name if bodies is None else bodies(part.after).current_name
        named = told.setdefault(_TOLD[part.part], [])
        if name not in named:
            named.append(name)
    return told
