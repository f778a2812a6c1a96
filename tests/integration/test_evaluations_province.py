"""A province's year: sixty programs, three thousand tasks, five hundred findings, in as many queries as one program."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coordination.evaluations import services as evaluations
from coordination.evaluations.enums import EvaluationKind
from coordination.evaluations.models import Evaluation, EvaluationRound
from coordination.evaluations.queries import round_page, with_what_pages_need
from coordination.findings.enums import FindingKind
from coordination.findings.models import Finding
from coordination.programs.models import Program, ProgramParty
from coordination.tasks.enums import RoleKind
from coordination.tasks.models import Task, TaskRole
from tests.factories.evaluations import keeper_of, make_round
from tests.factories.people import make_unit
from tests.factories.programs import make_area, make_parties, make_program

pytestmark = pytest.mark.django_db
YEAR, PROGRAMS, TASKS, FINDINGS = 2022, 60, 3000, 500
MOST_QUERIES = 12


@pytest.fixture(scope="module")
def province(ground) -> int:
    """The key of a round over sixty programs between twelve agencies, every one of them graded.

    The first program is signed by the services; the others are copied from it, as are the tasks, for time's sake.
    """
    unit = make_unit()
    agencies = make_parties(unit, 12)
    first = make_program("signed", agencies=agencies[:6])
    programs = [first, *_programs_like(first, agencies)]
    round = make_round(programs=[first])
    round.programs.set(programs)
    _tasks(programs, make_area(unit))
    given = {"round": round, "kind": EvaluationKind.CROSS, "score": 88, "submitted_on": date(YEAR, 3, 1)}
    pairs = [(one, by) for one in agencies for by in agencies if one != by]
    Evaluation.objects.bulk_create(Evaluation(agency=one, by_agency=by, **given) for one, by in pairs)
    Finding.objects.bulk_create(
        Finding(round=round, program=programs[place % PROGRAMS], position=place, kind=FindingKind.STRENGTH, text="Tốt")
        for place in range(1, FINDINGS + 1)
    )
    return round.pk


def _programs_like(first: Program, agencies: list) -> list[Program]:
    made = []
    for number in range(2, PROGRAMS + 1):
        code = f"{first.code[:-2]}{number:02}"
        made.append(_copy(Program.objects.get(pk=first.pk), code=code, ordinal=number))
    ProgramParty.objects.bulk_create(
        _unsaved(party, program_id=program.pk, agency=agencies[(place + shift) % len(agencies)])
        for shift, program in enumerate(made)
        for place, party in enumerate(first.parties.order_by("letterhead_order"))
    )
    return made


def _tasks(programs: list[Program], area) -> None:
    due = date(YEAR, 1, 10)
    tasks = Task.objects.bulk_create(
        Task(
            program=programs[place % PROGRAMS],
            area=area,
            ordinal=place // PROGRAMS + 1,
            code=f"{programs[place % PROGRAMS].code}.{place // PROGRAMS + 1:02}",
            title=f"Nhiệm vụ {place}",
            due_on=due + timedelta(days=place % 60),
        )
        for place in range(TASKS)
    )
    leads = {program.pk: program.parties.order_by("letterhead_order").first().agency_id for program in programs}
    TaskRole.objects.bulk_create(
        TaskRole(task=task, agency_id=leads[task.program_id], kind=RoleKind.LEAD, position=1) for task in tasks
    )


def _copy(program: Program, **changes) -> Program:
    _unsaved(program, **changes).save(force_insert=True)
    return program


def _unsaved(row, **changes):
    row.pk, row._state.adding = None, True
    for name, value in changes.items():
        setattr(row, name, value)
    return row


def _page(pk: int):
    round = with_what_pages_need(EvaluationRound.objects).get(pk=pk)
    actor = keeper_of(round.programs.all()[0])
    actor.agency_ids()
    with CaptureQueriesContext(connection) as taken:
        fetched = with_what_pages_need(EvaluationRound.objects.visible_to(actor)).get(pk=pk)
        page = round_page(actor, fetched)
    return page, len(taken)


def test_the_consolidated_view_takes_at_most_twelve_queries(province):
    page, queries = _page(province)
    assert queries <= MOST_QUERIES
    assert (len(page.programs), len(page.results), len(page.matrices)) == (PROGRAMS, 12, 1)
    assert sum(result.counts.overdue + result.counts.in_time for result in page.results) == TASKS


def test_the_page_takes_no_more_beyond_its_frame(province, sign_in):
    """The frame with session and rights is what the list of schemes takes, which reads one table."""
    round = EvaluationRound.objects.get(pk=province)
    client = sign_in(keeper_of(round.programs.first()))
    taken = {}
    for name, args in (("scheme-list", ()), ("evaluation-detail", (round.key,))):
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(reverse(f"coordination:{name}", args=args))
        taken[name] = len(queries)
    assert len(answer.context["page"].programs) == PROGRAMS
    assert taken["evaluation-detail"] - (taken["scheme-list"] - 1) <= MOST_QUERIES


def test_one_closed_takes_no_more(province):
    round = EvaluationRound.objects.get(pk=province)
    evaluations.close_round(round, actor=keeper_of(round.programs.first()), narrative="Chốt khi còn thiếu phiếu.")
    page, queries = _page(province)
    assert queries <= MOST_QUERIES
    assert page.frozen.is_intact
    assert sum(len(tasks) for tasks in round.snapshots.get().content["tasks"].values()) == TASKS
    assert len(page.results) == 12
