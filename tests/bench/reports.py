"""The report of a province's year: its first draft out of 60 programs, 3,000 tasks and 500 findings; its editor."""

from collections.abc import Iterator
from datetime import date

from django.db import transaction
from django.test import Client
from django.urls import reverse

from agencies.models import Membership
from coordination.conferences.models import Conference
from coordination.evaluations.models import EvaluationRound
from coordination.models import Finding, Program
from reports.composer import services as composer
from tests.bench.timing import Measured, measure
from tests.factories.conferences import make_conference
from tests.factories.evaluations import make_round
from tests.factories.workload import grow_last_year, make_workload

PROGRAMS, TASKS_EACH, FINDINGS = 60, 50, 500
DRAFT_MS, EDITOR_MS = 5_000, 400
_KINDS = ("strength", "limitation", "lesson", "recommendation")


def figures() -> Iterator[Measured]:
    """The draft with its frozen figures and annexes, written and taken back; a page of the editor."""
    with transaction.atomic():
        load = make_workload()
        programs = grow_last_year(load, programs=PROGRAMS, tasks_each=TASKS_EACH)
        conference = make_conference("held", organiser=load.parties[0], actor=load.secretary, reviews=programs, items=0)
        _find(make_round(programs=programs), programs)
        note = f"{PROGRAMS} programs, {PROGRAMS * TASKS_EACH} tasks, {FINDINGS} findings"
        yield measure(
            "report of a province, first draft",
            lambda: _drafted(conference, load.secretary),
            target_ms=DRAFT_MS,
            times=3,
            note=note,
        )
        yield _editor(conference, load.secretary)
        transaction.set_rollback(True)


def _last_day(conference: Conference) -> date:
    """Whatever the day of the measurement: the figures are judged at the end of the year reported on."""
    return date(conference.review_year, 12, 31)


def _drafted(conference: Conference, actor: Membership) -> None:
    with transaction.atomic():
        composer.begin_conference_report(conference, actor=actor, cut_off_on=_last_day(conference))
        transaction.set_rollback(True)


def _editor(conference: Conference, actor: Membership) -> Measured:
    report = composer.begin_conference_report(conference, actor=actor, cut_off_on=_last_day(conference))
    client = Client()
    client.force_login(actor.user, backend="django.contrib.auth.backends.ModelBackend")
    address = reverse("reports:report-compose", args=[report.pk])
    return measure("report of a province, editor", lambda: client.get(address), target_ms=EDITOR_MS)


def _find(round: EvaluationRound, programs: list[Program]) -> None:
    """Findings of every kind, spread over the programs."""
    Finding.objects.bulk_create(
        Finding(
            round=round,
            program=programs[number % PROGRAMS],
            kind=_KINDS[number % len(_KINDS)],
            position=number + 1,
            text=f"Nhận định thứ {number + 1} về công tác phối hợp giữa các bên trong năm.",
        )
        for number in range(FINDINGS)
    )
