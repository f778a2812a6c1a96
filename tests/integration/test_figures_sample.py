"""The figures of the sample year, whose results officials quoted: 46 tasks, 36 on time, 7 late, 3 not completed."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

import pytest

from agencies.access.enums import Role
from agencies.models import AdminUnit, Membership
from coordination.figures.queries import (
    Scope,
    by_agency,
    by_area,
    by_month_and_agency,
    by_program,
    cumulative_by_month,
    tallies_by_year,
    unfinished_tasks,
    year_figures,
)
from coordination.programs.models import Area, Program, ProgramParty
from coordination.tasks.enums import RoleKind, Standing, TaskState
from coordination.tasks.models import Task, TaskRole
from tests.factories.people import make_agency, make_member, make_unit

AGENCIES = ("hdnd", "ubnd", "btg", "mttq", "ldld", "hnd", "pn", "ccb", "dtn")
AREAS = ("tt", "ntm", "dich", "gpmb", "gn", "antt", "gs", "nam")
# Program, lead, coordinating agencies, area, month of the deadline, days late: "." on time, "x" not completed.
SAMPLE_2021 = """
1 btg ubnd tt 1 .|1 btg ubnd dich 2 .|1 btg ubnd tt 3 .|1 btg ubnd tt 5 .|1 btg ubnd tt 6 .|1 btg ubnd tt 8 5
1 btg ubnd nam 9 .|1 btg ubnd tt 10 .|1 btg ubnd tt 12 .|1 ubnd btg dich 2 .|1 ubnd btg tt 3 .|1 ubnd btg dich 4 .
1 ubnd btg gpmb 5 6|1 ubnd btg dich 6 .|1 ubnd btg antt 7 7|1 ubnd btg dich 8 .|1 ubnd btg tt 9 .|1 ubnd btg ntm 12 .
2 ubnd mttq,hnd,pn,dtn ntm 6 .|2 ubnd mttq,hnd,ccb,hdnd gpmb 10 24|2 ubnd mttq,hnd,ccb,pn,dtn gpmb 11 x
2 hdnd ubnd,mttq gs 3 .|2 hdnd ubnd,mttq nam 6 .|2 hdnd ubnd,mttq gpmb 9 .|2 hdnd ubnd,mttq,ldld gs 12 .
2 mttq ubnd,hnd,pn,ccb,dtn,ldld gn 3 .|2 mttq ubnd,hnd,pn,dtn,ldld dich 5 .|2 mttq ubnd,hnd,pn gn 6 .
2 mttq hdnd,ubnd gs 9 9|2 mttq ubnd,hnd,pn,ccb,dtn,ldld ntm 11 .|2 mttq ubnd,hnd,pn,ldld gn 12 .
2 ldld ubnd,mttq dich 5 .|2 ldld mttq,dtn tt 12 .|2 hnd ubnd,mttq,pn ntm 4 .|2 hnd ubnd,mttq gpmb 6 .
2 hnd ubnd,mttq,pn,ccb ntm 9 .|2 hnd ubnd,mttq ntm 12 x|2 pn ubnd,mttq,hnd ntm 3 .|2 pn mttq,ldld gn 6 .
2 pn ubnd,mttq,hnd gn 10 10|2 pn ubnd,mttq,ccb antt 12 .|2 ccb ubnd,mttq,dtn antt 7 .|2 ccb hdnd,ubnd,mttq nam 12 x
2 dtn ubnd,mttq,ccb,ldld antt 3 .|2 dtn ubnd,mttq,hnd ntm 7 16|2 dtn ubnd,mttq,ccb gpmb 11 .
"""
# Program, how many tasks stand so on the day of the conference.
SAMPLE_2022 = {
    1: Counter(done=3, in_progress=7, awaiting=1, overdue=1, not_started=6),
    2: Counter(done=4, in_progress=14, awaiting=2, overdue=2, not_started=8),
}


class District:
    """The agencies, areas and programs the sample years are made of."""

    def __init__(self, unit: AdminUnit):
        self.unit = unit
        self.agencies = {
            code: make_agency(unit, code, protocol_order=10 * place) for place, code in enumerate(AGENCIES, start=1)
        }
        self.areas = {
            code: Area.objects.create(unit=unit, code=code, name=f"Lĩnh vực {code}", position=place)
            for place, code in enumerate(AREAS, start=1)
        }
        # The leader of the committee that is party to every program.
        self.leader = make_member(self.agencies["ubnd"], Role.LEADER)

    def program(self, year: int, ordinal: int, parties: Iterable[str], **facts) -> Program:
        """A program in force for a year, or for the period given."""
        program = Program.objects.create(
            **{
                "unit": self.unit,
                "code": f"{self.unit.code}-{year}-{ordinal:02}",
                "year": year,
                "ordinal": ordinal,
                "title": f"Chương trình {ordinal} năm {year}",
                "short_title": f"Chương trình {ordinal}",
                "period_start": date(year, 1, 1),
                "period_end": date(year, 12, 31),
                "state": "in_force",
                "agreed_on": date(year, 1, 2),
                "signed_on": date(year, 1, 3),
                "drafting_agency": self.agencies["ubnd"],
                **facts,
            }
        )
        for place, code in enumerate(parties, start=1):
            ProgramParty.objects.create(
                program=program, agency=self.agencies[code], letterhead_order=place, signing_order=place
            )
        return program

    def task(self, program: Program, leads: str, coordinators: str = "", area: str = "tt", **facts) -> Task:
        """One task; `leads` and `coordinators` are codes joined by commas."""
        ordinal = program.tasks.count() + 1
        if "due_on" not in facts:
            facts["due_on"] = date(program.year, 6, 20)
        if facts.get("state") == TaskState.COMPLETED:
            facts.setdefault("completed_on", facts["due_on"])
            facts["confirmed_on"] = facts["completed_on"]
        task = Task.objects.create(
            program=program,
            area=self.areas[area],
            ordinal=ordinal,
            code=f"{program.code}.{ordinal:02}",
            title=f"Nhiệm vụ {ordinal}",
            **facts,
        )
        for kind, codes in ((RoleKind.LEAD, leads), (RoleKind.COORDINATOR, coordinators)):
            for place, code in enumerate(filter(None, codes.split(",")), start=1):
                TaskRole.objects.create(task=task, kind=kind, position=place, agency=self.agencies[code])
        return task


def sample_2021(district: District) -> list[Program]:
    programs = [
        district.program(2021, 1, ("ubnd", "btg")),
        district.program(2021, 2, [code for code in AGENCIES if code != "btg"]),
    ]
    for row in SAMPLE_2021.strip().replace("\n", "|").split("|"):
        number, lead, coordinators, area, month, outcome = row.split()
        due_on = date(2021, int(month), 20)
        facts = {"due_on": due_on, "state": TaskState.NOT_COMPLETED}
        if outcome != "x":
            days_late = 0 if outcome == "." else int(outcome)
            facts |= {"state": TaskState.COMPLETED, "completed_on": due_on + timedelta(days_late)}
        district.task(programs[int(number) - 1], lead, coordinators, area, **facts)
    return programs


def sample_2022(district: District, today: date) -> list[Program]:
    facts = {
        "done": {"state": TaskState.COMPLETED, "due_on": date(2022, 3, 15)},
        "in_progress": {"state": TaskState.IN_PROGRESS, "due_on": date(2022, 6, 30)},
        "awaiting": {"state": TaskState.AWAITING, "due_on": date(2022, 3, 31), "completed_on": today},
        "overdue": {"state": TaskState.IN_PROGRESS, "due_on": date(2022, 3, 20)},
        "not_started": {"state": TaskState.NOT_STARTED, "due_on": date(2022, 10, 31)},
    }
    programs = [district.program(2022, 1, ("ubnd", "btg")), district.program(2022, 2, ("ubnd", "mttq", "hnd"))]
    for number, counted in SAMPLE_2022.items():
        for kind in counted.elements():
            district.task(programs[number - 1], "ubnd", "btg" if number == 1 else "mttq", **facts[kind])
    return programs


@pytest.fixture
def district(db) -> District:
    return District(make_unit("DH"))


@pytest.fixture
def leader(district: District) -> Membership:
    return district.leader


def test_2021_is_what_officials_quoted(district, leader, today):
    sample_2021(district)
    year = year_figures(Scope(leader), 2021, as_of=today)
    assert (year.total, year.on_time, year.late, year.overdue, year.in_time) == (46, 36, 7, 3, 0)
    assert (year.due, year.done) == (46, 43)
    assert round(year.done_rate, 1) == Decimal("93.5")
    assert round(year.on_time_rate, 1) == Decimal("78.3")
    assert (year.mean_late_days, year.most_late_days) == (11, 24)
    assert year.standing(Standing.NOT_COMPLETED) == 3


def test_2021_by_area_by_program_and_by_lead(district, leader, today):
    sample_2021(district)
    scope = Scope(leader)
    areas = by_area(scope, 2021, as_of=today)
    assert [int(area.tally.total) for area in areas] == [10, 8, 7, 6, 5, 4, 3, 3]
    assert [area.code for area in areas] == list(AREAS)
    assert [int(program.tally.total) for program in by_program(scope, 2021, as_of=today)] == [18, 28]
    led = {row.agency.code: row.led for row in by_agency(scope, 2021, as_of=today)}
    assert [int(led[code].total) for code in AGENCIES] == [4, 12, 9, 6, 2, 4, 4, 2, 3]
    assert [int(led[code].on_time) for code in AGENCIES] == [4, 8, 8, 5, 2, 3, 3, 1, 2]


def test_2021_by_month_counts_coordinating_agencies_too(district, leader, today):
    sample_2021(district)
    rows = {row.agency.code: row for row in by_month_and_agency(Scope(leader), 2021, as_of=today)}
    assert list(rows) == list(AGENCIES)
    assert [(int(rows[code].year.on_time), int(rows[code].year.due)) for code in AGENCIES] == [
        (4, 7), (34, 44), (15, 18), (21, 28), (9, 9), (10, 15), (11, 13), (7, 10), (8, 10),
    ]  # fmt: skip
    assert sum(row.year.due for row in rows.values()) > 46
    november = rows["ubnd"].months[10]
    assert (november.tally.on_time, november.tally.due, november.tally.overdue, november.level) == (2, 3, 1, 2)


def test_2021_running_totals(district, leader, today):
    sample_2021(district)
    months = cumulative_by_month(Scope(leader), 2021, as_of=today)
    assert [month.due for month in months] == [1, 3, 9, 11, 15, 22, 25, 27, 32, 35, 38, 46]
    assert months[-1].done == 43
    assert all(month.done <= month.due for month in months)


def test_2022_on_the_day_of_the_conference(district, leader, today):
    sample_2022(district, today)
    year = year_figures(Scope(leader), 2022, as_of=today)
    assert year.total == 48
    stood = {
        Standing.COMPLETED: 7,
        Standing.IN_PROGRESS: 21,
        Standing.AWAITING: 3,
        Standing.OVERDUE: 3,
        Standing.NOT_STARTED: 14,
    }
    assert year.standings == stood
    assert (year.done, year.overdue, year.in_time, year.due) == (7, 3, 38, 10)
    months = cumulative_by_month(Scope(leader), 2022, as_of=today)
    assert [month.done for month in months[:4]] == [0, 0, 7, None]


def test_years_side_by_side(district, leader, today):
    sample_2021(district)
    sample_2022(district, today)
    years = tallies_by_year(Scope(leader), as_of=today)
    assert {year: (int(tally.done), int(tally.total)) for year, tally in years.items()} == {
        2021: (43, 46),
        2022: (7, 48),
    }


def test_unfinished_tasks_come_longest_late_first(district, leader, today):
    sample_2021(district)
    late = unfinished_tasks(Scope(leader), 2021, as_of=today)
    assert [task.deadline for task in late] == [date(2021, 11, 20), date(2021, 12, 20), date(2021, 12, 20)]
    assert late[0].days_late == (today - date(2021, 11, 20)).days
    assert {task.standing for task in late} == {Standing.NOT_COMPLETED}
