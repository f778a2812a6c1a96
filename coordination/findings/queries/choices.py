"""What a form about a finding offers: earlier limitations, tasks that can mend one, programs that take a new task."""

from datetime import date

from django.db.models import QuerySet

from agencies.models import Membership
from coordination.evaluations.models import EvaluationRound
from coordination.findings.models import CAME_TO_NOTHING, Finding
from coordination.programs.models import Program
from coordination.tasks.models import Task
from coordination.tasks.queries import programs_open_to


def earlier_limitations(actor: Membership, round: EvaluationRound) -> QuerySet[Finding]:
    """The limitations the actor sees of rounds of the unit, or of one it took over, cut off before this one, the latest
    first.

    Rule: R-FINDING-2. One that was repeated since is left out: what is repeated is its latest form.
    """
    earlier = Finding.objects.visible_to(actor).limitations()
    units = {round.unit_id, *actor.unit_ids()}
    earlier = earlier.filter(round__unit__in=units, round__cut_off_on__lt=round.cut_off_on)
    again = Finding.objects.filter(repeats__isnull=False).exclude(round=round).values("repeats_id")
    return earlier.exclude(pk__in=again).select_related("round").order_by("-round__cut_off_on", "position")


def evaluated_until(round: EvaluationRound) -> date:
    """The last day a round speaks of: of its span, or the one its figures were cut off on where that came later.

    Why not the cut-off alone: a year's figures close on 14/12, and its own program mends nothing in the days left.
    """
    return max(round.cut_off_on, round.span.last_day)


def remedies_for(actor: Membership, limitation: Finding) -> QuerySet[Task]:
    """The tasks the actor sees that can mend a limitation: of programs that go on after its round, still to be done or
    done.
    """
    last = evaluated_until(limitation.round)
    after = Program.objects.filter(unit__in=actor.unit_ids(), period_end__gt=last)
    tasks = Task.objects.visible_to(actor).filter(program__in=after.values("pk"))
    return tasks.exclude(state__in=CAME_TO_NOTHING).select_related("program").order_by("-program__year", "code")


def programs_after(actor: Membership, limitation: Finding) -> QuerySet[Program]:
    """The programs in which the actor may write a task that mends a limitation."""
    last = evaluated_until(limitation.round)
    after = programs_open_to(actor).filter(unit__in=actor.unit_ids(), period_end__gt=last)
    return after.order_by("period_start", "code")
