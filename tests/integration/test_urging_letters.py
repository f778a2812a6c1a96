"""Urging letters: about tasks that are overdue, of the programs one keeps, to the agency that leads them."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from agencies.access.enums import Role
from agencies.models import Agency
from coordination.models import Program, Task, UrgingLetter
from coordination.tasks import services as tasks
from coordination.urging import services
from coordination.urging.queries import overdue_by_lead
from records import clock
from records.audit.enums import AuditAction
from records.audit.models import AuditEntry
from records.errors import Conflict, NotAllowed, RuleBroken
from reports.documents.blocks import SHORT_TABLE
from reports.documents.enums import PaperKind
from reports.documents.kinds import kind_of
from tests.factories.papers import make_letter, make_overdue_task
from tests.factories.people import make_agency, make_member
from tests.factories.programs import make_program, secretary_of
from tests.factories.tasks import make_task

ANSWER_BY = date(2022, 4, 8)


@pytest.fixture
def party(signed_program, db) -> Agency:
    return signed_program.parties.get(signing_order=2).agency


@pytest.fixture
def secretary(signed_program):
    return secretary_of(signed_program.drafting_agency)


@pytest.fixture
def overdue(signed_program, party) -> Task:
    return make_overdue_task(signed_program, party)


def drawn_up(program: Program, addressee: Agency, tasks: list[Task], **facts) -> UrgingLetter:
    actor = facts.pop("actor", None) or secretary_of(program.drafting_agency)
    given = {"issuer": program.drafting_agency, "answer_by": ANSWER_BY} | facts
    return services.draw_up_letter(actor=actor, addressee=addressee, tasks=tasks, **given)


def test_only_overdue_tasks_of_others_can_be_urged(signed_program, party, secretary, overdue):
    make_task(signed_program, lead=party)
    make_overdue_task(signed_program, signed_program.drafting_agency)
    make_task(signed_program, "completed", lead=party, due_on=date(2022, 3, 29))
    (one,) = overdue_by_lead(secretary, clock.today())
    assert (one.agency, one.tasks) == (party, (overdue,))
    assert overdue_by_lead(secretary_of(party), clock.today()) == []


def test_two_leads_are_each_offered_the_task(signed_program, party, secretary):
    third = signed_program.parties.get(signing_order=3).agency
    make_overdue_task(signed_program, party, leads=(tasks.LeadDraft(party), tasks.LeadDraft(third)))
    assert [one.agency for one in overdue_by_lead(secretary, clock.today())] == [party, third]


def test_a_letter_keeps_its_tasks_in_their_order_and_tells_the_audit(signed_program, party, overdue):
    second = make_overdue_task(signed_program, party, due_on=date(2022, 3, 1))
    letter = drawn_up(signed_program, party, [second, overdue], words=" Gửi kế hoạch. ")
    assert [urged.task for urged in letter.urged.select_related("task")] == [second, overdue]
    told = AuditEntry.objects.latest("sequence")
    assert told.after["tasks"] == [second.code, overdue.code] and told.after["words"] == "Gửi kế hoạch."


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"answer_by": date(2022, 3, 29)}, "answer_by"),
        ({"words": "x" * 4001}, "words"),
        ({"tasks": []}, "tasks"),
    ],
)
def test_what_a_letter_cannot_say_is_refused_at_its_field(facts, field, signed_program, party, overdue):
    with pytest.raises(RuleBroken) as refused:
        drawn_up(signed_program, party, **{"tasks": [overdue]} | facts)
    assert refused.value.field == field and not UrgingLetter.objects.exists()


def test_a_task_that_is_not_overdue_or_anothers_is_refused(signed_program, party, overdue):
    third = signed_program.parties.get(signing_order=3).agency
    for task, to in ((make_task(signed_program, lead=party), party), (overdue, third)):
        with pytest.raises(RuleBroken) as refused:
            drawn_up(signed_program, to, [task])
        assert refused.value.field == "tasks"


def test_an_agency_that_takes_no_part_in_the_program_is_not_its_issuer(signed_program, party, overdue):
    """Whoever works for the issuer reads the letter, and would learn of a program that is not theirs."""
    office = make_agency(signed_program.unit, "van-phong", serves=[signed_program.drafting_agency])
    with pytest.raises(RuleBroken) as refused:
        drawn_up(signed_program, party, [overdue], issuer=office, actor=secretary_of(office))
    assert refused.value.field == "issuer"
    assert drawn_up(signed_program, party, [overdue], actor=secretary_of(office)).issuer != office


def test_nobody_urges_for_another_agency_or_urges_itself(signed_program, party, overdue):
    with pytest.raises(NotAllowed):
        drawn_up(signed_program, party, [overdue], actor=secretary_of(party))
    with pytest.raises(NotAllowed):
        drawn_up(signed_program, party, [overdue], actor=make_member(signed_program.drafting_agency, Role.LEADER))
    with pytest.raises(RuleBroken) as refused:
        drawn_up(signed_program, signed_program.drafting_agency, [overdue])
    assert refused.value.field == "addressee"


def test_a_letter_is_changed_by_who_read_its_last_revision(signed_program, party, secretary, overdue):
    letter = drawn_up(signed_program, party, [overdue])
    given = {"tasks": [overdue], "answer_by": ANSWER_BY + timedelta(days=3)}
    changed = services.change_letter(letter, actor=secretary, revision=1, **given)
    assert changed.answer_by == date(2022, 4, 11)
    with pytest.raises(Conflict):
        services.change_letter(letter, actor=secretary, revision=1, **given)


def test_a_task_finished_since_can_stay_in_the_letter_it_was_named_in(signed_program, party, secretary, overdue):
    letter = drawn_up(signed_program, party, [overdue])
    Task.objects.filter(pk=overdue.pk).update(state="suspended")
    kept = services.change_letter(
        letter, actor=secretary, revision=1, tasks=[overdue], answer_by=ANSWER_BY, words="Gấp."
    )
    assert kept.urged.get().task_id == overdue.pk


def test_a_sent_or_dropped_letter_is_not_changed(signed_program, party, secretary, overdue):
    sent, dropped = (drawn_up(signed_program, party, [overdue]) for _each in range(2))
    services.mark_sent(sent, actor=secretary, sent_on=clock.today())
    services.drop_letter(dropped, actor=secretary)
    for letter in (sent, dropped):
        with pytest.raises(Conflict):
            services.change_letter(letter, actor=secretary, revision=2, tasks=[overdue], answer_by=ANSWER_BY)
        with pytest.raises(Conflict):
            services.drop_letter(letter, actor=secretary)
    assert kind_of(PaperKind.URGING_LETTER).find(secretary, str(dropped.pk)) is None


def test_many_tasks_stand_in_an_annex(signed_program, party, secretary):
    late = [make_overdue_task(signed_program, party) for _each in range(SHORT_TABLE + 1)]
    letter = drawn_up(signed_program, party, late)
    paper = kind_of(PaperKind.URGING_LETTER).build(letter, actor=secretary, day=clock.today())
    assert [annex.title for annex in paper.annexes] == ["DANH SÁCH NHIỆM VỤ QUÁ HẠN"]
    assert len(next(paper.tables()).rows) == len(late)
    assert "có danh sách tại Phụ lục kèm theo" in paper.opening[0].text


def test_a_letter_is_drawn_up_changed_and_dropped_on_its_pages(signed_program, party, secretary, overdue, sign_in):
    reader = sign_in(secretary)
    listed = reader.get(reverse("coordination:letter-list")).content.decode()
    address = reverse("coordination:letter-create", args=[party.pk])
    assert address in listed
    form = {"issuer": signed_program.drafting_agency_id, "tasks": [overdue.pk], "answer_by": "8/4/2022"}
    assert reader.post(address, form).status_code == 302
    letter = UrgingLetter.objects.get()
    page = reader.get(reverse("coordination:letter-detail", args=[letter.pk])).content.decode()
    assert overdue.title in page and reverse("reports:issue-paper", args=["cong-van-don-doc", letter.pk]) in page
    edit = reverse("coordination:letter-edit", args=[letter.pk])
    assert reader.post(edit, form | {"words": "Gửi kế hoạch.", "revision": 1}).status_code == 302
    answer = reader.post(edit, form | {"words": "Bản khác.", "revision": 1})
    assert answer.status_code == 409 and "Bản khác." in answer.content.decode()
    assert reader.post(reverse("coordination:letter-drop", args=[letter.pk])).status_code == 302
    assert UrgingLetter.objects.get().dropped_on == clock.today()


def test_a_letter_of_others_is_not_found_and_the_refusal_is_kept(signed_program, party, overdue, sign_in):
    letter = make_letter(signed_program, party, tasks=[overdue])
    for stranger in (secretary_of(party), secretary_of(make_agency(signed_program.unit, "ngoai"))):
        reader = sign_in(stranger)
        assert reader.get(reverse("coordination:letter-detail", args=[letter.pk])).status_code == 404
        assert reader.post(reverse("coordination:letter-drop", args=[letter.pk])).status_code == 404
        assert AuditEntry.objects.latest("sequence").action == AuditAction.REFUSED
    assert sign_in(make_member(party, Role.SYSTEM_ADMIN)).get(reverse("coordination:letter-list")).status_code == 403


def test_the_list_costs_the_same_with_one_letter_and_with_three(
    signed_program, party, secretary, overdue, sign_in, django_assert_max_num_queries
):
    reader, address = sign_in(secretary), reverse("coordination:letter-list")
    drawn_up(signed_program, party, [overdue])
    with django_assert_max_num_queries(22):
        reader.get(address)
    for _each in range(2):
        drawn_up(signed_program, party, [make_overdue_task(signed_program, party)])
    with django_assert_max_num_queries(22):
        page = reader.get(address).content.decode()
    assert page.count("/don-doc/soan/") == 1


def test_a_program_in_another_unit_offers_nothing(secretary, overdue):
    other = make_program("signed", 2)
    make_overdue_task(other, other.parties.get(signing_order=2).agency)
    assert len(overdue_by_lead(secretary, clock.today())) == 1
