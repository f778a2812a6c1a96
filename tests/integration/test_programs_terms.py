"""Periods of every length, foundations inside and outside the portal, and no program that rests on itself."""

from datetime import date

import pytest
from django.urls import reverse

from coordination.models import FoundationPaper, Program
from coordination.programs import services as programs
from coordination.programs.enums import ProgramKind
from coordination.programs.queries import missing_in_print, program_rows
from coordination.programs.services import FoundationDraft
from coordination.programs.services.snapshot import snapshot_of
from coordination.tasks import services as tasks
from coordination.tasks.models import Task
from records import clock
from records.audit.enums import AuditAction
from records.errors import RuleBroken
from records.models import AuditEntry
from reports.documents.program_paper import program_paper
from tests.factories.people import make_agency, make_unit
from tests.factories.programs import make_program, secretary_of
from tests.factories.tasks import make_draft

pytestmark = pytest.mark.django_db
CREATE = "coordination:program-create"
UNKNOWN = FoundationDraft(kind="Quy chế phối hợp")
WHOLE = FoundationDraft("Quy chế", "Phối hợp công tác", "01/QC-HĐND-UBND", date(2021, 5, 12), "HĐND, UBND")


@pytest.fixture
def parties():
    unit = make_unit()
    return [make_agency(unit, f"ben-{number}", f"Bên thứ {number}") for number in (1, 2)]


def typed(parties, **changed) -> dict:
    lead = parties[0]
    return {
        "title": "Chương trình thử",
        "short_title": "Thử",
        "kind": "program",
        "year": "2022",
        "term": "other",
        "period_start": "",
        "period_end": "",
        "parties": [one.pk for one in parties],
        "lead": lead.pk,
        "drafting_agency": lead.pk,
    } | changed


def created(client, parties, **changed):
    return client.post(reverse(CREATE), typed(parties, **changed))


@pytest.mark.parametrize(
    ("term", "first", "last"),
    [
        ("year", date(2022, 1, 1), date(2022, 12, 31)),
        ("first_half", date(2022, 1, 1), date(2022, 6, 30)),
        ("second_half", date(2022, 7, 1), date(2022, 12, 31)),
        ("three_years", date(2022, 1, 1), date(2024, 12, 31)),
        ("five_years", date(2022, 1, 1), date(2026, 12, 31)),
    ],
)
def test_a_usual_period_fills_its_two_days(term, first, last, parties, sign_in):
    assert created(sign_in(secretary_of(parties[0])), parties, term=term).status_code == 302
    program = Program.objects.get()
    assert (program.period_start, program.period_end) == (first, last)


def test_any_other_two_days_are_typed(parties, sign_in):
    answer = created(sign_in(secretary_of(parties[0])), parties, period_start="15/3/2022", period_end="20/11/2022")
    assert answer.status_code == 302
    assert Program.objects.get().period_end == date(2022, 11, 20)


@pytest.mark.parametrize(
    ("changed", "fields"),
    [
        ({}, ["period_start", "period_end"]),
        ({"period_start": "31/12/2022", "period_end": "01/01/2022"}, ["period_end"]),
        ({"term": "year", "period_end": "30/6/2022"}, ["term"]),
        ({"term": "decade"}, ["term", "period_start", "period_end"]),
        ({"term": "year", "period_start": "31/02/2022"}, ["period_start"]),
        ({"period_start": "01/01/2023", "period_end": "31/12/2023"}, ["period_start"]),
        ({"term": "five_years", "year": "2099"}, ["period_end"]),
        ({"term": "year", "year": ""}, ["year"]),
    ],
    ids=["no days", "ends before it begins", "other days beside a choice", "unlisted", "no such day", "another year",
         "past the last year", "no year"],
)  # fmt: skip
def test_a_period_that_cannot_be_is_told_beside_its_field(changed, fields, parties, sign_in):
    answer = created(sign_in(secretary_of(parties[0])), parties, **changed)
    assert (answer.status_code, sorted(answer.context["form"].errors)) == (422, sorted(fields))
    assert not Program.objects.exists()


def test_a_program_of_several_years_is_found_in_each_of_them(sign_in):
    program = make_program(year=2021, period_start=date(2021, 1, 1), period_end=date(2025, 12, 31))
    secretary = secretary_of(program.drafting_agency)
    task = tasks.create_task(program, actor=secretary, draft=make_draft(program, due_on=date(2024, 4, 15)))
    client = sign_in(secretary)
    for year in (2020, 2021, 2023, 2025, 2026):
        is_there = 2021 <= year <= 2025
        assert [row.program for row in program_rows(secretary, year=year)] == [program] * is_there, year
        page = client.get(reverse("coordination:program-list"), {"year": year})
        assert (program.code in page.content.decode()) == is_there, year
        assert ("2021–2025" in page.content.decode()) == is_there, year
        assert list(Task.objects.of_year(year)) == [task] * (2021 <= year <= 2024), year


def test_a_paper_outside_is_printed_with_gaps_for_what_is_not_known():
    program = make_program(foundation=UNKNOWN)
    line = "Căn cứ Quy chế phối hợp số …………, ngày … tháng … năm …… của ………… về …………"
    assert snapshot_of(program, clock.today())["legal_bases"] == [line]
    assert line in program_paper(program, day=clock.today()).legal_bases
    assert len([one for one in missing_in_print(program) if not one.blocks]) >= 4
    assert "None" not in " ".join(snapshot_of(program, clock.today())["legal_bases"])


def test_a_paper_outside_that_is_known_is_printed_whole_behind_the_other_bases(sign_in):
    program = make_program(foundation=WHOLE)
    secretary = secretary_of(program.drafting_agency)
    programs.set_legal_bases(program, actor=secretary, texts=["Căn cứ Luật"])
    line = "Căn cứ Quy chế số 01/QC-HĐND-UBND, ngày 12 tháng 5 năm 2021 của HĐND, UBND về phối hợp công tác"
    assert snapshot_of(program, clock.today())["legal_bases"] == ["Căn cứ Luật", line]
    page = sign_in(secretary).get(reverse("coordination:program-detail", args=[program.slug])).content.decode()
    assert line in page


def test_a_program_of_the_portal_is_named_with_number_day_and_parties():
    rules = make_program(kind=ProgramKind.REGULATION, title="Phối hợp công tác nhiệm kỳ")
    agencies = [party.agency for party in rules.parties.all()]
    program = make_program(agencies=agencies, secretary=secretary_of(agencies[0]), based_on=rules)
    [line] = snapshot_of(program, clock.today())["legal_bases"]
    assert line == "Căn cứ Quy chế phối hợp số …………, ngày … tháng … năm …… của Bên thứ 1, Bên thứ 2, Bên thứ 3"
    assert any(rules.code in one.text for one in missing_in_print(program))


def test_the_paper_outside_is_changed_and_taken_away_on_the_drafting_page(sign_in):
    program = make_program(foundation=UNKNOWN)
    secretary = secretary_of(program.drafting_agency)
    programs.edit_program(program, actor=secretary, revision=program.revision, foundation=WHOLE)
    assert FoundationPaper.objects.get().number == "01/QC-HĐND-UBND"
    entry = AuditEntry.objects.filter(object_kind="coordination.program", action=AuditAction.CHANGED).last()
    assert (entry.before["foundation"], "01/QC-HĐND-UBND" in entry.after["foundation"]) == ("Quy chế phối hợp", True)
    program.refresh_from_db()
    programs.edit_program(program, actor=secretary, revision=program.revision, foundation=FoundationDraft())
    assert not FoundationPaper.objects.exists()


def test_the_form_takes_the_paper_outside(parties, sign_in):
    told = {"foundation_kind": "Quyết định", "foundation_number": "238-QĐ/TW", "foundation_dated_on": "30/9/2020"}
    assert created(sign_in(secretary_of(parties[0])), parties, term="year", **told).status_code == 302
    paper = Program.objects.get().foundation
    assert (paper.kind, paper.number, paper.dated_on) == ("Quyết định", "238-QĐ/TW", date(2020, 9, 30))
    impossible = created(sign_in(secretary_of(parties[0])), parties, term="year", foundation_dated_on="30/02/2020")
    assert (impossible.status_code, list(impossible.context["form"].errors)) == (422, ["foundation_dated_on"])


@pytest.fixture
def chain():
    """Three programs of one unit, each continuing the one before."""
    first = make_program()
    agencies, secretary = [party.agency for party in first.parties.all()], secretary_of(first.drafting_agency)
    second = make_program(agencies=agencies, secretary=secretary, continues=first)
    return first, second, make_program(agencies=agencies, secretary=secretary, based_on=second)


@pytest.mark.parametrize("relation", ["based_on", "continues"])
def test_a_circle_over_several_links_is_refused_with_the_chain_named(chain, relation):
    """The third rests on the second and that continues the first, so the first can build on neither of them."""
    first, second, third = chain
    secretary = secretary_of(first.drafting_agency)
    with pytest.raises(RuleBroken) as refusal:
        programs.edit_program(first, actor=secretary, revision=first.revision, **{relation: third})
    assert refusal.value.field == relation
    assert " → ".join([first.code, third.code, second.code, first.code]) in str(refusal.value)
    first.refresh_from_db()
    assert getattr(first, relation) is None


def test_two_ways_to_one_foundation_are_no_circle(chain):
    first, _second, third = chain
    secretary = secretary_of(first.drafting_agency)
    programs.edit_program(third, actor=secretary, revision=third.revision, continues=first)


def test_a_circle_of_two_is_told_beside_its_field(chain, sign_in):
    first, second, _third = chain
    secretary = secretary_of(first.drafting_agency)
    client = sign_in(secretary)
    page = client.get(reverse("coordination:program-edit", args=[first.slug]))
    form = page.context["form"]
    values = {name: value for name, value in form.initial.items() if value is not None}
    values |= {"parties": [p.pk for p in form.initial["parties"]], "lead": form.initial["lead"].pk}
    values |= {"period_start": "01/01/2022", "period_end": "31/12/2022", "continues": second.pk}
    answer = client.post(reverse("coordination:program-edit", args=[first.slug]), values)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["continues"])
