"""A province's year of findings: five hundred are read, counted and offered in as few queries as three are."""

from datetime import date

import pytest
from django.urls import reverse

from coordination.carryover.queries import offer_of
from coordination.evaluations import services as evaluations
from coordination.evaluations.models import EvaluationRound
from coordination.findings.enums import CauseKind, FindingKind, Remedy
from coordination.findings.models import Finding
from coordination.findings.queries import findings_by_kind, rounds_waiting
from coordination.programs.models import Program
from tests.factories.evaluations import keeper_of, make_round
from tests.factories.findings import make_limitation, next_program
from tests.factories.tasks import make_task

pytestmark = pytest.mark.django_db
FINDINGS, LIMITATIONS, PAGE = 500, 100, 20


@pytest.fixture(scope="module")
def written(signed_once) -> int:
    """A round with five hundred findings: one in five a limitation, half of these found before, some given a task.

    Why in one go and not by the services: what is measured here is reading.
    """
    program = Program.objects.get(pk=signed_once)
    year = make_round(programs=[program], cut_off_on=date(2022, 3, 28))
    half = evaluations.open_round(
        program.unit, actor=keeper_of(program), year=2022, period="half", part=1, programs=[program],
        scheme=year.scheme, cut_off_on=date(2022, 3, 20),
    )  # fmt: skip
    earlier, task = make_limitation(half), make_task(next_program(program))
    kinds = [FindingKind.STRENGTH, FindingKind.LIMITATION, FindingKind.CAUSE, FindingKind.LESSON]
    kinds.append(FindingKind.RECOMMENDATION)
    Finding.objects.bulk_create(
        Finding(
            round=year,
            position=place + 1,
            kind=kind,
            text=f"Nhận định {place + 1}",
            program=program if place % 2 else None,
            cause_kind=CauseKind.OBJECTIVE if kind == FindingKind.CAUSE else "",
            addressee=program.drafting_agency if kind == FindingKind.RECOMMENDATION else None,
            repeats=earlier if kind == FindingKind.LIMITATION and place % 2 else None,
            remedied_by=task if kind == FindingKind.LIMITATION and place % 50 == 1 else None,
        )
        for place in range(FINDINGS)
        for kind in [kinds[place % len(kinds)]]
    )
    return year.pk


@pytest.fixture
def round(written) -> EvaluationRound:
    return EvaluationRound.objects.get(pk=written)


@pytest.fixture
def secretary(round):
    return keeper_of(round.programs.get())


def test_five_hundred_findings_are_grouped_in_six_queries(round, secretary, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        groups = findings_by_kind(secretary, round)
        rows = [row for group in groups for row in group.findings]
        told = [(row.finding.text, row.remedy, row.years, row.task and row.task.code) for row in rows]
    assert len(told) == FINDINGS
    assert sum(remedy is not None for _text, remedy, _years, _task in told) == LIMITATIONS
    assert sum(remedy is Remedy.GIVEN for _text, remedy, _years, _task in told) == FINDINGS // 50


def test_their_page_and_the_register_stay_within_their_queries(
    round, secretary, sign_in, django_assert_max_num_queries
):
    """The pages as they are sent, with sign-in and frame; the same budgets as those of one finding and of three."""
    client = sign_in(secretary)
    with django_assert_max_num_queries(26):
        page = client.get(reverse("coordination:evaluation-findings", args=[round.key])).content.decode()
    assert page.count("Nhận định ") >= FINDINGS
    with django_assert_max_num_queries(24):
        listed = client.get(reverse("coordination:limitation-list")).context["listed"]
    assert (listed.views[0].count, len(listed.rows)) == (LIMITATIONS + 1, PAGE)


def test_what_waits_of_them_is_counted_in_two_queries_and_offered_in_sixteen(
    round, secretary, django_assert_max_num_queries
):
    waiting = LIMITATIONS - FINDINGS // 50
    secretary.agency_ids()  # known of whoever is signed in
    with django_assert_max_num_queries(2):
        told = {one.round: one.waiting for one in rounds_waiting(secretary, date(2022, 3, 28), most=5)}
    assert told[round] == waiting
    with django_assert_max_num_queries(16):
        assert len(offer_of(round.programs.get(), secretary).limitations) == waiting
