"""Aside of the road: the Party committee, a program cancelled, one superseded by a later; who acts next."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from agencies.access.enums import Role
from agencies.directory.enums import Family
from coordination.programs import services as programs
from coordination.programs.enums import ProgramState, SignatureState, Verdict
from coordination.programs.models import Program
from coordination.programs.queries import overview_of, signing_stand, successors_of
from coordination.tasks.permissions import can_edit_task, can_report_progress
from records import clock
from records.errors import Conflict, RuleBroken
from tests.factories.people import make_agency, make_member, make_unit
from tests.factories.programs import (
    STATES,
    advance,
    agree,
    make_committee,
    make_parties,
    make_program,
    make_successor,
    secretary_of,
)
from tests.factories.tasks import make_task

pytestmark = pytest.mark.django_db


def drafter(program):
    return secretary_of(program.drafting_agency)


def again(program):
    return Program.objects.get(pk=program.pk)


def url(name, program, *args):
    return reverse(f"coordination:{name}", args=[program.slug, *args])


def name(program):
    return program.drafting_agency.current_short_name


def overview(program, actor):
    return overview_of(again(program), actor=actor, today=clock.today())


# The Party committee


def test_a_text_is_submitted_cleared_and_locked(today):
    program = make_program("submitted")
    programs.clear(program, actor=drafter(program), on=today, opinion="Đồng ý", opinion_number="12-TB/HU")
    program = again(program)
    assert (program.state, program.cleared_on) == (ProgramState.AGREED, today)
    submission = program.submissions.get()
    assert (submission.verdict, submission.opinion_number) == (Verdict.CLEARED, "12-TB/HU")
    assert programs.lock_for_signing(program, actor=drafter(program)).label == "1.1"


def test_a_text_sent_back_opens_again_with_the_reason(today):
    program = make_program("submitted")
    with pytest.raises(RuleBroken) as refusal:
        programs.send_back(program, actor=drafter(program), on=today, reason=" ")
    assert refusal.value.field == "reason"
    programs.send_back(program, actor=drafter(program), on=today, reason="Bổ sung căn cứ")
    program = again(program)
    assert (program.state, program.agreed_on, program.submitted_on) == (ProgramState.REVISING, None, None)
    assert overview(program, drafter(program)).came_back.reason == "Bổ sung căn cứ"
    # What the parties agreed to still stands while nobody has changed the text.
    assert programs.settle(program, actor=drafter(program)).state == ProgramState.AGREED


def test_after_a_return_the_next_act_is_the_revision_until_all_agree_anew(today):
    """What was agreed before a return stands, yet nobody is told to settle the text that was sent back."""
    program = make_program("submitted")
    mine = drafter(program)
    with clock.standing_at(clock.at(today, 18)):
        programs.send_back(program, actor=mine, on=today, reason="Bổ sung căn cứ")
        returned = overview(program, mine).next_act
    with clock.standing_at(clock.at(today, 19)):
        agree(program)
        agreed = overview(program, mine).next_act
    assert returned != agreed
    with clock.standing_at(clock.at(today, 20)):
        fresh = make_program("revising")
        agree(fresh)
        assert overview(fresh, drafter(fresh)).next_act == agreed.replace(name(program), name(fresh))


@pytest.mark.parametrize("days", [1, -1])
def test_an_opinion_comes_between_the_submission_and_today(today, days):
    program = make_program("submitted")
    with pytest.raises(RuleBroken) as refusal:
        programs.clear(program, actor=drafter(program), on=today + timedelta(days=days))
    assert refusal.value.field == "on"


def test_a_text_is_submitted_to_an_agency_of_the_party_only():
    program = make_program("agreed")
    foreign = make_agency(make_unit(), "huyen-uy-khac", family=Family.PARTY)
    for agency in (program.drafting_agency, foreign):
        with pytest.raises(RuleBroken) as refusal:
            programs.submit(program, actor=drafter(program), committee=agency)
        assert refusal.value.field == "committee"


def test_the_page_submits_and_records_the_opinion(sign_in):
    program = make_program("agreed")
    committee, client = make_committee(program.unit), sign_in(drafter(program))
    page = url("program-submission", program)
    assert client.post(page, {"act": "submit"}).status_code == 422
    assert client.post(page, {"act": "submit", "submit-committee": committee.pk}).status_code == 302
    # The form of before, sent again, finds the text submitted already.
    assert client.post(page, {"act": "submit", "submit-committee": committee.pk}).status_code == 409
    sent_back = {"act": "opinion", "opinion-verdict": "sent_back", "opinion-on": "30/3/2022"}
    assert client.post(page, sent_back).status_code == 422
    assert client.post(page, sent_back | {"opinion-opinion": "Bổ sung"}).status_code == 302
    assert again(program).state == ProgramState.REVISING
    assert client.get(page).context["form"] is None


def test_another_party_reads_the_submission_and_enters_nothing(sign_in):
    program = make_program("submitted")
    other = sign_in(make_member(program.parties.last().agency, Role.SECRETARY))
    assert other.get(url("program-submission", program)).context["form"] is None
    assert other.post(url("program-submission", program), {"act": "opinion"}).status_code == 403


# Cancelled


@pytest.mark.parametrize("state", ["draft", "consulting", "revising", "agreed", "submitted", "signing"])
def test_a_program_is_cancelled_with_a_reason_before_it_comes_into_force(state, today):
    program = make_program(state, signed=1)
    with pytest.raises(RuleBroken):
        programs.cancel(program, actor=drafter(program), reason="  ")
    programs.cancel(program, actor=drafter(program), reason="Không còn cần thiết")
    program = again(program)
    assert (program.state, program.cancelled_on) == (ProgramState.CANCELLED, today)
    assert signing_stand(program) is None
    assert not program.submissions.filter(verdict=Verdict.PENDING).exists()
    assert program.state_changes.last().reason == "Không còn cần thiết"
    assert overview(program, drafter(program)).steps[-1].css == "now"


def test_no_signature_is_taken_in_a_cancelled_program():
    program = make_program("signing", signed=1)
    slot = signing_stand(program).awaited[0]
    programs.cancel(program, actor=drafter(program), reason="Thôi")
    with pytest.raises(Conflict):
        programs.record_signature(slot, actor=drafter(program), method="paper", signed_on=clock.today())
    slot.refresh_from_db()
    assert slot.state == SignatureState.AWAITING


def test_a_program_in_force_is_not_cancelled():
    program = make_program("signed")
    with pytest.raises(Conflict):
        programs.cancel(program, actor=drafter(program), reason="Thôi")


# Superseded


def test_a_later_program_takes_the_place_and_both_pages_say_so(sign_in):
    program = make_program("signed")
    later = make_successor(program, drafter(program))
    programs.supersede(program, actor=drafter(program), by=later)
    mine = drafter(program)
    assert overview(program, mine).superseded_by == later
    assert overview(later, mine).supersedes == (again(program),)
    client = sign_in(mine)
    assert url("program-detail", later) in client.get(url("program-detail", program)).content.decode()
    assert url("program-detail", program) in client.get(url("program-detail", later)).content.decode()


def test_what_cannot_take_the_place():
    unit = make_unit()
    agencies = make_parties(unit, 3)
    program = make_program("signed", agencies=agencies)
    other_lead = make_program("signed", agencies=agencies[1:])
    unsigned = make_program("signing", agencies=agencies)
    foreign = make_program("signed")
    for by in (program, other_lead, unsigned, foreign):
        with pytest.raises(RuleBroken) as refusal:
            programs.supersede(program, actor=drafter(program), by=by)
        assert refusal.value.field == "by"
    with clock.standing_at(clock.at(date(2022, 1, 5), 9)):
        earlier = make_program("signed", agencies=agencies)
    assert list(successors_of(program, actor=drafter(program))) == []
    assert list(successors_of(earlier, actor=drafter(program))) == [program]


@pytest.mark.parametrize("state", ["superseded", "cancelled", "closed"])
def test_what_has_ended_offers_no_drafting(state, sign_in):
    program = make_program(state)
    page = sign_in(drafter(program)).get(url("program-detail", program))
    assert page.context["overview"].has_ended
    assert url("program-edit", program) not in page.content.decode()


def test_a_superseded_program_does_not_claim_an_evaluation():
    program = make_program("superseded")
    labels = [step.label for step in overview(program, drafter(program)).steps]
    assert len(labels) == 6 and labels[-1] == ProgramState.SUPERSEDED.label


def test_nothing_moves_in_what_has_ended():
    program = make_program("signed")
    task = make_task(program)
    lead = make_member(task.roles.get(kind="lead").agency)
    assert can_report_progress(lead, task) and can_edit_task(lead, task)
    programs.supersede(program, actor=drafter(program), by=make_successor(program, drafter(program)))
    task = type(task).objects.get(pk=task.pk)
    assert not can_report_progress(lead, task) and not can_edit_task(lead, task)


def test_steps_by_the_page(sign_in):
    program = make_program("signed")
    client = sign_in(drafter(program))
    offered = [one.button.step for one in client.get(url("program-edit", program)).context["steps"]]
    assert offered == ["open_evaluation"]
    later = make_successor(program, drafter(program))
    sent = {"step": "supersede", "supersede-by": later.pk}
    assert client.post(url("program-step", program), sent | {"supersede-by": program.pk}).status_code == 422
    assert client.post(url("program-step", program), sent).status_code == 302
    assert again(program).superseded_by == later
    assert client.post(url("program-step", program), sent).status_code in (409, 422)


# Who acts next


@pytest.mark.parametrize("state", STATES)
def test_everybody_reads_the_same_next_act(state, sign_in):
    program = make_program(state)
    told = {
        sign_in(make_member(party.agency, role)).get(url("program-detail", program)).context["overview"].next_act
        for party, role in zip(program.parties.all(), (Role.SECRETARY, Role.LEADER, Role.OFFICIAL), strict=True)
    }
    assert len(told) == 1 and told.pop().strip(" .")


def test_the_next_act_names_whom_it_awaits():
    program = make_program("revising")
    mine = drafter(program)
    for party in list(program.parties.all())[:2]:
        programs.record_agreement(program, party, actor=make_member(party.agency, Role.LEADER))
    assert "Bên thứ 3" in overview(program, mine).next_act and "Bên thứ 2" not in overview(program, mine).next_act
    agree(program)
    assert "Bên thứ 3" not in overview(program, mine).next_act
    program = advance(make_program("draft"), "signing", signed=1)
    stand = signing_stand(program)
    words = overview(program, drafter(program)).next_act
    assert all(slot.agency_name in words for slot in stand.awaited)


def test_a_percent_sign_in_a_name_breaks_no_sentence():
    unit = make_unit()
    agencies = [*make_parties(unit, 1), make_agency(unit, "ba", "Ban 100%(x)s")]
    program = make_program("signing", agencies=agencies)
    assert "Ban 100%(x)s" in overview(program, drafter(program)).next_act
