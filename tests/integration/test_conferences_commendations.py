"""Commendations of a conference: proposed by an agency, seen by those it concerns, decided by number and day."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import translation

from agencies.access.enums import Role
from coordination.conferences import services as conferences
from coordination.conferences.enums import CommendationForm, CommendationState
from coordination.conferences.models import Commendation, Conference
from coordination.conferences.queries import commended_at
from records import clock, wording
from records.errors import Conflict, NotAllowed, RuleBroken
from reports.documents.commendations import FORMS
from reports.documents.minutes import minutes
from tests.factories.conferences import make_conference
from tests.factories.gatherings import PROPOSAL, Gathering, conference_page, granted, make_gathering, proposed
from tests.factories.people import make_agency, make_member, make_unit

pytestmark = pytest.mark.django_db
page = conference_page

COMMENDED = {"recipient": "Hội Nông dân huyện", "commended": "collective", "form": "certificate", "reason": "Làm tốt"}


@pytest.fixture(scope="module")
def built(ground) -> Gathering:
    made = make_gathering()
    made.invite(made.party, made.commune)
    made.send()
    return made


@pytest.fixture
def gathering(built) -> Gathering:
    """The gathering of the module, its party and a commune invited, with its conference as it is now."""
    return Gathering(built.organiser, built.party, built.commune, built.keeper, Conference.objects.get())


def test_a_party_proposes_and_the_organiser_records_the_decision(gathering, sign_in):
    party = sign_in(gathering.member(gathering.party, Role.SECRETARY))
    sent = COMMENDED | {"proposed_by": gathering.party.pk}
    assert party.post(page("commend", gathering.conference), sent).status_code == 302
    row = Commendation.objects.get()
    assert row.is_open and row.proposed_by == gathering.party
    assert party.get(page("commendation-grant", gathering.conference, row.pk)).status_code == 403
    decided = {"decision_number": "312/QĐ-UBND", "decided_on": "30/3/2022", "granted_by": "Chủ tịch UBND huyện"}
    keeper = sign_in(gathering.keeper)
    assert keeper.post(page("commendation-grant", gathering.conference, row.pk), decided).status_code == 302
    row.refresh_from_db()
    assert row.is_granted and row.decision_number == "312/QĐ-UBND"
    assert "312/QĐ-UBND" in party.get(page("records", gathering.conference)).content.decode()


def test_an_office_of_the_directory_is_known_by_its_words(gathering, sign_in):
    secretary = sign_in(gathering.member(gathering.party, Role.SECRETARY))
    form = secretary.get(page("commend", gathering.conference)).context["form"]
    office = next(one for one in form.known.values() if one.office is not None)
    sent = COMMENDED | {"recipient": office.name.upper(), "commended": "office", "proposed_by": gathering.party.pk}
    secretary.post(page("commend", gathering.conference), sent)
    assert Commendation.objects.get().office == office.office


def test_others_see_only_what_was_granted(gathering):
    row = proposed(gathering)
    commune = gathering.member(gathering.commune)
    assert not Commendation.objects.visible_to(commune).exists()
    assert Commendation.objects.visible_to(gathering.keeper).exists()
    conferences.grant_commendation(row, actor=gathering.keeper, decision_number="1/QĐ", decided_on=clock.today())
    assert Commendation.objects.visible_to(commune).exists()


def test_a_refused_one_stays_with_those_who_proposed_and_decide(gathering):
    row = proposed(gathering)
    conferences.refuse_commendation(row, actor=gathering.keeper, reason="Chưa đủ thời gian")
    assert Commendation.objects.visible_to(gathering.member(gathering.party)).exists()
    assert not Commendation.objects.visible_to(gathering.member(gathering.commune)).exists()


def test_what_was_decided_is_not_changed_any_more(gathering, sign_in):
    row = proposed(gathering)
    secretary = gathering.member(gathering.party, Role.SECRETARY)
    conferences.withdraw_commendation(row, actor=secretary, reason="Trùng")
    for act in (
        lambda: conferences.refuse_commendation(row, actor=gathering.keeper, reason="Muộn"),
        lambda: conferences.change_commendation(row, actor=secretary, proposal=PROPOSAL, revision=1),
    ):
        with pytest.raises(Conflict):
            act()
    client = sign_in(secretary)
    assert client.post(page("commendation", gathering.conference, row.pk), COMMENDED).status_code == 409
    assert client.get(page("commendation", gathering.conference, row.pk)).status_code == 302
    assert Commendation.objects.get().status is CommendationState.WITHDRAWN


def test_the_same_is_not_proposed_twice_but_again_after_it_was_withdrawn(gathering):
    row = proposed(gathering)
    with pytest.raises(RuleBroken) as refused:
        proposed(gathering)
    assert refused.value.field == "recipient"
    conferences.withdraw_commendation(row, actor=gathering.keeper, reason="Sửa lại")
    assert proposed(gathering).is_open


@pytest.mark.parametrize(("role", "may"), [(Role.LEADER, True), (Role.SECRETARY, True), (Role.OFFICIAL, False)])
def test_leaders_and_secretaries_propose_in_the_name_of_their_agency(role, may, gathering):
    actor = gathering.member(gathering.party, role)
    if may:
        assert proposed(gathering, actor=actor).is_open
    else:
        with pytest.raises(NotAllowed):
            proposed(gathering, actor=actor)
    with pytest.raises(NotAllowed), transaction.atomic():
        proposed(gathering, actor=actor, proposed_by=gathering.commune)


def test_a_reason_and_a_decision_are_asked_for(gathering):
    row = proposed(gathering)
    for field, act in (
        ("reason", lambda: conferences.withdraw_commendation(row, actor=gathering.keeper, reason=" ")),
        ("decision_number", lambda: granted(row, gathering, decision_number=" ")),
        ("decided_on", lambda: granted(row, gathering, decided_on=clock.today() + timedelta(days=1))),
    ):
        with pytest.raises(RuleBroken) as refused:
            act()
        assert refused.value.field == field


def test_after_the_conference_only_its_organiser_still_enters_proposals(db):
    organiser = make_agency(make_unit(), "ubnd-khac")
    held = make_conference("held", organiser=organiser)
    keeper, leader = make_member(organiser, Role.SECRETARY), make_member(organiser, Role.LEADER)
    with pytest.raises(NotAllowed), transaction.atomic():
        conferences.propose_commendation(held, actor=leader, proposed_by=organiser, proposal=PROPOSAL)
    assert conferences.propose_commendation(held, actor=keeper, proposed_by=organiser, proposal=PROPOSAL).is_open


def test_counts_follow_the_rows(gathering):
    granted(proposed(gathering), gathering)
    shown = commended_at(gathering.keeper, gathering.conference, keeps=True)
    assert shown.counts == [(CommendationState.GRANTED, 1)] and shown.may_propose


def test_the_minutes_name_who_was_commended_by_the_day_of_the_conference(gathering):
    """Proposals and decisions of later days stand in no minutes: these tell what happened in the room."""
    held_on = gathering.conference.held_on
    for name, days in (("Hội Nông dân huyện", -1), ("Chi hội thôn Tân Hợp", 0), ("Hội LHPN huyện", 1)):
        with clock.standing_at(clock.at(held_on + timedelta(days=1), 9)):
            row = conferences.propose_commendation(
                gathering.conference, actor=gathering.keeper, proposed_by=gathering.organiser,
                proposal=replace(PROPOSAL, recipient=name, granted_by="Chủ tịch UBND huyện"),
            )  # fmt: skip
            conferences.grant_commendation(
                row, actor=gathering.keeper, decision_number=f"{10 + days}/QĐ-UBND",
                decided_on=held_on + timedelta(days=days),
            )  # fmt: skip
    proposed(gathering, proposal=replace(PROPOSAL, recipient="Huyện đoàn"))
    section = next(one for one in told_in_minutes(gathering.conference) if one.heading == "KHEN THƯỞNG")
    first, *rows = [block.text for block in section.blocks]
    assert first == "Hội nghị công bố khen thưởng 02 tập thể:"
    assert [row.partition(":")[0] for row in rows] == ["- Hội Nông dân huyện", "- Chi hội thôn Tân Hợp"]
    day = wording.day(held_on - timedelta(days=1))
    assert f"Giấy khen của Chủ tịch UBND huyện (Quyết định số 9/QĐ-UBND ngày {day})." in rows[0]


def test_minutes_without_a_decision_have_no_such_section(gathering):
    proposed(gathering)
    assert all(one.heading != "KHEN THƯỞNG" for one in told_in_minutes(gathering.conference))


@pytest.mark.parametrize("form", CommendationForm)
def test_papers_call_a_form_what_the_screen_calls_it(form):
    with translation.override("vi"):
        assert FORMS[form] == str(form.label)


def told_in_minutes(conference: Conference):
    return minutes(Conference.objects.get(pk=conference.pk), day=clock.today()).sections
