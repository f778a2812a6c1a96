"""The stand-in of the signing tool, as a program of its own: keys in a token of SoftHSM2 and in a PKCS#12 file."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.test import override_settings

from agencies.certificates.services import register_certificate
from coordination.programs.enums import ProgramState
from coordination.programs.models import Program
from records import clock
from records.errors import RuleBroken
from reports.signing.models import SignedState
from tests.factories.programs import secretary_of
from tests.factories.signing import Table, lay_table, trusting

pytestmark = [pytest.mark.django_db, pytest.mark.on_sqlite]
ROOT = Path(__file__).resolve().parent.parent.parent


def tool(folder: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    """One call of the stand-in, outside the process that serves."""
    command = [sys.executable, "-m", "portal.demo.signer", "--folder", folder, *arguments]
    return subprocess.run([str(part) for part in command], cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.fixture
def table(tmp_path) -> Table:
    """Two parties; the first signs with a token that gives no key away, the second with a file."""
    with trusting():
        laid = lay_table(2)
    for place, more in ((1, ["--pkcs11"]), (2, [])):
        made = tool(tmp_path, "issue", f"ben-{place}", "--title", f"CHỦ TỊCH Bên thứ {place}", *more)
        assert made.returncode == 0, made.stderr
        agency = laid.field(f"ky-{place}").slot.party.agency
        register_certificate(
            agency,
            actor=secretary_of(agency),
            content=Path(made.stdout.strip()).read_bytes(),
            office=agency.offices.get(is_head=True),
            reason="Thiết bị ký mới",
        )
    assert tool(tmp_path, "trust", tmp_path / "trust").returncode == 0
    return laid


def signed(folder: Path, table: Table, place: int, *more: object) -> bytes:
    """The file, signed by a party's token."""
    handed, back = folder / "handed.pdf", folder / "back.pdf"
    handed.write_bytes(table.content())
    done = tool(folder, "sign", f"ben-{place}", "--at", clock.now().isoformat(), *more, handed, back)
    assert done.returncode == 0, done.stderr
    return back.read_bytes()


def test_a_token_and_a_file_of_keys_sign_a_program_into_force_and_a_dishonest_tool_does_not(table, tmp_path):
    with override_settings(SIGNING_TRUST=tmp_path / "trust"):
        with pytest.raises(RuleBroken):
            table.take("ky-1", signed(tmp_path, table, 1, "--tamper", "page_replaced"))
        assert SignedState.objects.filter(ordinal__gte=1).count() == 0
        for place in (1, 2):
            table.take(f"ky-{place}", signed(tmp_path, table, place))
    assert Program.objects.get(pk=table.program.pk).state == ProgramState.IN_FORCE
    assert not [path for path in (tmp_path / "tokens").glob("ben-1*") if path.suffix not in (".cer", ".hsm")]
