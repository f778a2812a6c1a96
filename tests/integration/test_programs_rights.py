"""Rights on programs beside the table in docs/rights: who drafts for whom, and what outsiders read of a settled one."""

import pytest

from agencies.access.enums import Role
from coordination.programs import services as programs
from coordination.programs.models import Program, ProgramVersion, SignatureSlot
from coordination.programs.queries import history_of, signing_stand
from records import clock
from records.errors import NotAllowed
from tests.factories.people import make_agency, make_member, make_unit
from tests.factories.programs import make_parties, make_program, secretary_of, slot_of
from tests.factories.tasks import make_task

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", Role)
def test_only_secretaries_create(role):
    agencies = make_parties(make_unit(), 2)
    actor = make_member(agencies[0], role)
    if role == Role.SECRETARY:
        assert make_program(agencies=agencies, secretary=actor).drafting_agency == agencies[0]
    else:
        with pytest.raises(NotAllowed) as refusal:
            make_program(agencies=agencies, secretary=actor)
        assert str(refusal.value) and not Program.objects.exists()


def test_drafting_secretary_of_an_office_edits_and_the_lead_party_may_too():
    unit = make_unit()
    a, b = make_parties(unit, 2)
    office = make_agency(unit, "van-phong", serves=[])
    drafter = make_member(office, Role.SECRETARY)
    program = make_program(agencies=[a, b], secretary=drafter)
    programs.edit_program(program, actor=secretary_of(a), revision=program.revision, title="Bên chủ trì sửa")
    with pytest.raises(NotAllowed) as refusal:
        programs.send_for_comments(program, actor=secretary_of(a), until=clock.today())
    assert "van-phong" in str(refusal.value)


@pytest.fixture
def returned():
    """A program returned once and locked again, with an agency outside that coordinates a task of it."""
    unit = make_unit()
    agencies = make_parties(unit, 2)
    program = make_program("agreed", agencies=agencies)
    helper = make_agency(unit, "phoi-hop")
    make_task(program, coordinators=(helper,))
    programs.lock_for_signing(program, actor=secretary_of(agencies[0]))
    programs.return_version(slot_of(program, agencies[1]), actor=secretary_of(agencies[1]), reason="Sai tên bên B")
    programs.lock_for_signing(program, actor=secretary_of(agencies[0]))
    return Program.objects.get(pk=program.pk), secretary_of(agencies[1]), make_member(helper)


def test_versions_returned_stay_between_the_parties(returned):
    program, party, helper = returned
    live = signing_stand(program).version
    assert set(ProgramVersion.objects.visible_to(party)) == set(program.versions.all()) > {live}
    assert set(ProgramVersion.objects.visible_to(helper)) == {live}
    assert {slot.version for slot in SignatureSlot.objects.visible_to(helper)} == {live}


def test_history_begins_for_outsiders_when_the_text_was_settled(returned):
    """Rule: R-SEE-1. What was drafted, and why a party returned it, is told to the parties only."""
    program, party, helper = returned
    told, outside = history_of(party, program).events, history_of(helper, program).events
    assert any("Sai tên bên B" in event.reason for event in told)
    assert not any(event.changes or "Sai tên bên B" in event.reason for event in outside)
    assert 0 < len(outside) < len(told)


def test_the_pages_say_the_same(returned, sign_in):
    program, party, helper = returned
    for page in ("lich-su", "ky-ket"):
        address = f"/chuong-trinh/{program.slug}/{page}/"
        assert "Sai tên bên B" in sign_in(party).get(address).content.decode()
        assert "Sai tên bên B" not in sign_in(helper).get(address).content.decode()


def test_the_paper_leaves_the_parties_once_all_have_signed(returned, sign_in):
    program, _party, helper = returned
    paper = f"/bao-cao/chuong-trinh/{program.slug}.pdf"
    refused = sign_in(helper).get(paper)
    assert refused.status_code == 403
    assert program.drafting_agency.current_short_name in refused.content.decode()
    assert paper not in sign_in(helper).get(f"/chuong-trinh/{program.slug}/").content.decode()
