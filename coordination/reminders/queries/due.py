"""What is to be told on a day, and to which agency; whether it was told already is not asked here."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import chain, groupby
from operator import attrgetter

from django.db.models import F, Q, QuerySet

from agencies.access.enums import Role
from coordination.conferences.queries import answers_awaited, told_by_paper
from coordination.consultation.models import ConsultationRound, RoundReply
from coordination.lists.enums import BulkAct
from coordination.lists.models import BulkChangeRow
from coordination.partyreports.queries import calls_unanswered
from coordination.programs.enums import ENDED_STATES, SETTLED_STATES, ProgramState, SignatureState
from coordination.programs.models import ProgramStateChange, SignatureSlot
from coordination.programs.queries import whose_turn
from coordination.register.awaited import reports_awaiting
from coordination.register.enums import DocumentType
from coordination.register.issued import issued_as
from coordination.reminders.enums import (
    BY_LETTER,
    EVERYONE,
    NEWS_DAYS,
    OF_TURNS,
    WEEKS_OF_LATE_REPORTS,
    WEEKS_OF_LATE_STEPS,
    Occasion,
)
from coordination.reminders.timing import USUAL, Rules
from coordination.tasks.enums import RoleKind, TaskState
from coordination.tasks.models import ExtensionRequest, Task, TaskRole, TaskStateChange, TaskStep
from coordination.tasks.workflow import REPORTABLE_STATES
from coordination.urging.models import UrgedTask
from records import clock
from records.workdays.counting import Workdays

_PIECE = 2000


@dataclass(frozen=True)
class Call:
    """One thing to tell the people of an agency.

    `but_for` are agencies whose people are not told; `only` are roles, where not all that the occasion names are asked.
    """

    occasion: Occasion
    agency_id: int
    about_on: date
    task_id: int | None = None
    program_id: int | None = None
    report: int | None = None
    conference_id: int | None = None
    turn: int = 0
    but_for: tuple[int, ...] = ()
    only: tuple[Role, ...] = ()

    @property
    def roles(self) -> tuple[Role, ...]:
        """Who in the agency is told."""
        return self.only or self.occasion.roles


class Timing:
    """What each unit's rules say of deadlines on one working day; deadlines and units are few, tasks are many."""

    def __init__(self, day: date, calendar: Workdays, rules: Mapping[int, Rules]):
        self.day, self.calendar, self.rules = day, calendar, rules
        self.step_reached = cache(self._step_reached)
        self.days_late = cache(self._days_late)
        self.days_late_for_leaders = cache(self._days_late_for_leaders)

    @property
    def horizon(self) -> date:
        """The last deadline whose first step can have been reached under anyone's rules."""
        farthest = max(step for rules in (USUAL, *self.rules.values()) for step in rules.steps)
        return self.calendar.after(self.day, farthest + 1)

    def _of(self, unit_id: int) -> Rules:
        return self.rules.get(unit_id, USUAL)

    def _step_reached(self, unit_id: int, deadline: date) -> int | None:
        return self._of(unit_id).step_reached(deadline, self.day, self.calendar)

    def _days_late(self, unit_id: int, deadline: date) -> int:
        return self._of(unit_id).days_late(deadline, self.day, self.calendar)

    def _days_late_for_leaders(self, unit_id: int, deadline: date) -> int:
        return self._of(unit_id).days_late_for_leaders(deadline, self.day, self.calendar)


def calls_on(day: date, calendar: Workdays, rules: Mapping[int, Rules]) -> Iterator[Call]:
    """Everything that is to be told on a working day, by the rules of each unit's programs; the usual ones elsewhere.

    Rule: R-REMIND-1, R-REMIND-2, R-REMIND-4.
    """
    timing = Timing(day, calendar, rules)
    return chain(
        _deadlines(timing),
        _steps(timing),
        _given(day),
        _returned(day),
        _asked(day),
        _urged(day),
        _to_confirm(),
        _to_decide(),
        _to_sign(),
        _to_comment(day),
        _to_report(timing),
        _turns_of_reports(),
        _of_conferences(day),
    )


def _running(roles: QuerySet[TaskRole]) -> QuerySet[TaskRole]:
    """The roles in tasks that await work; drafts do not count yet."""
    settled = Q(task__program__state__in=SETTLED_STATES) & ~Q(task__program__state__in=ENDED_STATES)
    return roles.filter(settled, task__state__in=REPORTABLE_STATES, task__binned_at=None)


def _deadlines(timing: Timing) -> Iterator[Call]:
    leads = _running(TaskRole.objects.filter(kind=RoleKind.LEAD, task__deadline__lte=timing.horizon))
    columns = ("task_id", "agency_id", "task__deadline", "task__program__unit_id")
    rows = leads.order_by("task_id", "position").values_list(*columns)
    for task_id, agency_id, deadline, unit_id in rows.iterator(chunk_size=_PIECE):
        if deadline >= timing.day:
            if (step := timing.step_reached(unit_id, deadline)) is not None:
                yield Call(Occasion.DUE, agency_id, deadline, task_id, turn=step)
            continue
        yield Call(Occasion.OVERDUE, agency_id, deadline, task_id, turn=timing.days_late(unit_id, deadline))
        if turn := timing.days_late_for_leaders(unit_id, deadline):
            yield Call(Occasion.ESCALATED, agency_id, deadline, task_id, turn=turn)


def _steps(timing: Timing) -> Iterator[Call]:
    """Parts of the work with a deadline of their own, to whoever does them and to the lead agency."""
    running = Q(task__program__state__in=SETTLED_STATES) & ~Q(task__program__state__in=ENDED_STATES)
    steps = TaskStep.objects.filter(
        running, done_on=None, due_on__lte=timing.horizon, task__state__in=REPORTABLE_STATES, task__binned_at=None
    ).exclude(due_on=F("task__deadline"))
    leads = _leads_of(Task.objects.filter(steps__in=steps))
    for task_id, agency_id, due_on, unit_id in steps.values_list(
        "task_id", "agency_id", "due_on", "task__program__unit_id"
    ):
        if (told := _told_of_step(due_on, unit_id, timing)) is not None:
            occasion, turn = told
            for told_id in dict.fromkeys(filter(None, (agency_id, *leads.get(task_id, ())))):
                yield Call(occasion, told_id, due_on, task_id, turn=turn)


def _told_of_step(due_on: date, unit_id: int, timing: Timing) -> tuple[Occasion, int] | None:
    if due_on < timing.day:
        is_told = timing.day - due_on <= timedelta(weeks=WEEKS_OF_LATE_STEPS)
        return (Occasion.STEP_LATE, timing.days_late(unit_id, due_on)) if is_told else None
    step = timing.step_reached(unit_id, due_on)
    return None if step is None else (Occasion.STEP_DUE, step)


def _given(day: date) -> Iterator[Call]:
    """Tasks entered lately, or whose program was agreed lately, to all who have a part in them."""
    since = clock.at(day - timedelta(days=NEWS_DAYS))
    agreed = ProgramStateChange.objects.filter(to_state=ProgramState.AGREED, at__gte=since).values("program_id")
    entered = TaskStateChange.objects.filter(from_state="", at__gte=since).values("task_id")
    roles = _running(TaskRole.objects.filter(Q(task__program__in=agreed) | Q(task__in=entered)))
    days = dict(_entered_on(roles))
    for task_id, agency_id in roles.order_by("task_id", "position").values_list("task_id", "agency_id"):
        if task_id in days:
            yield Call(Occasion.ASSIGNED, agency_id, days[task_id], task_id)


def _entered_on(roles: QuerySet[TaskRole]) -> Iterator[tuple[int, date]]:
    entered = TaskStateChange.objects.filter(from_state="", task__in=roles.order_by().values("task_id"))
    for task_id, at in entered.values_list("task_id", "at"):
        yield task_id, clock.local_day(at)


def _returned(day: date) -> Iterator[Call]:
    since = clock.at(day - timedelta(days=NEWS_DAYS))
    changes = TaskStateChange.objects.filter(
        from_state=TaskState.AWAITING, at__gte=since, task__state__in=REPORTABLE_STATES, task__binned_at=None
    ).exclude(to_state=TaskState.COMPLETED)
    rows = changes.filter(task__roles__kind=RoleKind.LEAD).values_list("task_id", "task__roles__agency_id", "at")
    for task_id, agency_id, at in rows:
        yield Call(Occasion.RETURNED, agency_id, clock.local_day(at), task_id)


def _asked(day: date) -> Iterator[Call]:
    """Tasks whose lead agency was reminded by hand, from the list of tasks."""
    since = clock.at(day - timedelta(days=NEWS_DAYS))
    asked = BulkChangeRow.objects.filter(change__act=BulkAct.REMIND, change__at__gte=since)
    asked = asked.filter(task__state__in=REPORTABLE_STATES, task__binned_at=None, task__roles__kind=RoleKind.LEAD)
    for task_id, agency_id, at in asked.values_list("task_id", "task__roles__agency_id", "change__at"):
        yield Call(Occasion.ASKED, agency_id, clock.local_day(at), task_id)


def _urged(day: date) -> Iterator[Call]:
    """Official letters to lead agencies, to everyone there: one call for a letter, at the first task it is about.

    Rule: R-URGE-2. Why until the day of the answer: a letter may be issued some days after the one it is dated.
    """
    first = UrgedTask.objects.filter(position=1).filter(
        Q(letter__sent_on__gte=day - timedelta(days=NEWS_DAYS)) | Q(letter__answer_by__gte=day),
        letter__sent_on__isnull=False,
    )
    rows = list(first.values_list("letter_id", "task_id", "letter__addressee_id", "letter__sent_on"))
    issued = issued_as(DocumentType.LETTER, [letter_id for letter_id, *_rest in rows])
    for letter_id, task_id, agency_id, sent_on in rows:
        if letter_id in issued:
            yield Call(Occasion.ASKED, agency_id, sent_on, task_id, turn=BY_LETTER, only=EVERYONE)


def _to_confirm() -> Iterator[Call]:
    awaiting = Task.objects.filter(state=TaskState.AWAITING, confirming_agency__isnull=False)
    awaiting = awaiting.exclude(program__state__in=ENDED_STATES)
    leads = _leads_of(awaiting)
    for task_id, agency_id, day in awaiting.values_list("pk", "confirming_agency_id", "completed_on"):
        yield Call(Occasion.TO_CONFIRM, agency_id, day, task_id, but_for=leads.get(task_id, ()))


def _to_decide() -> Iterator[Call]:
    """Requests for a later deadline, to the agency that drafts the program and the one that confirms the result."""
    asked = ExtensionRequest.objects.filter(task__binned_at=None).open()
    rows = asked.values_list("task_id", "asked_at", "task__program__drafting_agency_id", "task__confirming_agency_id")
    for task_id, at, drafting, confirming in rows:
        day = clock.local_day(at)
        yield Call(Occasion.TO_DECIDE, drafting, day, task_id, only=(Role.SECRETARY,))
        if confirming:
            yield Call(Occasion.TO_DECIDE, confirming, day, task_id)


def _leads_of(tasks: QuerySet[Task]) -> dict[int, tuple[int, ...]]:
    found: dict[int, tuple[int, ...]] = {}
    leads = TaskRole.objects.filter(kind=RoleKind.LEAD, task__in=tasks.order_by().values("pk"))
    for task_id, agency_id in leads.values_list("task_id", "agency_id"):
        found[task_id] = (*found.get(task_id, ()), agency_id)
    return found


def _to_sign() -> Iterator[Call]:
    """Whoever may sign now; who comes later in the order is told when its turn has come. Rule: R-SIGN-5."""
    slots = (
        SignatureSlot.objects.filter(
            state=SignatureState.AWAITING,
            version__for_signing=True,
            version__voided_at=None,
            version__program__state=ProgramState.SIGNING,
        )
        .select_related("version", "party")
        .defer("version__snapshot")
    )
    by_version = groupby(slots.order_by("version_id", "position"), key=attrgetter("version_id"))
    for slot in (slot for _version, of_one in by_version for slot in whose_turn(of_one)):
        day, agency_id = clock.local_day(slot.version.locked_at), slot.party.signs_through_id or slot.party.agency_id
        yield Call(Occasion.TO_SIGN, agency_id, day, program_id=slot.version.program_id)


def _to_comment(day: date) -> Iterator[Call]:
    """Parties that have declared nothing in a round still open; the drafting agency is not asked."""
    rounds = ConsultationRound.objects.filter(comments_until__gte=day).open()
    declared = set(RoundReply.objects.filter(round__in=rounds).values_list("round_id", "party_id"))
    asked = ("program__parties", "program__parties__agency_id", "program__drafting_agency_id")
    rows = rounds.values_list("pk", "program_id", "opened_on", *asked)
    for round_id, program_id, opened_on, party_id, agency_id, drafting_id in rows:
        if party_id and (round_id, party_id) not in declared:
            yield Call(Occasion.TO_COMMENT, agency_id, opened_on, program_id=program_id, but_for=(drafting_id,))


def _to_report(timing: Timing) -> Iterator[Call]:
    """Parties that have not sent the report they were asked for, from the day they were asked, for some weeks after it.

    Rule: R-PARTYREPORT-3. Whoever was reminded by hand is told of that as well.
    """
    oldest = timing.day - timedelta(weeks=WEEKS_OF_LATE_REPORTS)
    for call, agency_id in calls_unanswered(oldest):
        program = {"program_id": call.program_id}
        if call.is_late_on(timing.day):
            late = timing.days_late(call.program.unit_id, call.due_on)
            yield Call(Occasion.UNREPORTED, agency_id, call.due_on, turn=late, **program)
        else:
            yield Call(Occasion.TO_REPORT, agency_id, call.due_on, **program)
        if call.asked_again_on and timing.day - call.asked_again_on <= timedelta(days=NEWS_DAYS):
            yield Call(Occasion.REPORT_ASKED, agency_id, call.asked_again_on, **program)


def _turns_of_reports() -> Iterator[Call]:
    """Reports written in the portal, to whoever approves, changes or issues them next. Rule: R-COMPOSE-5."""
    for one in reports_awaiting():
        yield Call(OF_TURNS[one.turn], one.agency_id, clock.local_day(one.since), report=one.number)


def _of_conferences(day: date) -> Iterator[Call]:
    """Whoever has a seat to answer for; and of papers issued about a conference everyone else whom it concerns.

    Rule: R-PEOPLE-3, R-PAPER-3. Why the day of issue: what is issued anew on another day, after it was taken back, is
    told again.
    """
    for one in answers_awaited(day):
        occasion = Occasion.INVITED_AGAIN if one.asks_again else Occasion.INVITED
        yield Call(occasion, one.agency_id, one.since, conference_id=one.conference_id)
    papers = ((Occasion.INVITED, DocumentType.INVITATION), (Occasion.CONCLUDED, DocumentType.NOTICE))
    for occasion, paper_type in papers:
        for news, agencies in told_by_paper(paper_type, day):
            issued_on, host = clock.local_day(news.issued.issued_at), (news.conference.organiser_id,)
            for agency_id in agencies:
                yield Call(occasion, agency_id, issued_on, conference_id=news.conference.pk, but_for=host)
