"""Random programs, tasks, parts and histories: every figure equals a recount in plain Python and the list behind it.

The seed is printed; `FIGURES_SEED` repeats a draw.
"""

import os
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import pytest
from django.http import QueryDict

from agencies.access.enums import Role
from agencies.models import Membership
from coordination.figures.queries import Number, Scope, Tally, by_unit, figures_of, scope_for, tallies_by_year
from coordination.figures.shapes import Figures
from coordination.lists.forms import filters_from
from coordination.lists.queries import found_by
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
OPEN = (TaskState.NOT_STARTED, TaskState.IN_PROGRESS)


@dataclass
class Known:
    """A task as it was drawn: what is so now and what happened on the way, told in plain values."""

    task: Task
    program: Program
    leads: list[str]
    others: list[str]
    target: int | None
    history: list[tuple[date, str]] = field(default_factory=list)
    moves: list[tuple[date, date | None]] = field(default_factory=list)
    claims: list[date] = field(default_factory=list)

    def state_on(self, day: date) -> str:
        """The state of the last step up to a day; empty before the first."""
        return next((state for on, state in reversed(self.history) if on <= day), "")

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
        for district in (self.here, self.there):
            for ordinal in range(1, 5):
                self._program(district, ordinal)

    def _program(self, district: District, ordinal: int) -> None:
        dice, year = self.dice, self.dice.choice(YEARS)
        parties = dice.sample([code for code in district.agencies if code != "guest"], 3)
        parties += ["guest"] if district is self.there and dice.random() < 0.5 else []
        last = date(year + dice.choice((0, 0, 1)), 12, 31)
        drafting = district.agencies[parties[0]]
        program = district.program(year, ordinal, parties, period_end=last, drafting_agency=drafting)
        for _turn in range(dice.randrange(4, 9)):
            self._task(district, program)

    def _task(self, district: District, program: Program) -> None:
        dice = self.dice
        names = dice.sample(list(district.agencies), dice.randrange(1, 5))
        leads, others = names[: dice.choice((1, 1, 2))], names[2:]
        due_on = self._due(program)
        kind = ScheduleKind.ONGOING if due_on is None else ScheduleKind.RANGE
        task = district.task(
            program,
            ",".join(leads),
            ",".join(others),
            dice.choice(("tt", "gn", "gs")),
            due_on=due_on,
            schedule_kind=kind,
            legal_due_on=date(2022, dice.randrange(1, 13), 5) if dice.random() < 0.1 else None,
            start_on=due_on - timedelta(days=20) if due_on and due_on.year > 1 and dice.random() < 0.3 else None,
        )
        self._second_part(district, task, names)
        known = Known(task, program, leads, others, self._target(task))
        self._live(known)
        self.tasks.append(known)

    def _due(self, program: Program) -> date | None:
        chance = self.dice.random()
        if chance < 0.12:
            return None
        if chance < 0.2:
            return self.dice.choice((*FAR, date(program.year, 12, 31)))
        return date(program.year, 1, 1) + timedelta(days=self.dice.randrange(500))

    def _second_part(self, district: District, task: Task, names: list[str]) -> None:
        """Sometimes an agency has another part in the task, through a body of its own."""
        if self.dice.random() < 0.3:
            facts = {"kind": RoleKind.COORDINATOR, "position": 9, "body": "Phòng Tổng hợp"}
            TaskRole.objects.create(task=task, agency=district.agencies[names[0]], **facts)

    def _target(self, task: Task) -> int | None:
        if self.dice.random() < 0.5:
            return None
        value = self.dice.randrange(1, 20)
        Target.objects.create(task=task, value=value, unit="hộ")
        task.last_value = self.dice.choice((None, value - 1, value, value + 1))
        return value

    def _live(self, known: Known) -> None:
        """Walk it from state to state up to today, sometimes back, with its deadline moved on the way."""
        on = date(known.program.year, 1, 1) + timedelta(days=self.dice.randrange(60))
        self._step(known, TaskState.NOT_STARTED, on)
        while self.dice.random() < 0.75:
            on += timedelta(days=self.dice.randrange(90))
            if on > TODAY:
                break
            if self.dice.random() < 0.2:
                self._move_deadline(known, on)
            if following := _FOLLOWING[known.task.state]:
                self._step(known, self.dice.choice(following), on)
        known.task.save()

    def _step(self, known: Known, state: TaskState, on: date) -> None:
        hour, minute = self.dice.choice(((0, 0), (9, 0), (23, 30)))
        task, before = known.task, known.history[-1][1] if known.history else ""
        reason = {"reason": "Theo quyết định"}
        at = self._after_last(known, clock.at(on, hour, minute))
        TaskStateChange.objects.create(task=task, from_state=before, to_state=state, at=at, by=self.clerk, **reason)
        known.history.append((on, state))
        task.state = state
        if state == TaskState.AWAITING:
            task.completed_on, task.confirmed_on = on, None
            known.claims.append(on)
        elif state == TaskState.COMPLETED:
            task.confirmed_on = on
        else:
            task.completed_on = task.confirmed_on = None

    def _after_last(self, known: Known, at: datetime) -> datetime:
        last = known.task.state_changes.order_by("-at").values_list("at", flat=True).first()
        return max(at, last) if last else at

    def _move_deadline(self, known: Known, on: date) -> None:
        old = known.task.due_on
        if old is None or old in FAR:
            return
        known.task.due_on = old + timedelta(days=self.dice.randrange(1, 200))
        known.moves.append((on, old))
        DueDateChange.objects.create(
            task=known.task,
            old_due_on=old,
            new_due_on=known.task.due_on,
            reason="Mưa lũ",
            at=clock.at(on, 8),
            by=self.clerk,
        )


_FOLLOWING = {
    TaskState.NOT_STARTED: [TaskState.IN_PROGRESS, TaskState.AWAITING, TaskState.NOT_COMPLETED, TaskState.CANCELLED],
    TaskState.IN_PROGRESS: [TaskState.AWAITING, TaskState.AWAITING, TaskState.NOT_COMPLETED, TaskState.SUSPENDED],
    TaskState.AWAITING: [TaskState.COMPLETED, TaskState.COMPLETED, TaskState.IN_PROGRESS],
    TaskState.SUSPENDED: [TaskState.IN_PROGRESS, TaskState.CANCELLED],
    TaskState.COMPLETED: [],
    TaskState.NOT_COMPLETED: [],
    TaskState.CANCELLED: [],
}


@pytest.fixture
def world(db) -> World:
    sys.stdout.write(f"FIGURES_SEED={SEED}\n")
    return World(SEED)


def actors(world: World) -> Iterator[tuple[Membership, Scope]]:
    """A party to much, one across the border, an official, an agency that only coordinates, an administrator."""
    for district, code, role in (
        (world.here, "ubnd", Role.LEADER),
        (world.there, "mttq", Role.SECRETARY),
        (world.here, "hnd", Role.OFFICIAL),
        (world.there, AGENCIES[-1], Role.LEADER),
        (world.here, "btg", Role.UNIT_ADMIN),
    ):
        actor = make_member(district.agencies[code], role)
        yield actor, scope_for(actor)


def seen_by(world: World, scope: Scope) -> list[Known]:
    """What the actor may see and the scope holds, decided from rows and words alone."""
    actor, mine = scope.actor, scope.actor.agency_id
    if actor.role == Role.UNIT_ADMIN:
        return []
    parties = {known.program.pk: set() for known in world.tasks}
    for known in world.tasks:
        parties[known.program.pk] = {party.agency_id for party in known.program.parties.all()}
    with_parts = {known.task.pk: {role.agency_id for role in known.task.roles.all()} for known in world.tasks}
    return [
        known
        for known in world.tasks
        if (mine in parties[known.program.pk] or mine in with_parts[known.task.pk])
        and (not scope.own_only or mine in with_parts[known.task.pk])
    ]


def of_year(tasks: list[Known], year: int, day: date) -> list[Known]:
    return [known for known in tasks if known.is_in(year, day) and known.bucket_on(day)]


def recount(tasks: list[Known], day: date) -> Counter:
    return Counter(known.bucket_on(day) for known in tasks)


def same(tally: Tally, tasks: list[Known], day: date) -> bool:
    return {bucket: count for bucket, count in tally.buckets.items() if count} == recount(tasks, day)


def test_every_figure_equals_a_recount(world):
    for _actor, scope in actors(world):
        seen = seen_by(world, scope)
        for day in DAYS:
            years = tallies_by_year(scope, as_of=day)
            for year in YEARS:
                tasks = of_year(seen, year, day)
                _compare(figures_of(scope, year, as_of=day), tasks, year, day, scope)
                assert (
                    same(years[year], tasks, day)
                    if tasks
                    else year not in years or not sum(years[year].buckets.values())
                )
                units = {unit.pk: unit for unit in by_unit(scope, year, as_of=day)}
                assert set(units) == {known.program.unit_id for known in tasks}
                for pk, unit in units.items():
                    own = [known for known in tasks if known.program.unit_id == pk]
                    assert same(unit.tally, own, day)
                    assert unit.programs == len({known.program.pk for known in own})


def _compare(figures: Figures, tasks: list[Known], year: int, day: date, scope: Scope) -> None:
    assert same(figures.year, tasks, day)
    assert Counter(dict(figures.year.standings)).total() == len(tasks)
    measured = [known for known in tasks if known.target is not None]
    assert figures.year.measured == len(measured)
    assert figures.year.reached == sum((known.task.last_value or 0) >= known.target for known in measured)
    late = [
        (known.completed_on(day) - known.deadline_on(day)).days
        for known in tasks
        if known.bucket_on(day) == Bucket.DONE_LATE
    ]
    assert figures.year.most_late_days == max(late, default=0)
    assert (figures.year.mean_late_days or 0) * len(late) == pytest.approx(sum(late))
    _grouped(figures.areas, lambda known: known.task.area_id, tasks, day)
    _grouped(figures.programs, lambda known: known.program.pk, tasks, day)
    for row in figures.agencies:
        roles = {known.task.pk: list(known.task.roles.all()) for known in tasks}
        first = [known for known in tasks if _leads(roles[known.task.pk])[:1] == [row.agency.pk]]
        involved = [known for known in tasks if row.agency.pk in {role.agency_id for role in roles[known.task.pk]}]
        assert same(row.led, first, day) and same(row.involved, involved, day)
        months = next(line for line in figures.months_by_agency if line.agency == row.agency)
        for cell in months.months:
            assert same(cell.tally, _due_in(involved, year, cell.month, day), day)
    for cell in figures.months.months:
        assert same(cell.tally, _due_in(tasks, year, cell.month, day), day)
    in_year = [known for known in tasks if known.deadline_on(day) and known.deadline_on(day).year == year]
    for month in figures.cumulative:
        assert month.due == sum(known.deadline_on(day).month <= month.month for known in in_year)
        if month.done is not None:
            end = (year, month.month)
            assert month.done == sum(
                known.state_on(day) == TaskState.COMPLETED
                and (known.completed_on(day).year, known.completed_on(day).month) <= end
                for known in in_year
            )


def _grouped(rows, key: Callable[[Known], int], tasks: list[Known], day: date) -> None:
    assert {row.pk for row in rows} == {key(known) for known in tasks}
    for row in rows:
        assert same(row.tally, [known for known in tasks if key(known) == row.pk], day)


def _leads(roles: list[TaskRole]) -> list[int]:
    return [role.agency_id for role in sorted(roles, key=lambda role: role.position) if role.kind == RoleKind.LEAD]


def _due_in(tasks: list[Known], year: int, month: int, day: date) -> list[Known]:
    return [
        known
        for known in tasks
        if (deadline := known.deadline_on(day)) and (deadline.year, deadline.month) == (year, month)
    ]


def numbers_of(figures: Figures) -> Iterator[Number]:
    """Every number of a page that leads to a list, each address once."""
    tallies = [figures.year, *(row.tally for row in (*figures.areas, *figures.programs))]
    tallies += [tally for row in figures.agencies for tally in (row.led, row.involved)]
    rows = (figures.months, *figures.months_by_agency)
    tallies += [cell.tally for row in rows for cell in row.months if cell.tally.total]
    tallies += [row.year for row in rows]
    for tally in tallies:
        yield from (tally.total, tally.on_time, tally.late, tally.in_time, tally.overdue, tally.ongoing)
    yield from (figures.year.standing(standing) for standing in figures.year.standings)


def test_every_number_opens_a_list_of_just_as_many(world):
    for actor, scope in actors(world):
        for day in DAYS[:2]:
            numbers = {number.query: number for number in numbers_of(figures_of(scope, 2022, as_of=day))}
            for query in world.dice.sample(sorted(filter(None, numbers)), min(25, len(numbers) - 1)):
                filters, form = filters_from(QueryDict(query[1:]), year=2022)
                assert not form.errors
                assert found_by(actor, filters, today=TODAY).count() == numbers[query], query
