"""Figures that were fixed never move: a closed round, a report, the sheet of the week and an issued paper stand still.

Rule R-FIG-21. Each says which day it stands at; the dashboard beside them follows what is entered.
"""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from coordination.evaluations.models import RoundSnapshot
from coordination.figures.queries import Scope, year_figures
from coordination.tasks.models import Task
from records import clock
from reports.composed.models import FrozenFigures
from reports.documents.enums import PaperKind
from reports.weekly.models import WeeklySheet
from reports.weekly.services import choose_weekly, send_weekly
from tests.factories.evaluations import make_round
from tests.factories.papers import leader_of, number_and_issue
from tests.factories.programs import make_program, secretary_of
from tests.factories.reminders import with_address
from tests.factories.reports import make_year_report
from tests.factories.tasks import make_task
from tests.integration.test_dashboard_paper import close, said_in

pytestmark = pytest.mark.django_db
TODAY = date(2022, 3, 30)
MONDAY = date(2022, 4, 4)


@pytest.fixture
def program():
    program = make_program("signed")
    lead = program.parties.get(is_lead=True).agency
    for state in ("completed", "in_progress"):
        make_task(program, state, lead=lead)
    return program


def fixed() -> dict[str, object]:
    """All that was fixed, as it is kept."""
    return {
        "rounds": list(RoundSnapshot.objects.order_by("pk").values("content", "digest")),
        "reports": list(FrozenFigures.objects.order_by("pk").values("counts", "annexes", "digest", "as_of")),
        "weeks": list(WeeklySheet.objects.order_by("pk").values("counts", "judged_on", "letter__enclosed__sha256")),
    }


def test_what_was_fixed_stands_whatever_is_entered_later(program, sign_in):
    secretary = secretary_of(program.drafting_agency)
    leader = with_address(leader_of(program.drafting_agency))
    round = make_round("closed", programs=[program])
    report = make_year_report(program, "approved")
    issued = number_and_issue(PaperKind.YEAR_REPORT, report, actor=secretary)
    choose_weekly(actor=leader, wanted=True)
    with clock.standing_at(clock.at(MONDAY, 7)):
        assert send_weekly(clock.now()) == 1
    before, paper = fixed(), issued.file.sha256
    sheet = WeeklySheet.objects.get()
    shown = year_figures(Scope(leader), program.year, as_of=MONDAY)

    later = MONDAY + timedelta(days=1)
    with clock.standing_at(clock.at(later, 9)):
        Task.objects.update(state="completed", completed_on=later, confirmed_on=later)
        after = year_figures(Scope(leader), program.year, as_of=later)
        assert (int(shown.done), int(after.done)) == (1, 2), "the dashboard follows"
        assert fixed() == before
        issued.refresh_from_db()
        assert issued.file.sha256 == paper

        reader = sign_in(leader)
        assert "30/3/2022" in reader.get(reverse("coordination:evaluation-detail", args=[round.key])).content.decode()
        assert "30/3/2022" in reader.get(reverse("reports:report-compose", args=[report.pk])).content.decode()
        assert "4/4/2022" in said_in(sheet.letter.enclosed.content())
        assert close("Số liệu chốt đến hết ngày 30/3/2022") in said_in(issued.file.content())
