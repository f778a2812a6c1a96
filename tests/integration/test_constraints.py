"""Impossible rows are impossible on both databases, whoever writes them."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from agencies.models import AgencyName, Membership, Office, OfficeHolding, Person, UnitName, UnitParent, UnitSuccession
from coordination.models import (
    Conference,
    Evaluation,
    EvaluationRound,
    Finding,
    GradingScheme,
    Program,
    ProgramParty,
    ProgressReport,
    SignatureSlot,
    Target,
    Task,
    TaskRole,
)
from tests.factories.people import make_agency, make_member, make_unit
from tests.factories.programs import make_program
from tests.factories.tasks import make_task

pytestmark = pytest.mark.django_db

DAY = date(2022, 3, 30)


@pytest.fixture
def program(signed_program):
    return signed_program


@pytest.fixture
def task(program):
    return make_task(program)


def impossible(write: Callable[[], object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        write()


@pytest.mark.parametrize(
    "change",
    [
        {"period_end": date(2000, 1, 1)},
        {"state": "unheard"},
        {"kind": "unheard"},
        {"signed_on": None},
        {"agreed_on": None},
        {"state": "closed", "closed_on": None},
        {"document_number": 5, "document_symbol": ""},
    ],
    ids=str,
)
def test_program_that_cannot_be(program, change):
    impossible(lambda: Program.objects.filter(pk=program.pk).update(**change))


def test_program_never_rests_on_itself(program):
    impossible(lambda: Program.objects.filter(pk=program.pk).update(based_on=program.pk))
    impossible(lambda: Program.objects.filter(pk=program.pk).update(continues=program.pk))


def test_program_has_one_lead_and_each_party_once(program):
    second = program.parties.get(letterhead_order=2)
    impossible(lambda: ProgramParty.objects.filter(pk=second.pk).update(is_lead=True))
    impossible(lambda: ProgramParty.objects.filter(pk=second.pk).update(letterhead_order=1))
    impossible(
        lambda: ProgramParty.objects.create(program=program, agency=second.agency, letterhead_order=9, signing_order=9)
    )


def test_a_number_is_taken_once_in_its_series(program):
    other = make_program(state="signed", parties=2)
    for each in (program, other):
        Program.objects.filter(pk=each.pk).update(unit=program.unit, ordinal=each.pk, document_symbol="CTPH-X")
    Program.objects.filter(pk=program.pk).update(document_number=1)
    impossible(lambda: Program.objects.filter(pk=other.pk).update(document_number=1))


@pytest.mark.parametrize(
    "change",
    [{"signed_on": None}, {"method": ""}, {"state": "awaiting"}, {"state": "returned", "reason": ""}],
    ids=str,
)
def test_signature_that_cannot_be(program, change):
    slot = SignatureSlot.objects.filter(version__program=program).first()
    impossible(lambda: SignatureSlot.objects.filter(pk=slot.pk).update(**change))


@pytest.mark.parametrize(
    "change",
    [
        {"start_on": date(2022, 6, 2), "due_on": date(2022, 6, 1)},
        {"due_on": None},
        {"schedule_kind": "ongoing", "due_on": DAY},
        {"schedule_kind": "quarter", "schedule_number": None},
        {"schedule_kind": "range", "schedule_number": 2},
        {"state": "completed"},
        {"state": "awaiting"},
        {"completed_on": DAY},
        {"last_percent": 101},
        {"state": "unheard"},
    ],
    ids=str,
)
def test_task_that_cannot_be(task, change):
    impossible(lambda: Task.objects.filter(pk=task.pk).update(**change))


def test_an_agency_leads_or_coordinates_and_there_are_two_leads_at_most(task):
    lead = task.roles.get(kind="lead")
    other = make_agency(task.program.unit, "khac")
    impossible(lambda: TaskRole.objects.create(task=task, kind="coordinator", position=9, agency=lead.agency))
    impossible(lambda: TaskRole.objects.create(task=task, kind="lead", position=3, agency=other))
    impossible(lambda: TaskRole.objects.create(task=task, kind="lead", position=0, agency=other))
    impossible(lambda: TaskRole.objects.create(task=task, kind="lead", position=1, agency=other))


@pytest.mark.parametrize(
    "target",
    [
        {"operator": "eq", "value": None},
        {"operator": "eq", "value": None, "unit": "hộ"},
        {"operator": "eq", "value": 0, "unit": "hộ"},
        {"operator": "eq", "value": 5, "unit": ""},
        {"operator": "words", "words": ""},
        {"operator": "words", "words": "đủ", "value": 5},
    ],
    ids=str,
)
def test_target_that_cannot_be(task, target):
    impossible(lambda: Target.objects.create(task=task, position=7, **target))


def test_a_report_is_never_changed_nor_removed(task):
    member = make_member(task.roles.get(kind="lead").agency)
    report = ProgressReport.objects.create(
        task=task, reported_on=DAY, entered_at="2022-03-30T01:00Z", by=member, percent=5
    )
    impossible(lambda: ProgressReport.objects.filter(pk=report.pk).update(percent=90))
    impossible(lambda: ProgressReport.objects.filter(pk=report.pk).delete())


def test_two_rows_never_hold_on_the_same_day():
    unit = make_unit()
    agency = make_agency(unit, "ubnd")
    name = agency.names.get()
    later = {"valid_from": date(2010, 1, 1), "valid_to": None}
    impossible(
        lambda: AgencyName.objects.create(
            agency=agency, name="x", short_name="x", abbreviation="x", document_symbol="x", family="state",
            letterhead_lines="x", head_title="x", **later,
        )
    )  # fmt: skip
    impossible(lambda: UnitName.objects.create(unit=unit, kind="district", name="x", bare_name="x", **later))
    member = make_member(agency)
    impossible(lambda: Membership.objects.create(user=member.user, agency=agency, role=member.role, title="x", **later))
    AgencyName.objects.filter(pk=name.pk).update(valid_to=date(2009, 12, 31))
    AgencyName.objects.create(
        agency=agency, name="x", short_name="x", abbreviation="x", document_symbol="x", family="state",
        letterhead_lines="x", head_title="x", **later,
    )  # fmt: skip
    impossible(lambda: AgencyName.objects.filter(pk=name.pk).update(valid_to=date(2010, 1, 1)))


def test_an_office_has_one_holder_and_a_period_its_order():
    office = Office.objects.create(agency=make_agency(make_unit(), "ubnd"), title="Chủ tịch", printed_title="CHỦ TỊCH")
    one, two = (Person.objects.create(full_name=f"Người {n}", given_name=str(n)) for n in (1, 2))
    OfficeHolding.objects.create(person=one, office=office, valid_from=date(2021, 1, 1))
    impossible(lambda: OfficeHolding.objects.create(person=two, office=office, valid_from=date(2022, 1, 1)))
    impossible(
        lambda: OfficeHolding.objects.create(
            person=two, office=office, valid_from=date(2020, 2, 1), valid_to=date(2020, 1, 1)
        )
    )


def test_units_never_contain_nor_succeed_themselves():
    unit, other = make_unit(), make_unit()
    impossible(lambda: UnitParent.objects.create(unit=unit, parent=unit, valid_from=DAY))
    impossible(lambda: UnitSuccession.objects.create(predecessor=unit, successor=unit, kind="merged", effective_on=DAY))
    impossible(
        lambda: UnitSuccession.objects.create(
            predecessor=unit, successor=other, kind="split", share_percent=101, effective_on=DAY
        )
    )


def test_evaluations_that_cannot_be():
    unit = make_unit()
    agency, other = make_agency(unit, "a"), make_agency(unit, "b")
    scheme = GradingScheme.objects.create(unit=unit, name="Thang điểm")
    opened = EvaluationRound.objects.create(unit=unit, year=2021, scheme=scheme, cut_off_on=DAY, opened_on=DAY)
    common = {"round": opened, "score": 90}
    impossible(lambda: Evaluation.objects.create(kind="self", agency=agency, by_agency=other, **common))
    impossible(lambda: Evaluation.objects.create(kind="cross", agency=agency, by_agency=agency, **common))
    impossible(lambda: Evaluation.objects.create(kind="self", agency=agency, by_agency=agency, round=opened, score=101))
    impossible(lambda: EvaluationRound.objects.filter(pk=opened.pk).update(state="closed"))
    impossible(lambda: Finding.objects.create(round=opened, kind="cause", position=1, text="x"))
    impossible(lambda: Finding.objects.create(round=opened, kind="lesson", position=1, text=""))
    impossible(lambda: Finding.objects.create(round=opened, kind="lesson", position=1, text="x", addressee=agency))
    both = {"addressee": agency, "addressee_words": "Tỉnh ủy"}
    impossible(lambda: Finding.objects.create(round=opened, kind="recommendation", position=1, text="x", **both))
    found = Finding.objects.create(round=opened, kind="limitation", position=1, text="x")
    impossible(lambda: Finding.objects.filter(pk=found.pk).update(repeats=found))
    impossible(lambda: Finding.objects.filter(pk=found.pk).update(waiver_reason="Không còn"))


def test_conferences_that_cannot_be():
    unit = make_unit()
    agency = make_agency(unit, "ubnd")
    row = {"unit": unit, "title": "Hội nghị", "held_on": DAY, "half_day": "afternoon", "organiser": agency}
    impossible(lambda: Conference.objects.create(review_year=2022, plan_year=2021, **row))
    Conference.objects.create(review_year=2021, plan_year=2022, **row)
    impossible(lambda: Conference.objects.create(review_year=2021, plan_year=2022, **row))
