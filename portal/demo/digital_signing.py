"""How the programs of 2022 were signed: each party with a token of its own, by the stand-in outside this process."""

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings

from agencies.access.enums import Role
from agencies.certificates.services import register_certificate
from agencies.people.services import grant_membership, open_account
from coordination.models import Program, ProgramVersion, SignatureSlot
from coordination.programs import services as programs
from coordination.programs.enums import SignatureMethod
from coordination.register import services as register
from portal.demo.accounts import SIGNERS, hashed_password
from portal.demo.directory import BEGINNING, Cast
from records import clock
from reports.signing import services as signing
from reports.signing.models import SigningField
from reports.signing.queries import current_state

REASON = "Chứng thư số thử nghiệm của dữ liệu mẫu"


class SigningTool:
    """The stand-in in a process of its own: keys are made and used there, certificates and signed files come back."""

    def __init__(self, folder: Path, process: subprocess.Popen, desk: Path):
        self.folder, self._process, self._desk = folder, process, desk

    def issue(self, token: str, title: str, organisation: str) -> bytes:
        """Make a token; its certificate, to be registered."""
        self._order({"issue": token, "title": title, "organisation": organisation})
        return (self.folder / "tokens" / f"{token}.cer").read_bytes()

    def sign(self, content: bytes, token: str, field: str, moment: datetime) -> bytes:
        """The file with one signature more."""
        handed, back = self._desk / "handed.pdf", self._desk / "back.pdf"
        handed.write_bytes(content)
        order = {"token": token, "field": field, "file": str(handed), "out": str(back), "at": moment.isoformat()}
        self._order(order)
        return back.read_bytes()

    def _order(self, order: dict) -> None:
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        if self._process.stdout.readline() != "done\n":
            raise RuntimeError("The stand-in of the signing tool has ended")


@contextmanager
def signing_tool(folder: Path) -> Iterator[SigningTool]:
    """The stand-in at work on a folder of its own; the portal trusts its authority."""
    command = [sys.executable, "-m", "portal.demo.signer", "--folder", str(folder)]
    subprocess.run([*command, "trust", str(settings.SIGNING_TRUST)], cwd=settings.ROOT, check=True)
    with TemporaryDirectory(prefix="desk-") as desk:
        process = subprocess.Popen(
            [*command, "pipe"], cwd=settings.ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        try:
            yield SigningTool(folder, process, Path(desk))
        finally:
            process.stdin.close()
            process.wait(timeout=30)
            process.stdout.close()


def sign_digitally(cast: Cast, versions: Sequence[ProgramVersion], moment: datetime, folder: Path) -> None:
    """All parties of the versions sign at one sitting, the lead last, its seal after it."""
    open_signers(cast)
    with signing_tool(folder) as tool:
        tokens: set[str] = set()
        with clock.standing_at(moment - timedelta(minutes=20)):
            for version in versions:
                prepare(cast, version, tool, tokens)
        waiting = [field for version in versions for field in _fields(version)]
        for turn, field in enumerate(waiting):
            with clock.standing_at(moment + timedelta(minutes=turn)):
                bring(cast, field, tool)


def open_signers(cast: Cast) -> None:
    """The heads of the organisations sign themselves, so they have accounts."""
    for account in SIGNERS:
        address = f"{account.username}@phoi-hop.invalid"
        user = open_account(account.username, None, hashed=hashed_password(), email=address)
        cast.members[account.username] = grant_membership(
            user, cast.agencies[account.agency], role=account.role, title=account.title, since=BEGINNING
        )


def prepare(cast: Cast, version: ProgramVersion, tool: SigningTool, tokens: set[str]) -> None:
    """Certificates are registered, order and ways set, the number taken, the file prepared."""
    program = Program.objects.get(pk=version.program_id)
    slots = list(version.slots.select_related("party__agency"))
    for slot in slots:
        _register(cast, slot, tool, tokens)
    programs.plan_signing(program, actor=cast.secretary, plans=[_plan(slot) for slot in slots])
    program = register.assign_number(program, actor=cast.secretary, symbol=program.document_symbol)
    signing.prepare_file(program, actor=cast.secretary, dated_on=clock.today())


def bring(cast: Cast, field: SigningField, tool: SigningTool) -> None:
    """One signature: the file is taken, signed outside, and brought back by the party's leader."""
    content = current_state(field.round).file.content()
    agency = field.slot.party.agency
    token = f"{agency.code}-dau" if field.is_seal else agency.code
    signed = tool.sign(content, token, field.name, clock.now())
    leader = next(one for one in cast.members.values() if one.agency_id == agency.pk and one.role == Role.LEADER)
    signing.take_signed(field, actor=leader, content=signed)


def _fields(version: ProgramVersion) -> list[SigningField]:
    fields = SigningField.objects.filter(round__version=version).order_by("turn")
    return list(fields.select_related("slot__party__agency", "round__version__program"))


def _plan(slot: SignatureSlot) -> programs.SlotPlan:
    """The lead signs after all others, with its seal."""
    is_lead = slot.party.is_lead
    return programs.SlotPlan(slot.pk, 2 if is_lead else 1, SignatureMethod.DIGITAL, is_sealed=is_lead)


def _register(cast: Cast, slot: SignatureSlot, tool: SigningTool, tokens: set[str]) -> None:
    """A token for the head of a party, and one for the seal of the lead, each once."""
    agency = slot.party.agency
    keeper, head, name = cast.members["quan-tri-don-vi"], agency.offices.get(is_head=True), str(agency)
    wanted = [(agency.code, head.title, head)]
    if slot.party.is_lead:
        wanted.append((f"{agency.code}-dau", f"Dấu {name}", None))
    for token, title, office in wanted:
        if token not in tokens:
            tokens.add(token)
            content = tool.issue(token, title, name)
            register_certificate(agency, actor=keeper, content=content, office=office, reason=REASON)
