"""How the demo signs: tokens made and used by the stand-in in a process of its own, all parties in turn."""

from pathlib import Path

import pytest
from django.test import override_settings

from agencies.access.enums import Role
from coordination.programs.enums import ProgramState
from coordination.programs.models import Program
from coordination.programs.queries import live_version
from portal.demo.digital_signing import sign_digitally
from portal.demo.directory import Cast
from records import clock
from reports.signing.models import SignedState
from tests.factories.people import make_agency, make_member, make_office, make_unit
from tests.factories.programs import make_program, secretary_of

pytestmark = [pytest.mark.django_db, pytest.mark.on_sqlite]
AGENCIES = ("hdnd", "ubnd", "mttq", "ldld", "hnd", "pn", "ccb", "dtn")


@pytest.fixture
def cast() -> Cast:
    """The agencies of the story's program with the Front, each with a head; those that have one with a leader."""
    unit, cast = make_unit(), Cast()
    for place, code in enumerate(AGENCIES, start=1):
        cast.agencies[code] = make_agency(unit, code, f"Cơ quan {code}", protocol_order=place)
        make_office(cast.agencies[code], f"Chủ tịch {code}", "CHỦ TỊCH", is_head=True)
    for code in AGENCIES[:3]:
        cast.members[f"chu-tich-{code}"] = make_member(cast.agencies[code], Role.LEADER)
    cast.members["thu-ky"] = secretary_of(cast.agencies["hdnd"])
    cast.members["quan-tri-don-vi"] = make_member(cast.agencies["hdnd"], Role.UNIT_ADMIN)
    return cast


def test_all_parties_sign_with_tokens_of_their_own_and_the_lead_with_its_seal(cast, tmp_path: Path):
    parties = [cast.agencies[code] for code in ("hdnd", "ubnd", "hnd")]
    program = make_program("signing", agencies=parties, document_symbol="CTPH-MAU")
    with override_settings(SIGNING_TRUST=tmp_path / "trust"):
        sign_digitally(cast, [live_version(program)], clock.now(), tmp_path / "signer")
    program = Program.objects.get(pk=program.pk)
    assert (program.state, program.document_number) == (ProgramState.IN_FORCE, 1)
    brought = SignedState.objects.filter(ordinal__gte=1).order_by("ordinal")
    assert [state.subject for state in brought] == [
        "Chủ tịch ubnd", "Chủ tịch hnd", "Chủ tịch hdnd", "Dấu Cơ quan hdnd",
    ]  # fmt: skip
    assert not list((tmp_path / "trust").glob("*.key"))
