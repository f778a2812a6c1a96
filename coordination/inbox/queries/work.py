"""The groups of the inbox: overdue, waiting for the member, due soon. Each list is bounded, each count is exact."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from agencies.access.enums import Role
from agencies.access.scopes import Sight
from agencies.models import Membership
from coordination.conferences.queries import (
    Announced,
    ConferenceWaiting,
    conclusions_told_to,
    conferences_waiting,
    invitations_to,
)
from coordination.conferences.queries.people import ToAnswerInvitation, invitations_to_answer
from coordination.consultation.queries import ToAnswer, ToComment, to_answer, to_comment
from coordination.evaluations.models import EvaluationRound
from coordination.findings.queries import RoundWaiting, rounds_waiting
from coordination.inbox.queries.awaited import ToEvaluate, to_close, to_decide, to_evaluate, to_finish, to_report_part
from coordination.inbox.queries.recent import Happening, recent
from coordination.inbox.queries.week import WeekDay, week_of, weekday_name
from coordination.partyreports.queries import ToGather, ToSend, reports_to_gather, reports_to_send
from coordination.programs.enums import ENDED_STATES, SETTLED_STATES, ProgramState, SignatureState
from coordination.programs.models import Program, SignatureSlot
from coordination.programs.queries import ToAgree, to_agree
from coordination.register.awaited import ReportTold, reports_waiting_for
from coordination.tasks.enums import RoleKind, TaskState
from coordination.tasks.models import ExtensionRequest, Task, TaskRole, TaskStep
from coordination.tasks.permissions import writes_tasks
from coordination.tasks.queries import TaskRow, rows_of, whole_rows
from coordination.tasks.workflow import REPORTABLE_STATES
from coordination.urging.queries import Received, waiting_letters
from records.jobs.queries import failed_of
from records.models import Job

SOON_DAYS = 7
MOST_ROWS = 10
_SIGNERS = (Role.LEADER, Role.SECRETARY)
_CONFIRMERS = (Role.OFFICIAL, Role.LEADER, Role.SECRETARY)


@dataclass(frozen=True)
class ToSign:
    """A version locked for signing that awaits one of the member's agencies."""

    slot: SignatureSlot
    signed: int
    parties: int

    @property
    def program(self) -> Program:
        return self.slot.version.program


@dataclass(frozen=True)
class MyWork:
    """Everything the inbox shows."""

    overdue: Sequence[TaskRow]
    overdue_count: int
    to_sign: Sequence[ToSign]
    to_confirm: Sequence[TaskRow]
    confirm_count: int
    to_comment: Sequence[ToComment]
    to_answer: Sequence[ToAnswer]
    to_agree: Sequence[ToAgree]
    to_decide: Sequence[ExtensionRequest]
    to_evaluate: Sequence[ToEvaluate]
    to_close: Sequence[EvaluationRound]
    to_answer_invitation: Sequence[ToAnswerInvitation]
    to_give_out: Sequence[ConferenceWaiting]
    to_remedy: Sequence[RoundWaiting]
    to_send: Sequence[ToSend]
    to_gather: Sequence[ToGather]
    to_move_on: Sequence[ReportTold]
    to_report_part: Sequence[TaskRole]
    to_finish: Sequence[TaskStep]
    letters: Sequence[Received]
    invitations: Sequence[Announced]
    conclusions: Sequence[Announced]
    not_made: Sequence[Job]
    soon: Sequence[TaskRow]
    soon_count: int
    week: Sequence[WeekDay]
    recent: Sequence[Happening]
    weekday: str
    reports: bool

    @property
    def waiting_count(self) -> int:
        asked = (self.to_sign, self.to_comment, self.to_answer, self.to_agree)
        asked += (self.to_give_out, self.to_remedy, self.to_close)
        asked += (self.to_answer_invitation, self.to_decide, self.to_evaluate, self.to_report_part, self.to_finish)
        asked += (self.to_send, self.to_gather, self.letters, self.invitations, self.to_move_on)
        asked += (self.not_made,)
        return self.confirm_count + sum(len(one) for one in asked)

    def shows(self, task: Task) -> bool:
        """Whether a task has a row in which its progress can be reported."""
        return any(row.task.pk == task.pk for row in (*self.overdue, *self.soon))

    @property
    def is_clear(self) -> bool:
        return not (self.overdue_count or self.waiting_count or self.soon_count)


def overdue_count(actor: Membership, today: date) -> int:
    """How many tasks led by the member's agencies are overdue: one query."""
    return overdue_tasks(actor, today).count()


def overdue_tasks(actor: Membership | Sight, today: date) -> QuerySet[Task]:
    """The overdue tasks led by the member's agencies."""
    return _running(actor).filter(deadline__lt=today)


def my_work(actor: Membership, today: date) -> MyWork:
    """What awaits a member on a day, in a fixed number of queries."""
    running = _running(actor)
    last_soon = today + timedelta(days=SOON_DAYS)
    awaiting = _to_confirm(actor)
    counts = running.aggregate(
        overdue=Count("pk", filter=Q(deadline__lt=today)),
        soon=Count("pk", filter=Q(deadline__gte=today, deadline__lte=last_soon)),
    )
    overdue = running.filter(deadline__lt=today)
    soon = running.filter(deadline__gte=today, deadline__lte=last_soon)
    return MyWork(
        overdue=_rows(overdue, today),
        overdue_count=counts["overdue"],
        to_sign=_to_sign(actor),
        to_confirm=_rows(awaiting, today),
        confirm_count=awaiting.count(),
        to_comment=to_comment(actor, today, most=MOST_ROWS),
        to_answer=to_answer(actor, most=MOST_ROWS),
        to_agree=to_agree(actor, most=MOST_ROWS),
        to_decide=to_decide(actor, most=MOST_ROWS),
        to_evaluate=to_evaluate(actor, most=MOST_ROWS),
        to_close=to_close(actor, today, most=MOST_ROWS),
        to_answer_invitation=invitations_to_answer(actor, today, most=MOST_ROWS),
        to_give_out=conferences_waiting(actor, most=MOST_ROWS),
        to_remedy=rounds_waiting(actor, today, most=MOST_ROWS),
        to_send=reports_to_send(actor, today, most=MOST_ROWS),
        to_gather=reports_to_gather(actor, today, most=MOST_ROWS),
        to_move_on=reports_waiting_for(actor, most=MOST_ROWS),
        to_report_part=to_report_part(actor, last_soon, most=MOST_ROWS),
        to_finish=to_finish(actor, last_soon, most=MOST_ROWS),
        letters=waiting_letters(actor, most=MOST_ROWS),
        invitations=invitations_to(actor, today, most=MOST_ROWS),
        conclusions=conclusions_told_to(actor, today, most=MOST_ROWS),
        not_made=failed_of(actor, most=MOST_ROWS),
        soon=_rows(soon, today),
        soon_count=counts["soon"],
        week=week_of(actor, today),
        recent=recent(actor),
        weekday=weekday_name(today),
        reports=writes_tasks(actor),
    )


def _running(actor: Membership | Sight) -> QuerySet[Task]:
    """Tasks the member's agencies lead that still await work; drafts do not count yet."""
    return (
        Task.objects.visible_to(actor, singly=True)
        .led_by(actor.agency_ids())
        .filter(state__in=REPORTABLE_STATES, program__state__in=SETTLED_STATES)
        .exclude(program__state__in=ENDED_STATES)
    )


def _to_confirm(actor: Membership) -> QuerySet[Task]:
    if actor.role not in _CONFIRMERS:
        return Task.objects.none()
    mine = actor.agency_ids()
    led = TaskRole.objects.filter(kind=RoleKind.LEAD, agency_id__in=mine).values("task_id")
    return (
        Task.objects.visible_to(actor)
        .filter(state=TaskState.AWAITING, confirming_agency_id__in=mine)
        .exclude(pk__in=led)
    )


def _rows(tasks: QuerySet[Task], today: date) -> list[TaskRow]:
    return rows_of(whole_rows(tasks).order_by("deadline", "code")[:MOST_ROWS], today=today)


def _to_sign(actor: Membership) -> list[ToSign]:
    """Places to sign of the member's agencies, but for those whose round has not come. Rule: R-SIGN-5."""
    if actor.role not in _SIGNERS:
        return []
    mine = actor.agency_ids()
    earlier = SignatureSlot.objects.filter(
        version=OuterRef("version"), state=SignatureState.AWAITING, rank__lt=OuterRef("rank")
    )
    slots = (
        SignatureSlot.objects.filter(
            ~Exists(earlier),
            Q(party__agency_id__in=mine, party__signs_through=None) | Q(party__signs_through_id__in=mine),
            state=SignatureState.AWAITING,
            version__for_signing=True,
            version__voided_at=None,
            version__program__in=Program.objects.visible_to(actor).filter(state=ProgramState.SIGNING),
        )
        .select_related("version__program", "party__agency")
        .annotate(
            parties=Count("version__slots"),
            signed=Count("version__slots", filter=Q(version__slots__state=SignatureState.SIGNED)),
        )
        .order_by("version__locked_at", "pk")[:MOST_ROWS]
    )
    return [ToSign(slot, slot.signed, slot.parties) for slot in slots]
