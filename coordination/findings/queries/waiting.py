"""The rounds whose limitations still wait for a task: what follows the leaders and whoever keeps the round."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from agencies.access.enums import Role
from agencies.models import Membership
from coordination.evaluations.models import EvaluationRound
from coordination.findings.enums import Remedy
from coordination.findings.models import Finding


@dataclass(frozen=True)
class RoundWaiting:
    """A round, how many of its limitations wait for a task, how many of these were found in earlier years too."""

    round: EvaluationRound
    waiting: int
    repeated: int


def rounds_waiting(actor: Membership, today: date, *, most: int, year: int | None = None) -> list[RoundWaiting]:
    """Rounds whose figures are cut off and that have limitations without a task, the latest first. Two queries.

    Rule: R-FINDING-4. Told to the secretaries who keep the round and to the leaders who may waive.
    """
    counts = {row["round"]: (row["waiting"], row["repeated"]) for row in limitations_outstanding(actor, today, year)}
    rounds = EvaluationRound.objects.filter(pk__in=counts).order_by("-cut_off_on", "pk")[:most] if counts else ()
    return [RoundWaiting(one, *counts[one.pk]) for one in rounds]


def limitations_outstanding(actor: Membership, today: date, year: int | None = None) -> QuerySet:
    """For each such round how many of its limitations wait, and how many of these were found in earlier years too.

    Shape: rows of round, waiting, repeated.
    """
    mine = EvaluationRound.objects.kept_by(actor) | EvaluationRound.objects.led_by(actor)
    open_ones = Finding.objects.visible_to(actor).standing(Remedy.OPEN)
    open_ones = open_ones.filter(round__in=mine.values("pk"), round__cut_off_on__lte=today)
    open_ones = open_ones.filter(round__year=year) if year else open_ones
    counted = (
        open_ones.order_by()
        .values("round")
        .annotate(
            waiting=Count("pk", distinct=True), repeated=Count("pk", distinct=True, filter=Q(repeats__isnull=False))
        )
    )
    return counted if actor.role in (Role.SECRETARY, Role.LEADER) else counted.none()
