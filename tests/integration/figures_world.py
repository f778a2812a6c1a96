"""Random programs, tasks, parts and histories, told in plain values, and the rules of the figures written once more.

The seed is printed; `FIGURES_SEED` repeats a draw.
"""

import os
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from agencies.access.enums import Role
from agencies.models import Membership
from coordination.figures.queries import Scope, scope_for
from coordination.figures.tally import Tally
from coordination.programs.models import Program
from coordination.tasks.enums import Bucket, RoleKind, ScheduleKind, TaskState
from coordination.tasks.models import DueDateChange, Target, Task, TaskRole, TaskStateChange
from records import clock
from tests.factories.people import make_member, make_unit
from tests.integration.test_figures_sample import AGENCIES, District

SEED = int(os.environ.get("FIGURES_SEED", "") or random.SystemRandom().randrange(10**6))
YEARS = (2021, 2022)
TODAY = date(2022, 3, 30)
DAYS = (TODAY, date(2022, 2, 14), date(2021, 12, 31))
FAR = (date(1, 1, 1), date(9999, 12, 31))
_FOLLOWING = {
    "": [TaskState.NOT_STARTED],
    TaskState.NOT_STARTED: [TaskState.IN_PROGRESS, TaskState.AWAITING, TaskState.NOT_COMPLETED, TaskState.CANCELLED],
    TaskState.IN_PROGRESS: [TaskState.AWAITING, TaskState.AWAITING, TaskState.NOT_COMPLETED, TaskState.SUSPENDED],
    TaskState.AWAITING: [TaskState.COMPLETED, TaskState.COMPLETED, TaskState.IN_PROGRESS],
    TaskState.SUSPENDED: [TaskState.IN_PROGRESS, TaskState.CANCELLED],
}


@dataclass
class Known:
    """A task as it was drawn: what is so now and what happened on the way, told in plain values.

    Shape: `parts` in order, each with its kind and its agency; steps, moves of the deadline and claims by their day.
    """

    task: Task
    program: Program
    parts: list[tuple[str, int]]
    target: int | None = None
    history: list[tuple[datetime, str]] = field(default_factory=list)
    moves: list[tuple[date, date]] = field(default_factory=list)
    claims: list[date] = field(default_factory=list)

    @property
    def agencies(self) -> set[int]:
        return {agency for _kind, agency in self.parts}

    @property
    def first_lead(self) -> int:
        return next(agency for kind, agency in self.parts if kind == RoleKind.LEAD)

    def state_on(self, day: date) -> str:
        """The state of the last step up to a day; empty before the first."""
        return next((state for at, state in reversed(self.history) if clock.local_day(at) <= day), "")

    def due_on(self, day: date) -> date | None:
        return next((old for on, old in self.moves if on > day), self.task.due_on)

    def deadline_on(self, day: date) -> date | None:
        return self.task.legal_due_on or self.due_on(day)

    def completed_on(self, day: date) -> date | None:
        return max((on for on in self.claims if on <= day), default=None)

    def bucket_on(self, day: date) -> str:
        """The rule of the four buckets, written once more from its words."""
        state, deadline = self.state_on(day), self.deadline_on(day)
        if state in ("", TaskState.SUSPENDED, TaskState.CANCELLED):
            return ""
        if deadline is None:
            return Bucket.NO_DEADLINE
        if state in (TaskState.COMPLETED, TaskState.AWAITING):
            is_late = self.completed_on(day) > deadline
            if state == TaskState.AWAITING:
                return Bucket.OVERDUE if is_late else Bucket.IN_TIME
            return Bucket.DONE_LATE if is_late else Bucket.DONE_ON_TIME
        return Bucket.OVERDUE if state == TaskState.NOT_COMPLETED or deadline < day else Bucket.IN_TIME

    def is_in(self, year: int, day: date) -> bool:
        starts, ends = self.task.start_on, self.due_on(day)
        covered = self.program.period_start.year <= year <= self.program.period_end.year
        return covered and (starts is None or starts.year <= year) and (ends is None or ends.year >= year)


class World:
    """Two districts with programs of one and of several years, some of them shared, and what happened in them."""

    def __init__(self, seed: int):
        self.dice = random.Random(seed)
        self.here, self.there = District(make_unit("DH")), District(make_unit("HH"))
        self.clerk = make_member(self.here.agencies["mttq"], Role.SECRETARY)
        self.there.agencies["guest"] = self.here.agencies["ubnd"]
        self.tasks: list[Known] = []
        self.parties: dict[int, set[int]] = {}
        for district in (self.here, self.there):
            for ordinal in range(1, 5):
                self._program(district, ordinal)
        self._save()

    def _program(self, district: District, ordinal: int) -> None:
        dice, year = self.dice, self.dice.choice(YEARS)
        parties = dice.sample([code for code in district.agencies if code != "guest"], 3)
        parties += ["guest"] if district is self.there and dice.random() < 0.5 else []
        last = date(year + dice.choice((0, 0, 1)), 12, 31)
        drafting = district.agencies[parties[0]]
        program = district.program(year, ordinal, parties, period_end=last, drafting_agency=drafting)
        self.parties[program.pk] = {district.agencies[code].pk for code in parties}
        for turn in range(1, dice.randrange(4, 9)):
            self._task(district, program, turn)

    def _task(self, district: District, program: Program, ordinal: int) -> None:
        dice, due_on = self.dice, self._due(program)
        names = [district.agencies[code].pk for code in dice.sample(list(district.agencies), dice.randrange(1, 5))]
        task = Task(
            program=program,
            area=district.areas[dice.choice(("tt", "gn", "gs"))],
            ordinal=ordinal,
            code=f"{program.code}.{ordinal:02}",
            title=f"Nhiệm vụ {ordinal}",
            due_on=due_on,
            schedule_kind=ScheduleKind.ONGOING if due_on is None else ScheduleKind.RANGE,
            legal_due_on=date(2022, dice.randrange(1, 13), 5) if dice.random() < 0.1 else None,
            start_on=due_on - timedelta(days=20) if due_on and due_on.year > 1 and dice.random() < 0.3 else None,
        )
        leads = names[: dice.choice((1, 1, 2))]
        parts = [(RoleKind.LEAD, pk) for pk in leads] + [(RoleKind.COORDINATOR, pk) for pk in names[2:]]
        # Sometimes an agency has another part in the task, through a body of its own.
        parts += [(RoleKind.COORDINATOR, names[0])] if dice.random() < 0.3 else []
        known = Known(task, program, parts)
        self._measure(known)
        self._live(known)
        self.tasks.append(known)

    def _due(self, program: Program) -> date | None:
        chance = self.dice.random()
        if chance < 0.12:
            return None
        if chance < 0.2:
            return self.dice.choice((*FAR, date(program.year, 12, 31)))
        return date(program.year, 1, 1) + timedelta(days=self.dice.randrange(500))

    def _measure(self, known: Known) -> None:
        if self.dice.random() < 0.5:
            known.target = self.dice.randrange(1, 20)
            known.task.last_value = self.dice.choice((None, known.target - 1, known.target, known.target + 1))

    def _live(self, known: Known) -> None:
        """Walk it from state to state up to today, sometimes back, with its deadline moved on the way."""
        on = date(known.program.year, 1, 1) + timedelta(days=self.dice.randrange(60))
        self._step(known, on)
        while self.dice.random() < 0.75:
            on += timedelta(days=self.dice.randrange(90))
            if on > TODAY:
                break
            if self.dice.random() < 0.2 and known.task.due_on not in (None, *FAR):
                known.moves.append((on, known.task.due_on))
                known.task.due_on += timedelta(days=self.dice.randrange(1, 200))
            self._step(known, on)

    def _step(self, known: Known, on: date) -> None:
        task, following = known.task, _FOLLOWING.get(known.task.state if known.history else "")
        if not following:
            return
        state = self.dice.choice(following)
        at = clock.at(on, *self.dice.choice(((0, 0), (9, 0), (23, 30))))
        known.history.append((max(at, known.history[-1][0]) if known.history else at, state))
        task.state = state
        if state == TaskState.AWAITING:
            task.completed_on, task.confirmed_on = on, None
            known.claims.append(on)
        elif state == TaskState.COMPLETED:
            task.confirmed_on = on
        else:
            task.completed_on = task.confirmed_on = None

    def _save(self) -> None:
        """Everything that was drawn, table by table."""
        Task.objects.bulk_create([known.task for known in self.tasks])
        for model, rows_of in (
            (TaskRole, _roles),
            (Target, _targets),
            (TaskStateChange, _steps),
            (DueDateChange, _moves),
        ):
            model.objects.bulk_create([row for known in self.tasks for row in rows_of(known, self.clerk)])

    def seen_by(self, scope: Scope) -> list[Known]:
        """What the actor may see and the scope holds, decided from what was drawn alone."""
        mine = scope.actor.agency_id
        if scope.actor.role == Role.UNIT_ADMIN:
            return []
        return [
            known
            for known in self.tasks
            if mine in known.agencies or (mine in self.parties[known.program.pk] and not scope.own_only)
        ]

    def actors(self) -> Iterator[tuple[Membership, Scope]]:
        """A party to much, one across the border, an official, an agency that only coordinates, an administrator."""
        for district, code, role in (
            (self.here, "ubnd", Role.LEADER),
            (self.there, "mttq", Role.SECRETARY),
            (self.here, "hnd", Role.OFFICIAL),
            (self.there, AGENCIES[-1], Role.LEADER),
            (self.here, "btg", Role.UNIT_ADMIN),
        ):
            actor = make_member(district.agencies[code], role)
            yield actor, scope_for(actor)


def of_year(tasks: list[Known], year: int, day: date) -> list[Known]:
    """The tasks that are counted in a year on a day."""
    return [known for known in tasks if known.is_in(year, day) and known.bucket_on(day)]


def recount(tasks: list[Known], day: date) -> Counter:
    """How many lie in which bucket."""
    return Counter(known.bucket_on(day) for known in tasks)


def same(tally: Tally, tasks: list[Known], day: date) -> bool:
    """Whether a count is the recount, bucket by bucket."""
    return {bucket: count for bucket, count in tally.buckets.items() if count} == recount(tasks, day)


def due_in(tasks: list[Known], year: int, month: int, day: date) -> list[Known]:
    """Those with their deadline in one month."""
    days = [(known, known.deadline_on(day)) for known in tasks]
    return [known for known, deadline in days if deadline and (deadline.year, deadline.month) == (year, month)]


def _roles(known: Known, _by: Membership) -> Iterator[TaskRole]:
    counted, had = Counter(), set()
    for kind, agency_id in known.parts:
        counted[kind] += 1
        body = "Phòng Tổng hợp" if agency_id in had else ""
        had.add(agency_id)
        yield TaskRole(task=known.task, kind=kind, position=counted[kind], agency_id=agency_id, body=body)


def _targets(known: Known, _by: Membership) -> Iterator[Target]:
    if known.target is not None:
        yield Target(task=known.task, value=known.target, unit="hộ")


def _steps(known: Known, by: Membership) -> Iterator[TaskStateChange]:
    before = ""
    for at, state in known.history:
        yield TaskStateChange(
            task=known.task, from_state=before, to_state=state, at=at, by=by, reason="Theo quyết định"
        )
        before = state


def _moves(known: Known, by: Membership) -> Iterator[DueDateChange]:
    for place, (on, old) in enumerate(known.moves):
        new = known.moves[place + 1][1] if place + 1 < len(known.moves) else known.task.due_on
        yield DueDateChange(task=known.task, old_due_on=old, new_due_on=new, reason="Mưa lũ", at=clock.at(on, 8), by=by)
