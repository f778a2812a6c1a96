"""By whose rules a program's paper is laid out: as its parties follow, as the secretary chose, until it is signed."""

from contextlib import nullcontext
from dataclasses import replace

import pytest
from django.urls import reverse

from agencies.access.enums import Role
from agencies.directory.enums import AgencyKind, Family, PaperRules
from agencies.models import Agency
from agencies.registry import services as registry
from coordination.models import Program
from coordination.programs import services as programs
from coordination.programs.queries import layout_of, signing_stand
from records import clock
from records.audit.models import AuditEntry
from records.errors import Conflict, NotAllowed, RuleBroken
from reports.documents.program_paper import program_paper
from tests.factories.people import make_agency, make_member, make_unit
from tests.factories.programs import make_program, secretary_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def parties() -> list[Agency]:
    unit = make_unit("DH")
    return [
        make_agency(unit, "ubnd", "UBND huyện", kind=AgencyKind.PEOPLES_COMMITTEE, family=Family.STATE),
        make_agency(unit, "btg", "Ban Tuyên giáo", kind=AgencyKind.PROPAGANDA_BOARD, family=Family.PARTY),
        make_agency(unit, "hdoan", "Huyện đoàn", kind=AgencyKind.YOUTH_UNION, family=Family.ORGANISATION),
    ]


def profile(program: Program) -> str:
    return program_paper(Program.objects.get(pk=program.pk), day=clock.today()).profile_code


def page(program: Program) -> str:
    return reverse("coordination:program-paper-rules", args=[program.slug])


def test_a_paper_follows_its_parties_until_the_secretary_chooses(parties):
    program = make_program("draft", agencies=parties)
    secretary = secretary_of(parties[0])
    assert profile(program) == "ND30"
    for rules, code in (("party", "PARTY_36"), ("youth", "YOUTH"), ("neutral", "NEUTRAL"), ("", "ND30")):
        programs.choose_paper_rules(program, actor=secretary, rules=rules)
        assert profile(program) == code
    told = AuditEntry.objects.filter(object_kind="coordination.program").latest("sequence")
    assert (told.before, told.after) == ({"paper_rules": "neutral"}, {"paper_rules": ""})


def test_parties_without_a_state_body_follow_the_lead_and_never_the_decree(parties):
    program = make_program("draft", agencies=parties[1:])
    assert profile(program) == "PARTY_36"
    assert layout_of(program).offered == (PaperRules.PARTY, PaperRules.YOUTH, PaperRules.NEUTRAL)
    with pytest.raises(RuleBroken):
        programs.choose_paper_rules(program, actor=secretary_of(parties[1]), rules="nd30")
    with pytest.raises(RuleBroken):
        programs.choose_paper_rules(program, actor=secretary_of(parties[1]), rules="khac")


def test_an_agency_recorded_to_follow_other_rules_is_laid_out_by_them(parties):
    union, secretary = parties[2], secretary_of(parties[0])
    for rules, refused in (("khac", True), ("party", False)):
        facts = replace(registry.facts_of(union, union.names.get()), paper_rules=rules)
        with pytest.raises(RuleBroken) if refused else nullcontext():
            registry.correct_agency(union, facts, actor=secretary, revision=union.revision, reason="Ghi bổ sung")
    assert union.names.get().paper_rules == PaperRules.PARTY
    assert profile(make_program("draft", agencies=[parties[2], parties[1]])) == "PARTY_36"


def test_what_is_being_signed_keeps_its_layout_and_a_return_opens_the_choice(parties):
    program = make_program("agreed", agencies=parties)
    secretary = secretary_of(parties[0])
    programs.choose_paper_rules(program, actor=secretary, rules="party")
    programs.lock_for_signing(program, actor=secretary)
    with pytest.raises(Conflict):
        programs.choose_paper_rules(program, actor=secretary, rules="")
    slot = signing_stand(Program.objects.get(pk=program.pk)).slots[0]
    programs.return_version(slot, actor=secretary, reason="Sai thể thức")
    programs.choose_paper_rules(program, actor=secretary, rules="")
    assert profile(program) == "ND30"


def test_only_the_drafting_secretary_chooses(parties):
    program = make_program("draft", agencies=parties)
    for actor in (make_member(parties[0], Role.LEADER), secretary_of(parties[1])):
        with pytest.raises(NotAllowed):
            programs.choose_paper_rules(program, actor=actor, rules="neutral")
    assert Program.objects.get(pk=program.pk).paper_rules == ""


def test_the_page_offers_what_the_parties_follow_and_saves_the_choice(sign_in, parties):
    program = make_program("draft", agencies=parties[:2])
    client = sign_in(secretary_of(parties[0]))
    form = client.get(page(program)).context["form"]
    assert [value for value, _label in form.fields["rules"].choices] == ["", "party", "neutral"]
    assert client.post(page(program), {"rules": "youth"}).status_code == 422
    answer = client.post(page(program), {"rules": "party"})
    assert (answer.status_code, answer["Location"]) == (
        302,
        reverse("coordination:program-signing", args=[program.slug]),
    )
    assert Program.objects.get(pk=program.pk).paper_rules == "party"
    signing = client.get(reverse("coordination:program-signing", args=[program.slug]))
    assert signing.status_code == 200 and page(program) in signing.content.decode()


def test_the_page_is_closed_once_a_version_is_locked_and_to_others(sign_in, parties):
    program = make_program("signing", agencies=parties)
    assert sign_in(secretary_of(parties[0])).get(page(program)).status_code == 409
    assert sign_in(secretary_of(parties[1])).get(page(program)).status_code == 403
    stranger = make_member(make_agency(make_unit("BL", "huyện Bình Liêu"), "ubnd"), Role.SECRETARY)
    assert sign_in(stranger).get(page(program)).status_code == 404


def test_a_second_title_is_entered_with_the_signer_and_printed_under_the_name(sign_in, parties):
    program = make_program("signing", agencies=parties)
    slot = signing_stand(program).slots[1]
    client = sign_in(secretary_of(parties[1]))
    address = reverse("coordination:program-signer", args=[program.slug, slot.pk])
    sent = {"signer_name": "Trần Việt Dũng", "title": "TRƯỞNG BAN", "authority": "", "second_title": "Ủy viên  UBMTTQ"}
    assert client.post(address, {**sent, "second_title": "A" * 121}).status_code == 422
    assert client.post(address, sent).status_code == 302
    paper = program_paper(Program.objects.get(pk=program.pk), day=clock.today())
    assert [block.second_title for block in paper.signatures] == ["", "Ủy viên UBMTTQ", ""]
    assert [block.place for block in paper.signatures] == [1, 2, 3]
    told = AuditEntry.objects.filter(object_kind="coordination.program").latest("sequence")
    assert told.after["second_title"] == "Ủy viên UBMTTQ"
