"""What a form about a finding offers: earlier limitations, tasks that can mend one, programs that take a new task."""

from django.db.models import QuerySet

from agencies.models import Membership
from coordination.evaluations.models import EvaluationRound
from coordination.findings.models import Finding
from coordination.programs.models import Program
from coordination.tasks.enums import TaskState
from coordination.tasks.models import Task
from coordination.tasks.queries import programs_open_to


def earlier_limitations(actor: Membership, round: EvaluationRound) -> QuerySet[Finding]:
    """The limitations the actor sees of rounds of the unit cut off before this one, the latest first.

    Rule: R-FINDING-2. One that was repeated since is left out: what is repeated is its latest form.
    """
    earlier = Finding.objects.visible_to(actor).limitations()
    earlier = earlier.filter(round__unit=round.unit_id, round__cut_off_on__lt=round.cut_off_on)
    again = Finding.objects.filter(repeats__isnull=False).exclude(round=round).values("repeats_id")
    return earlier.exclude(pk__in=again).select_related("round").order_by("-round__cut_off_on", "position")


def remedies_for(actor: Membership, limitation: Finding) -> QuerySet[Task]:
    """The tasks the actor sees that can mend a limitation: of programs that go on after its round, not cancelled."""
    after = Program.objects.filter(unit=limitation.round.unit_id, period_end__gt=limitation.round.cut_off_on)
    tasks = Task.objects.visible_to(actor).filter(program__in=after.values("pk"))
    return tasks.exclude(state=TaskState.CANCELLED).select_related("program").order_by("-program__year", "code")


def programs_after(actor: Membership, limitation: Finding) -> QuerySet[Program]:
    """The programs in which the actor may write a task that mends a limitation."""
    after = programs_open_to(actor).filter(unit=limitation.round.unit_id, period_end__gt=limitation.round.cut_off_on)
    return after.order_by("period_start", "code")
