"""The pages of the programs room: who is let in, what they show, how many queries they take."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.access.enums import Role
from coordination.programs import services as programs
from coordination.programs.queries import outline_of, program_rows, search, signing_stand, years_of
from coordination.register import services as register
from records import clock
from records.audit.enums import AuditAction
from records.audit.models import AuditEntry
from tests.factories.people import make_agency, make_member, make_unit
from tests.factories.programs import STATES, advance, make_parties, make_program, secretary_of, slot_of
from tests.factories.tasks import make_task

pytestmark = pytest.mark.django_db

READING = ("program-detail", "program-signing", "program-documents", "program-history", "program-tasks")
LIST_BUDGET = 15
PAGE_BUDGET = {"program-detail": 16, "program-signing": 13, "program-history": 17, "program-documents": 15}
DRAFTING = ("program-edit", "program-section-add")


def url(name, program, *args):
    return reverse(f"coordination:{name}", args=[program.slug, *args])


@pytest.mark.parametrize("state", STATES)
def test_pages_open_for_the_drafter_in_every_state(sign_in, state):
    program = make_program(state)
    client = sign_in(secretary_of(program.drafting_agency))
    answers = {name: client.get(url(name, program)).status_code for name in READING + DRAFTING}
    assert answers == dict.fromkeys(READING + DRAFTING, 200) | {"program-tasks": 302}


@pytest.mark.parametrize("role", [Role.OFFICIAL, Role.LEADER, Role.ORGANISER])
def test_party_reads_and_is_told_who_drafts(sign_in, role):
    program = make_program("agreed")
    client = sign_in(make_member(program.parties.last().agency, role))
    assert client.get(url("program-detail", program)).status_code == 200
    refused = client.get(url("program-edit", program))
    assert refused.status_code == 403
    assert program.drafting_agency.current_short_name in refused.content.decode()


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("who", ["outside", "another unit", "unit_admin", "system_admin"])
def test_strangers_find_nothing(sign_in, state, who):
    program = make_program(state)
    unit = make_unit() if who == "another unit" else program.unit
    agency = make_agency(unit, "la")
    client = sign_in(make_member(agency, Role(who) if who.endswith("admin") else Role.SECRETARY))
    answers = {name: client.get(url(name, program)).status_code for name in READING + DRAFTING}
    assert answers == dict.fromkeys(READING + DRAFTING, 404)


def test_anonymous_visitors_sign_in_first(client):
    program = make_program()
    for name in READING + DRAFTING:
        assert client.get(url(name, program)).headers["Location"].startswith(reverse("sign-in"))


def test_coordinator_outside_sees_the_program_once_it_is_settled(sign_in):
    unit = make_unit()
    outside = make_agency(unit, "phong")
    program = make_program(agencies=make_parties(unit, 2))
    make_task(program, coordinators=(outside,))
    client = sign_in(make_member(outside))
    assert client.get(url("program-detail", program)).status_code == 404
    advance(program, "agreed")
    assert client.get(url("program-detail", program)).status_code == 200
    assert years_of(make_member(outside)) == [2022]


def test_list_shows_the_rows_of_the_year_and_state(sign_in):
    unit = make_unit("DH")
    parties = make_parties(unit, 2)
    secretary = secretary_of(parties[0])
    make_program("signed", agencies=parties, year=2021)
    draft = make_program("draft", agencies=parties, title="Quy chế Đầm Hà", short_title="Quy chế")
    agreed = make_program("agreed", agencies=parties)
    make_program("draft", unit=make_unit())
    client = sign_in(secretary)

    def shown(query=""):
        return [row.program.code for row in client.get(reverse("coordination:program-list") + query).context["rows"]]

    assert shown() == [draft.code, agreed.code]
    assert shown("?year=2021") == ["DH-2021-01"]
    assert shown("?status=agreed") == [agreed.code]
    assert shown("?status=agreed&status=draft") == [draft.code, agreed.code]
    assert shown("?q=dam+ha") == [draft.code]
    assert shown("?status=lạ&year=khác") == [draft.code, agreed.code]
    assert shown("?year=2030") == []
    assert [program.code for program in search(secretary, "quy che đâm")] == [draft.code]


def test_program_of_several_years_is_found_in_each(sign_in):
    parties = make_parties(make_unit(), 2)
    make_program("signed", agencies=parties, year=2021, period_end=date(2025, 12, 31))
    secretary = secretary_of(parties[0])
    client = sign_in(secretary)
    assert years_of(secretary) == [2022, 2021]
    for year in (2021, 2022, 2025):
        page = client.get(reverse("coordination:program-list"), {"year": year})
        assert len(page.context["rows"]) == 1
        assert page.context["years"] == [2025, 2024, 2023, 2022, 2021]


def test_list_counts_signatures_of_the_live_version_and_tasks():
    program = make_program("signing", signed=2)
    last = program.parties.last().agency
    programs.return_version(slot_of(program, last), actor=secretary_of(last), reason="Sai")
    programs.lock_for_signing(program, actor=secretary_of(program.drafting_agency))
    make_task(program)
    (row,) = program_rows(secretary_of(program.drafting_agency), year=2022)
    assert (row.signed, row.to_sign, row.tasks_done, row.tasks) == (0, 3, 0, 1)


@pytest.mark.parametrize("rows", [1, 3])
def test_list_query_budget(sign_in, rows):
    parties = make_parties(make_unit(), 3)
    for _number in range(rows):
        make_task(make_program("signing", agencies=parties, signed=1))
    client = sign_in(secretary_of(parties[0]))
    with CaptureQueriesContext(
        connection,
    ) as captured:
        response = client.get(reverse("coordination:program-list"))
    assert len(response.context["rows"]) == rows
    assert len(captured) <= LIST_BUDGET, [query["sql"] for query in captured]


@pytest.mark.parametrize("count", [2, 6])
@pytest.mark.parametrize("name", ["program-detail", "program-signing", "program-history", "program-documents"])
def test_page_query_budget(sign_in, name, count):
    program = make_program("signing", parties=count, signed=1)
    for _number in range(count):
        make_task(program, section=program.sections.first())
    client = sign_in(secretary_of(program.drafting_agency))
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url(name, program)).status_code == 200
    assert len(captured) <= PAGE_BUDGET[name], [query["sql"] for query in captured]


def test_detail_lists_the_tasks_of_each_section(sign_in):
    program = make_program("agreed")
    section = outline_of(program)[-1].section
    task = make_task(program, section=section)
    page = sign_in(secretary_of(program.drafting_agency)).get(url("program-detail", program))
    assert [tasks for entry, tasks in page.context["outline"]] == [[], [], [task]]
    assert page.context["overview"].tasks == 1


def test_detail_does_not_link_to_a_continued_program_the_reader_does_not_see(sign_in):
    unit = make_unit()
    a, b, c = make_parties(unit, 3)
    before = make_program("signed", agencies=[a, b], year=2021)
    program = make_program("agreed", agencies=[a, c], continues=before)
    link = url("program-detail", before)
    assert link in sign_in(secretary_of(a)).get(url("program-detail", program)).content.decode()
    assert link not in sign_in(secretary_of(c)).get(url("program-detail", program)).content.decode()


def test_tasks_tab_is_the_task_list_of_the_program(sign_in):
    program = make_program("agreed")
    response = sign_in(secretary_of(program.drafting_agency)).get(url("program-tasks", program))
    list_of_it = f"{reverse('coordination:task-list')}?year=2022&program={program.slug}&group=section"
    assert response.headers["Location"] == list_of_it


@pytest.mark.parametrize(("today", "year"), [((2021, 12, 1), 2022), ((2023, 5, 4), 2023), ((2026, 1, 1), 2024)])
def test_tasks_tab_opens_the_year_that_runs_of_a_program_of_several(sign_in, today, year):
    program = make_program("agreed", period_end=date(2024, 12, 31))
    client = sign_in(secretary_of(program.drafting_agency))
    with clock.standing_at(clock.at(date(*today), 9)):
        assert f"?year={year}&" in client.get(url("program-tasks", program)).headers["Location"]


def test_signing_page_says_whose_turn_it_is(sign_in):
    program = make_program("signing", signed=1)
    first, second, third = [slot.party.agency for slot in signing_stand(program).slots]
    turn = sign_in(make_member(second, Role.LEADER)).get(url("program-signing", program))
    assert [place.slot.party.agency for place in turn.context["mine"]] == [second]
    waiting = sign_in(make_member(first, Role.LEADER)).get(url("program-signing", program))
    assert waiting.context["mine"] == []
    assert third.current_short_name in waiting.content.decode()
    official = sign_in(make_member(second, Role.OFFICIAL)).get(url("program-signing", program))
    assert official.context["mine"] == [] and not any(place.sign for place in official.context["places"])


def test_history_tells_every_step(sign_in):
    program = make_program("signed")
    register.assign_number(program, actor=secretary_of(program.drafting_agency), number=2, symbol="CTPH-A")
    page = sign_in(secretary_of(program.drafting_agency)).get(url("program-history", program))
    events = page.context["history"].events
    entries = AuditEntry.objects.filter(object_kind="coordination.program", object_id=program.pk)
    assert len(events) == entries.count()
    assert "02/CTPH-A" in events[0].text
    # The number, the agreements of three parties, their three signatures, and the program coming into force.
    assert sum(event.tone == "ok" for event in events) == 8


def test_reading_pages_write_nothing(sign_in):
    program = make_program("signing", signed=1)
    client = sign_in(secretary_of(program.drafting_agency))
    entries = AuditEntry.objects.count()
    for name in READING + DRAFTING:
        client.get(url(name, program))
    assert AuditEntry.objects.count() == entries


def test_refused_page_is_in_the_audit(sign_in):
    program = make_program()
    sign_in(make_member(program.parties.last().agency)).get(url("program-edit", program))
    assert AuditEntry.objects.order_by("-sequence").first().action == AuditAction.REFUSED
