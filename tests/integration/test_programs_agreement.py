"""Agreement per party: who may say it, on what ground, to which text, and when it lapses."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.access.enums import Role
from coordination.inbox.queries.work import my_work
from coordination.programs import services as programs
from coordination.programs.enums import AgreementStanding, ProgramState
from coordination.programs.models import PartyAgreement, Program
from coordination.programs.queries import agreement_of, agreements_of, text_digest, text_digests, to_agree
from coordination.programs.services.agreement import agree_by_silence
from records import clock
from records.audit.enums import AuditAction
from records.audit.queries import entries_about
from records.errors import Conflict, NotAllowed, RuleBroken
from records.models import AuditEntry
from tests.factories.people import make_agency, make_member, make_unit
from tests.factories.programs import agree, make_parties, make_program, secretary_of
from tests.factories.tasks import make_task

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def drawn_up(ground) -> int:
    return make_program("revising", agencies=make_parties(make_unit(), 3)).pk


@pytest.fixture
def program(drawn_up):
    return Program.objects.get(pk=drawn_up)


def party(program, place):
    return program.parties.get(letterhead_order=place)


def speaker(program, place, role=Role.LEADER):
    return make_member(party(program, place).agency, role)


def standings(program):
    return [one.status for one in agreement_of(Program.objects.get(pk=program.pk))]


def change_text(program, body="Nội dung đã sửa."):
    section = program.sections.get(numbering="I")
    facts = {"numbering": "I", "heading": section.heading, "body": body}
    programs.edit_section(section, actor=secretary_of(program.drafting_agency), revision=section.revision, **facts)


def test_a_party_agrees_reserves_or_refuses_in_its_own_words(program):
    programs.record_agreement(program, party(program, 1), actor=speaker(program, 1))
    programs.record_agreement(
        program, party(program, 2), actor=speaker(program, 2, Role.SECRETARY), stance="reserves", words="Trừ mục II."
    )
    programs.record_agreement(
        program, party(program, 3), actor=speaker(program, 3), stance="disagrees", words="Thiếu kinh phí."
    )
    assert standings(program) == [
        AgreementStanding.AGREED, AgreementStanding.RESERVED, AgreementStanding.REFUSED,
    ]  # fmt: skip
    entry = entries_about(program).filter(action=AuditAction.CHANGED).order_by("-sequence").first()
    assert (entry.after["agreement"], entry.after["words"]) == ("disagrees", "Thiếu kinh phí.")
    with pytest.raises(RuleBroken, match="Bên thứ 3"):
        programs.settle(program, actor=secretary_of(program.drafting_agency))
    assert Program.objects.get().state == ProgramState.REVISING


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"stance": "reserves", "words": " "}, "words"),
        ({"stance": "disagrees"}, "words"),
        ({"stance": "unheard"}, "stance"),
        ({"words": "x" * 2001}, "words"),
        ({"letter": programs.Letter("1/CV", date(2022, 3, 1))}, "letter_number"),
    ],
)
def test_what_a_party_cannot_say(program, told, field):
    with pytest.raises(RuleBroken) as refusal:
        programs.record_agreement(program, party(program, 1), actor=speaker(program, 1), **told)
    assert refusal.value.field == field
    assert not PartyAgreement.objects.exists()


@pytest.mark.parametrize(
    ("letter", "field"),
    [
        (None, "letter_number"),
        (programs.Letter(" ", date(2022, 3, 1)), "letter_number"),
        (programs.Letter("7/CV", None), "letter_on"),
        (programs.Letter("7/CV", date(2022, 3, 31)), "letter_on"),
        (programs.Letter("7" * 61, date(2022, 3, 1)), "letter_number"),
    ],
)
def test_an_agreement_by_letter_names_the_letter(program, letter, field):
    drafter = secretary_of(program.drafting_agency)
    with pytest.raises(RuleBroken) as refusal:
        programs.record_agreement(program, party(program, 2), actor=drafter, ground="letter", letter=letter)
    assert refusal.value.field == field


def test_nobody_speaks_for_another_party_and_only_the_drafter_enters_letters(program):
    letter = programs.Letter("7/CV", date(2022, 3, 1))
    second = party(program, 2)
    for actor in (
        speaker(program, 3),
        make_member(second.agency, Role.OFFICIAL),
        secretary_of(program.drafting_agency),
    ):
        with pytest.raises(NotAllowed):
            programs.record_agreement(program, second, actor=actor)
    with pytest.raises(NotAllowed):
        programs.record_agreement(program, second, actor=speaker(program, 2), ground="letter", letter=letter)


def test_nobody_can_claim_silence(program):
    """Only closing a round counts it; no act, so no crafted request either, can say that a party was silent."""
    for place in (1, 2):
        with pytest.raises(RuleBroken):
            programs.record_agreement(
                program, party(program, place), actor=secretary_of(program.drafting_agency), ground="silence"
            )
    assert "agree_by_silence" not in programs.__all__
    assert not PartyAgreement.objects.exists()


def test_an_agreement_lapses_with_the_next_change_of_the_text_and_comes_back_with_the_old_text(program):
    agree(program)
    before = program.sections.get(numbering="I").body
    change_text(program)
    assert standings(program) == [AgreementStanding.LAPSED] * 3
    with pytest.raises(RuleBroken):
        programs.settle(program, actor=secretary_of(program.drafting_agency))
    change_text(program, before)
    assert standings(program) == [AgreementStanding.AGREED] * 3


def test_a_changed_task_lapses_agreements_and_a_new_name_of_an_agency_does_not(program):
    task = make_task(program)
    agree(program)
    name = party(program, 2).agency.names.get()
    name.name = "Tên khác"
    name.save()
    assert standings(program) == [AgreementStanding.AGREED] * 3
    type(task).objects.filter(pk=task.pk).update(due_on=date(2022, 12, 1))
    assert standings(program) == [AgreementStanding.LAPSED] * 3


def test_silence_agrees_to_the_draft_that_was_sent_and_takes_no_word_away(program):
    drafter = secretary_of(program.drafting_agency)
    programs.freeze(program, actor=drafter)
    programs.record_agreement(
        program, party(program, 2), actor=speaker(program, 2), stance="disagrees", words="Chưa đồng ý."
    )
    for place in (1, 2):
        agree_by_silence(program, party(program, place), actor=drafter)
    assert standings(program) == [AgreementStanding.AGREED, AgreementStanding.REFUSED, AgreementStanding.AWAITED]
    change_text(program)
    agree_by_silence(program, party(program, 3), actor=drafter)
    assert standings(program) == [AgreementStanding.LAPSED] * 3


def test_what_was_agreed_stands_once_settled(program):
    task = make_task(program)
    agree(program)
    programs.settle(program, actor=secretary_of(program.drafting_agency))
    type(task).objects.filter(pk=task.pk).update(due_on=date(2022, 12, 1))
    assert standings(program) == [AgreementStanding.AGREED] * 3


def test_statements_are_never_changed_or_deleted(program):
    agree(program)
    for write in (lambda: PartyAgreement.objects.update(words="x"), lambda: PartyAgreement.objects.all().delete()):
        with pytest.raises(IntegrityError), transaction.atomic():
            write()


def test_a_party_that_has_said_something_stays(program):
    programs.record_agreement(program, party(program, 3), actor=speaker(program, 3))
    kept = [programs.PartyDraft(one.agency, is_lead=one.is_lead) for one in program.parties.all()[:2]]
    with pytest.raises(RuleBroken) as refusal:
        programs.edit_program(
            program, actor=secretary_of(program.drafting_agency), revision=program.revision, parties=kept
        )
    assert refusal.value.field == "parties"


def test_the_text_someone_read_must_be_the_text_of_today(program):
    read = text_digest(program)
    change_text(program)
    with pytest.raises(Conflict):
        programs.record_agreement(program, party(program, 1), actor=speaker(program, 1), read=read)
    with pytest.raises(RuleBroken, match=r"."):
        actor = speaker(program, 2)
        for _time in range(2):
            programs.record_agreement(program, party(program, 2), actor=actor)


def test_many_programs_take_as_many_queries_as_one():
    agencies = make_parties(make_unit(), 2)

    def count(rows):
        with CaptureQueriesContext(connection) as captured:
            assert len(agreements_of(rows)) == len(rows)
        return len(captured)

    def revising(*, spoken):
        program = make_program("revising", agencies=agencies)
        if spoken:
            agree(program)
        return Program.objects.get(pk=program.pk)

    assert count([revising(spoken=True)]) == count([revising(spoken=True) for _ in range(3)]) == 7
    # Where no party has said anything, the text need not be read.
    assert count([revising(spoken=False)]) == count([revising(spoken=False) for _ in range(3)]) == 2
    digests = text_digests([revising(spoken=True), make_program("draft", agencies=agencies)])
    assert len(set(digests.values())) == 2


# The page


def url(name, program, *args):
    return reverse(f"coordination:{name}", args=[program.slug, *args])


def test_own_turn_comes_first_and_one_click_records_it(program, sign_in):
    second = party(program, 2)
    client = sign_in(speaker(program, 2))
    page = client.get(url("program-agreement", program))
    assert [row.party for row in page.context["mine"]] == [second]
    assert [row.enter for row in page.context["rows"]] == [None] * 3
    assert page.content.decode().count("btn-primary") == 1
    read = text_digest(program)
    sent = {f"say-{second.pk}-stance": "agrees", f"say-{second.pk}-read": read}
    assert client.post(url("program-agree", program, second.pk), sent).status_code == 302
    assert standings(program)[1] == AgreementStanding.AGREED
    assert client.get(url("program-agreement", program)).context["mine"] == []


def test_a_stale_page_is_a_conflict_that_keeps_the_words(program, sign_in):
    second, read = party(program, 2), text_digest(program)
    change_text(program)
    words = "Đề nghị bỏ mục II"
    sent = {f"say-{second.pk}-stance": "reserves", f"say-{second.pk}-words": words, f"say-{second.pk}-read": read}
    answer = sign_in(speaker(program, 2)).post(url("program-agree", program, second.pk), sent)
    assert answer.status_code == 409 and words in answer.content.decode()
    assert not PartyAgreement.objects.exists()


def test_saying_it_after_the_content_was_settled_is_a_conflict(program, sign_in):
    agree(program)
    programs.settle(program, actor=secretary_of(program.drafting_agency))
    second = party(program, 2)
    sent = {f"say-{second.pk}-stance": "agrees"}
    assert sign_in(speaker(program, 2)).post(url("program-agree", program, second.pk), sent).status_code == 409


def test_a_refused_form_comes_back_with_its_words(program, sign_in):
    second = party(program, 2)
    answer = sign_in(speaker(program, 2)).post(
        url("program-agree", program, second.pk), {f"say-{second.pk}-stance": "disagrees"}
    )
    assert answer.status_code == 422 and answer.context["failed"][0].errors["words"]


def test_the_drafting_secretary_enters_a_letter(program, sign_in):
    second = party(program, 2)
    client = sign_in(secretary_of(program.drafting_agency))
    prefix = f"letter-{second.pk}"
    sent = {f"{prefix}-stance": "agrees", f"{prefix}-letter_number": "15/CV-MTTQ", f"{prefix}-letter_on": "29/3/2022"}
    assert client.post(url("program-agree-letter", program, second.pk), sent).status_code == 302
    page = client.get(url("program-agreement", program)).content.decode()
    assert "15/CV-MTTQ" in page and "29/3/2022" in page


def test_crafted_posts_of_others_are_refused_or_find_nothing(program, sign_in):
    second = party(program, 2)
    third = sign_in(speaker(program, 3))
    assert third.post(url("program-agree", program, second.pk), {}).status_code == 403
    assert third.post(url("program-agree-letter", program, second.pk), {}).status_code == 403
    assert AuditEntry.objects.filter(action=AuditAction.REFUSED).count() == 2
    other = make_program("revising", agencies=make_parties(make_unit(), 2))
    assert third.post(url("program-agree", program, other.parties.first().pk), {}).status_code == 404
    stranger = sign_in(make_member(make_agency(make_unit(), "la"), Role.SECRETARY))
    assert stranger.post(url("program-agree", program, second.pk), {}).status_code == 404
    assert stranger.get(url("program-agreement", program)).status_code == 404


def test_a_coordinator_outside_is_told_that_it_is_between_the_parties(sign_in):
    agencies = make_parties(make_unit(), 2)
    program = make_program("agreed", agencies=agencies)
    helper = make_agency(agencies[0].unit, "phoi-hop")
    make_task(program, coordinators=(helper,))
    assert sign_in(make_member(helper)).get(url("program-agreement", program)).status_code == 403


# The inbox


def test_the_inbox_asks_leaders_and_secretaries_until_they_have_said_it(program):
    leader, official = speaker(program, 2), make_member(party(program, 2).agency, Role.OFFICIAL)
    assert [(item.program, item.agency) for item in to_agree(leader)] == [(program, "Bên thứ 2")]
    assert to_agree(official) == []
    assert my_work(leader, clock.today()).waiting_count == 1
    programs.record_agreement(program, party(program, 2), actor=leader)
    assert to_agree(leader) == []
    change_text(program)
    assert [item.standing.status for item in to_agree(leader)] == [AgreementStanding.LAPSED]


def test_the_row_stands_in_my_work(program, sign_in):
    page = sign_in(speaker(program, 2)).get("/viec-cua-toi/").content.decode()
    assert url("program-agreement", program) in page
