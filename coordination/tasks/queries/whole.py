"""One task with what permissions and its pages ask about it, by statements put into words once."""

from django.db.models import QuerySet

from agencies.access.scopes import Sight, works_on_content
from agencies.models import Membership
from coordination.programs.models import ProgramParty
from coordination.tasks.models import Target, Task, TaskRole, TaskStep
from records.prepared import Prepared, attach

_ALWAYS = ("program", "program__drafting_agency", "area", "section", "confirming_agency")
_SELDOM = ("continues__program", "follows", "direction")


def with_related(tasks: QuerySet[Task]) -> QuerySet[Task]:
    """Tasks with the rows they point to."""
    return tasks.select_related(*_ALWAYS, *_SELDOM)


def roles_in_full() -> QuerySet[TaskRole]:
    """The parts in tasks, in their order, with who has them."""
    return TaskRole.objects.select_related("agency", "office", "group").order_by("kind", "position")


def steps_in_full() -> QuerySet[TaskStep]:
    """The steps of tasks, with who is to take them and who reported them."""
    return TaskStep.objects.select_related("agency", "by__agency")


def parties_in_full() -> QuerySet[ProgramParty]:
    """The parties of programs, with their agencies."""
    return ProgramParty.objects.select_related("agency")


def whole_task(actor: Membership | None, code: str) -> Task | None:
    """A task the actor sees, as `with_everything` fetches it; five queries, and one for each rare thing it points to.

    Rule: R-SEE-2. Why apart: joined to nine tables the statement takes longer to be planned than to be answered.
    """
    if not works_on_content(actor):
        return None
    found = _TASK.models(code=code, agencies=tuple(actor.agency_ids()))
    for task in found:
        attach(found, "roles", _ROLES.models(task=task.pk))
        attach([task.program], "parties", _PARTIES.models(program=task.program_id))
        attach(found, "steps", _STEPS.models(task=task.pk))
        attach(found, "targets", _TARGETS.models(task=task.pk))
        if task.continues_id:
            task.continues = Task.with_binned.select_related("program").get(pk=task.continues_id)
    return found[0] if found else None


def _task(code: str, agencies: tuple[int, ...]) -> QuerySet[Task]:
    seen = Task.objects.visible_to(Sight(agencies), singly=True)
    return seen.select_related(*_ALWAYS).filter(code=code)


_TASK = Prepared(_task)
_ROLES = Prepared(lambda task: roles_in_full().filter(task=task))
_STEPS = Prepared(lambda task: steps_in_full().filter(task=task))
_TARGETS = Prepared(lambda task: Target.objects.filter(task=task))
_PARTIES = Prepared(lambda program: parties_in_full().filter(program=program))
