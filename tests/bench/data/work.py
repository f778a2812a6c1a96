"""Programs and tasks of every place and year, with roles, targets, reports, evidence, and what they passed through."""

from datetime import date, timedelta
from functools import lru_cache
from random import Random

from coordination.programs.models import Program, ProgramParty, ProgramStateChange
from coordination.tasks.enums import RoleKind
from coordination.tasks.models import (
    DueDateChange,
    Evidence,
    PartReport,
    ProgressReport,
    Target,
    Task,
    TaskRole,
    TaskStateChange,
)
from records import clock, text
from records.files.enums import FileKind
from records.files.services import keep_bytes
from tests.bench.data.course import Course, Span, course
from tests.bench.data.places import PARTIES, Country, Place
from tests.bench.data.scales import DAY, LAST_YEAR, YEARS, Scale, by_program, by_year
from tests.bench.data.store import Table, moment
from tests.bench.data.wording import MATTERS, OBSTACLES, task_title

MODELS = (
    Program, ProgramParty, ProgramStateChange, Task, TaskRole, Target, TaskStateChange, DueDateChange, ProgressReport,
    PartReport, Evidence,
)  # fmt: skip
_FILES, _FILE_BYTES = 40, 24_000
_LIFE = ("draft", "consulting", "agreed", "signing", "in_force", "closed")
_WITH_EVIDENCE, _MOVED, _WITH_PARTS, _SEVERAL_YEARS, _UNSETTLED = 0.4, 0.05, 0.3, 0.05, 0.04


class Work:
    """Writes the work of places."""

    def __init__(self, scale: Scale, country: Country, random: Random):
        self.scale, self.country, self.random = scale, country, random
        self.programs = Table(
            Program, "id", "unit_id", "code", "year", "ordinal", "title", "short_title", "title_folded",
            "period_start", "period_end", "state", "drafting_agency_id", "document_number", "document_symbol",
            "drafted_on", "consulted_on", "comments_until", "agreed_on", "signed_on", "closed_on",
        )  # fmt: skip
        self.parties = Table(ProgramParty, "program_id", "agency_id", "letterhead_order", "signing_order", "is_lead")
        self.moves = Table(ProgramStateChange, "program_id", "from_state", "to_state", "on", "at", "by_id")
        self.tasks = Table(
            Task, "id", "program_id", "area_id", "ordinal", "code", "title", "title_folded", "title_sorted",
            "deliverable", "state", "schedule_kind", "schedule_number", "start_on", "due_on", "confirming_agency_id",
            "completed_on", "confirmed_on", "last_value", "last_percent", "last_reported_at",
        )  # fmt: skip
        self.roles = Table(TaskRole, "id", "task_id", "kind", "position", "agency_id")
        self.targets = Table(Target, "task_id", "value", "unit")
        self.changes = Table(TaskStateChange, "task_id", "from_state", "to_state", "at", "by_id", "reason")
        self.moved = Table(DueDateChange, "task_id", "old_due_on", "new_due_on", "reason", "at", "by_id")
        self.reports = Table(
            ProgressReport, "id", "task_id", "reported_on", "entered_at", "by_id", "value_before", "value", "percent",
            "claims_completion", "result", "obstacles",
        )  # fmt: skip
        self.parts = Table(PartReport, "role_id", "reported_on", "entered_at", "by_id", "result", "is_done")
        self.evidence = Table(Evidence, "report_id", "file_id", "caption")
        self.files = _files()
        self.written = 0

    def of(self, place: Place) -> None:
        """The programs of a place in every year."""
        for turn, count in enumerate(by_year(place.tasks)):
            for ordinal, tasks in enumerate(by_program(count), start=1):
                self._program(place, LAST_YEAR - YEARS + 1 + turn, ordinal, tasks)

    def flush(self) -> None:
        """Everything written."""
        for table in vars(self).values():
            if isinstance(table, Table):
                table.flush()

    def _program(self, place: Place, year: int, ordinal: int, tasks: int) -> None:
        random = self.random
        start, years = date(year, 1, 1), 3 if random.random() < _SEVERAL_YEARS else 1
        end = date(year + years - 1, 12, 31)
        is_settled = year < LAST_YEAR or random.random() >= _UNSETTLED or ordinal == 1
        span = Span(start, start + timedelta(days=random.randint(10, 40)), end, end < DAY, is_settled)
        state = "consulting" if not is_settled else "closed" if span.is_closed else "in_force"
        members = self._members(place)
        pk, code = self.programs.take_id(), f"{place.code}-{year}-{ordinal:02}"
        matter = MATTERS[(place.pk + year + ordinal) % len(MATTERS)]
        title, short = f"Chương trình phối hợp số {ordinal} về {matter} năm {year}", f"Phối hợp {matter}"
        symbol = "QCPH-UBND-MTTQ"
        folded = text.fold(f"{code} {title} {short} {ordinal:02}/{symbol}")
        agreed, signed = (span.signed - timedelta(days=8), span.signed) if is_settled else (None, None)
        self.programs.add(
            pk, place.pk, code, year, ordinal, title, short, folded, start, end, state, members[0][0],
            ordinal if is_settled else None, symbol if is_settled else "", start, start + timedelta(days=3),
            start + timedelta(days=20), agreed, signed, end if span.is_closed else None,
        )  # fmt: skip
        for turn, (agency, _official) in enumerate((*members, self._follower()), start=1):
            self.parties.add(pk, agency, turn, turn, turn == 1)
        self._life(pk, span, state, members[0][1])
        for number in range(1, tasks + 1):
            self._task(place, pk, code, number, span, members)

    def _members(self, place: Place) -> list[tuple[int, int]]:
        """Three to six parties with the official of each, the first one the lead of the program."""
        chosen = self.random.sample(range(PARTIES), self.random.randint(3, 6))
        return [(place.agencies[at], place.officials[at]) for at in chosen]

    def _follower(self) -> tuple[int, int]:
        return self.country.follower, self.country.follower_officials[-1]

    def _life(self, program: int, span: Span, state: str, by: int) -> None:
        days = (
            span.start, span.start + timedelta(days=3), span.signed - timedelta(days=8),
            span.signed - timedelta(days=4), span.signed, span.end,
        )  # fmt: skip
        before = ""
        for passed, day in zip(_LIFE, days, strict=True):
            self.moves.add(program, before, passed, day, moment(day, 8), by)
            if passed == state:
                return
            before = passed

    def _task(self, place: Place, program: int, program_code: str, number: int, span: Span, members) -> None:
        random, went = self.random, course(span, self.random)
        pk, self.written = self.tasks.take_id(), self.written + 1
        lead, helpers = self._roles(pk, place, members)
        code, title = f"{program_code}.{number:02}", task_title(self.written, place.name)
        folded, sorted_by = _found_by(title)
        goal = 10 + self.written % 90
        reported = self._reports(pk, went, lead[1], goal) if went.begun_on else None
        self.tasks.add(
            pk, program, place.areas[self.written % len(place.areas)], number, code, title,
            f"{code.lower()} {folded}", sorted_by, "Báo cáo kết quả, biên bản", went.state, went.kind, went.number,
            went.start_on, went.due_on, members[(number + 1) % len(members)][0], went.completed_on,
            went.confirmed_on, goal * went.percent // 100 if reported else None, went.percent if reported else 0,
            reported,
        )  # fmt: skip
        self.targets.add(pk, goal, "hộ")
        self._changes(pk, went, span, lead[1])
        if helpers and went.begun_on and random.random() < _WITH_PARTS:
            self._part(helpers[0], went)

    def _roles(self, task: int, place: Place, members) -> tuple[tuple[int, int], list[tuple[int, int]]]:
        """Who leads: the first parties more often than the last; who helps: other parties, agencies of the unit and,
        now and then, one of the unit above."""
        random = self.random
        at = min(int(random.expovariate(0.7)), len(members) - 1)
        lead = members[at]
        self.roles.add(self.roles.take_id(), task, RoleKind.LEAD.value, 1, lead[0])
        others = [one for one in members if one is not lead]
        helpers = random.sample(others, min(len(others), random.randint(1, 3)))
        if random.random() < 0.4:
            beside = random.randrange(PARTIES, len(place.agencies))
            helpers.append((place.agencies[beside], place.officials[beside]))
        if place.above and random.random() < 0.03:
            helpers.append((place.above.agencies[1], place.above.officials[1]))
        written = []
        for position, (agency, official) in enumerate(helpers, start=1):
            role = self.roles.take_id()
            self.roles.add(role, task, RoleKind.COORDINATOR.value, position, agency)
            written.append((role, official))
        return lead, written

    def _changes(self, task: int, went: Course, span: Span, by: int) -> None:
        begins = span.signed if span.is_settled else span.start
        self.changes.add(task, "", "not_started", moment(begins, 7), by, "")
        before = "not_started"
        for turn, (state, day) in enumerate(went.passed, start=8):
            reason = "Theo quyết định của các bên ký kết." if state in ("suspended", "cancelled") else ""
            self.changes.add(task, before, state, moment(day, min(turn + 2 * (turn > 8), 20)), by, reason)
            before = state
        if went.due_on and went.begun_on and self.random.random() < _MOVED:
            earlier = went.due_on - timedelta(days=self.random.randint(10, 45))
            at = moment(min(max(earlier, went.begun_on), went.last_day), 9)
            self.moved.add(task, earlier, went.due_on, "Chờ bố trí kinh phí.", at, by)

    def _reports(self, task: int, went: Course, by: int, goal: int) -> str | None:
        """Reports from the beginning to the last day; the moment of the last one."""
        span = (went.last_day - went.begun_on).days
        count = min(self.scale.reports, span + 1)
        before, at = 0, None
        for step in range(1, count + 1):
            day = went.begun_on + timedelta(days=span * step // count)
            percent = went.percent * step // count
            value, at = goal * percent // 100, moment(day, 15 if day < went.last_day else 9)
            report = self.reports.take_id()
            claims = step == count and went.completed_on is not None
            obstacle = OBSTACLES[(task + step) % len(OBSTACLES)]
            said = f"Đã vận động {value}/{goal} hộ, đang tiếp tục."
            self.reports.add(report, task, day, at, by, before, value, percent, claims, said, obstacle)
            before = value
        if count and self.random.random() < _WITH_EVIDENCE:
            self.evidence.add(report, self.files[task % len(self.files)], "Biên bản")
        return at

    def _part(self, helper: tuple[int, int], went: Course) -> None:
        role, official = helper
        day = went.begun_on + (went.last_day - went.begun_on) * self.random.random()
        self.parts.add(role, day, moment(day, 16), official, "Đã cử cán bộ tham gia theo phân công.", False)


@lru_cache(maxsize=200_000)
def _found_by(title: str) -> tuple[str, str]:
    return text.fold(title), text.sort_key(title)


def _files() -> list[int]:
    """Files of evidence that many reports share."""
    names = [f"bien ban {number}" for number in range(_FILES)]
    with clock.standing_at(moment(DAY, 8)):
        return [keep_bytes(name, FileKind.PDF, name.encode().ljust(_FILE_BYTES, b".")).pk for name in names]
