"""What waits for a member besides signatures, comments and confirmations: extensions, evaluations, their own parts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, F, OuterRef, Q

from agencies.access.enums import Role
from agencies.models import Agency, Membership
from coordination.evaluations.enums import EvaluationKind, RoundState
from coordination.evaluations.models import Evaluation, EvaluationRound
from coordination.evaluations.permissions import GRADERS
from coordination.evaluations.queries.missing import missing_forms
from coordination.evaluations.queries.parties import Parties
from coordination.programs.enums import ENDED_STATES, SETTLED_STATES
from coordination.programs.models import ProgramParty
from coordination.tasks.enums import RoleKind
from coordination.tasks.models import ExtensionRequest, PartReport, Task, TaskRole, TaskStep
from coordination.tasks.permissions import writes_tasks
from coordination.tasks.workflow import REPORTABLE_STATES

_DECIDERS = (Role.LEADER, Role.SECRETARY)


@dataclass(frozen=True)
class ToEvaluate:
    """A form of an open evaluation that one of the member's agencies has not sent."""

    round: EvaluationRound
    agency: Agency
    kind: EvaluationKind

    @property
    def is_self(self) -> bool:
        return self.kind == EvaluationKind.SELF


def to_decide(actor: Membership, *, most: int) -> Sequence[ExtensionRequest]:
    """Requests for a later deadline the member may grant or refuse, the oldest first. One query.

    Rule: R-EXTEND-1.
    """
    if actor.role not in _DECIDERS:
        return []
    mine = actor.agency_ids()
    decides = Q(task__confirming_agency_id__in=mine)
    if actor.role == Role.SECRETARY:
        decides |= Q(task__program__drafting_agency_id__in=mine)
    asked = ExtensionRequest.objects.visible_to(actor).open().filter(decides)
    return list(asked.select_related("task__program", "by__agency").order_by("asked_at", "pk")[:most])


def to_report_part(actor: Membership, until: date, *, most: int) -> Sequence[TaskRole]:
    """Parts of tasks given to a whole group that the member's agencies have not reported done, due by a day. One query.

    Why only those of groups: a coordinator is asked by the lead agency, a group's member by the task itself.
    """
    if not writes_tasks(actor):
        return []
    done = PartReport.objects.filter(role=OuterRef("pk"), is_done=True)
    running = Q(task__state__in=REPORTABLE_STATES, task__program__state__in=SETTLED_STATES)
    parts = (
        TaskRole.objects.filter(running, kind=RoleKind.MEMBER, agency_id__in=actor.agency_ids())
        .filter(task__in=Task.objects.visible_to(actor).filter(deadline__lte=until))
        .exclude(task__program__state__in=ENDED_STATES)
        .exclude(Exists(done))
    )
    return list(parts.select_related("task__program", "agency", "group").order_by("task__deadline", "pk")[:most])


def to_finish(actor: Membership, until: date, *, most: int) -> Sequence[TaskStep]:
    """Parts of the work due by a day on their own, done by the member's agencies or in tasks they lead. One query.

    Rule: R-STEP-1. Those due with the task itself are not listed beside it.
    """
    if not writes_tasks(actor):
        return []
    mine = actor.agency_ids()
    led = TaskRole.objects.filter(kind=RoleKind.LEAD, agency_id__in=mine).values("task_id")
    running = Q(task__state__in=REPORTABLE_STATES, task__program__state__in=SETTLED_STATES)
    steps = (
        TaskStep.objects.visible_to(actor)
        .filter(running, Q(agency_id__in=mine) | Q(task__in=led), done_on=None, due_on__lte=until)
        .exclude(task__program__state__in=ENDED_STATES)
        .exclude(due_on=F("task__deadline"))
    )
    return list(steps.select_related("task__program").order_by("due_on", "pk")[:most])


def to_evaluate(actor: Membership, *, most: int) -> Sequence[ToEvaluate]:
    """Forms of open evaluations the member's agencies have not sent. Three queries, one while nothing is open."""
    if actor.role not in GRADERS:
        return []
    open_ones = EvaluationRound.objects.visible_to(actor).filter(state=RoundState.OPEN).select_related("scheme")
    rounds = list(open_ones.order_by("year", "pk"))
    if not rounds:
        return []
    parties = _parties_by_round(actor, rounds)
    sent = _sent_by_round(rounds)
    waiting = [
        ToEvaluate(each, form.agency, form.kind)
        for each in rounds
        for form in missing_forms(Parties.of(parties.get(each.pk, {})), sent.get(each.pk, []), each.scheme)
        if actor.acts_for(form.agency.pk)
    ]
    return waiting[:most]


def to_close(actor: Membership, today: date, *, most: int) -> Sequence[EvaluationRound]:
    """Open evaluations a secretary keeps whose figures are cut off and whose forms were due by now. One query."""
    if actor.role != Role.SECRETARY:
        return []
    due = Q(forms_due_on=None) | Q(forms_due_on__lt=today)
    kept = EvaluationRound.objects.kept_by(actor).filter(due, state=RoundState.OPEN, cut_off_on__lte=today)
    return list(kept.order_by("cut_off_on", "pk")[:most])


def _parties_by_round(actor: Membership, rounds: list[EvaluationRound]) -> dict[int, dict[int, list[Agency]]]:
    """The members of each program of each round, as far as the reader sees the programs."""
    rows = ProgramParty.objects.visible_to(actor).filter(program__evaluation_rounds__in=rounds)
    found: dict[int, dict[int, list[Agency]]] = {}
    for row in rows.annotate(round=F("program__evaluation_rounds")).select_related("agency"):
        found.setdefault(row.round, {}).setdefault(row.program_id, []).append(row.agency)
    return found


def _sent_by_round(rounds: Iterable[EvaluationRound]) -> dict[int, list[tuple[str, int, int]]]:
    sent = Evaluation.objects.sent().filter(round__in=rounds)
    found: dict[int, list[tuple[str, int, int]]] = {}
    for round_id, kind, agency_id, by_agency_id in sent.values_list("round_id", "kind", "agency_id", "by_agency_id"):
        found.setdefault(round_id, []).append((kind, agency_id, by_agency_id))
    return found
