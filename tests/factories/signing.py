"""Programs with a file to sign: a test authority, certificates registered for the parties, the stand-in that signs."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from django.test import override_settings

from agencies.access.enums import Role
from agencies.certificates.services import register_certificate
from agencies.models import Agency, Membership
from coordination.models import Program, SignatureSlot
from coordination.programs import services as programs
from coordination.programs.enums import SignatureMethod
from coordination.programs.queries import signing_stand
from coordination.register.services import assign_number
from portal.demo.signer.authority import Authority, Issued, new_authority
from portal.demo.signer.signing import sign
from portal.demo.signer.tokens import signer_of
from records import clock
from reports.signing import services as signing
from reports.signing.models import SignedState, SigningField
from reports.signing.queries import current_state, live_round
from tests.factories.people import make_member, make_office
from tests.factories.programs import make_program, secretary_of


@cache
def authority() -> Authority:
    """The authority of the tests; making keys takes time, so there is one."""
    return new_authority()


@cache
def rogue() -> Authority:
    """Another authority that goes by the same name."""
    return new_authority()


@contextmanager
def trusting(*lists: bytes) -> Iterator[Path]:
    """A portal that trusts the authority of the tests, with these lists of revoked certificates."""
    with TemporaryDirectory(prefix="trust-") as folder:
        authority().write_trust(Path(folder))
        for number, content in enumerate(lists):
            Path(folder, f"revoked-{number}.crl").write_bytes(content)
        with override_settings(SIGNING_TRUST=Path(folder)):
            yield Path(folder)


@cache
def certificate(name: str) -> Issued:
    """A certificate of signature with its key, one for each name."""
    return authority().issue(name, "Cơ quan mẫu")


@dataclass
class Table:
    """A program at the table where it is signed: each party's leader and certificates by its place to sign."""

    program: Program
    secretary: Membership
    leaders: dict[int, Membership] = field(default_factory=dict)
    certificates: dict[str, Issued] = field(default_factory=dict)

    def fields(self) -> list[SigningField]:
        return list(live_round(self.program).fields.select_related("slot", "round__version__program"))

    def field(self, name: str) -> SigningField:
        return next(one for one in self.fields() if one.name == name)

    def content(self) -> bytes:
        """The file as it stands now."""
        return current_state(live_round(self.program)).file.content()

    def signed(self, name: str, content: bytes | None = None, *, by: Issued | None = None, **how) -> bytes:
        """The file with the signature of a field, as the party's own tool makes it."""
        signer = signer_of(by or self.certificates[name], authority())
        how.setdefault("field", name)
        return sign(content or self.content(), signer, moment=how.pop("moment", clock.now()), **how)

    def take(self, name: str, content: bytes, *, actor: Membership | None = None) -> SignedState:
        """Bring a file back for a field, by its party's leader."""
        found = self.field(name)
        return signing.take_signed(found, actor=actor or self.leaders[found.slot.position], content=content)

    def sign_all(self) -> None:
        """Every field in turn."""
        for one in self.fields():
            if not SignedState.objects.filter(field=one).exists():
                self.take(one.name, self.signed(one.name))


def lay_table(
    parties: int = 3,
    *,
    digital: Sequence[int] | None = None,
    seals: Sequence[int] = (),
    ranks: dict[int, int] | None = None,
    prepared: bool = True,
    **facts,
) -> Table:
    """A program locked for signing whose parties, by their place to sign, sign digitally, some with a seal."""
    program = make_program("signing", parties=parties, **facts)
    return set_table(program, digital=digital, seals=seals, ranks=ranks or {}, prepared=prepared)


def set_table(
    program: Program,
    *,
    digital: Sequence[int] | None = None,
    seals: Sequence[int] = (),
    ranks: dict[int, int] | None = None,
    prepared: bool = True,
    secretary: Membership | None = None,
) -> Table:
    """A program that is being signed made ready for digital signatures: order, certificates, number, file."""
    table = Table(program, secretary or secretary_of(program.drafting_agency))
    slots = signing_stand(program).slots
    digital = [slot.position for slot in slots] if digital is None else digital
    ways = {True: SignatureMethod.DIGITAL, False: SignatureMethod.PAPER}
    plans = [
        programs.SlotPlan(
            slot.pk, (ranks or {}).get(slot.position, 1), ways[slot.position in digital], slot.position in seals
        )
        for slot in slots
    ]
    programs.plan_signing(program, actor=table.secretary, plans=plans)
    for slot in slots:
        seat(table, slot, is_digital=slot.position in digital, is_sealed=slot.position in seals)
    assign_number(program, actor=table.secretary, symbol="CTPH-MAU")
    table.program = Program.objects.get(pk=program.pk)
    if prepared:
        signing.prepare_file(table.program, actor=table.secretary, dated_on=clock.today())
        table.program = Program.objects.get(pk=program.pk)
    return table


def seat(table: Table, slot: SignatureSlot, *, is_digital: bool, is_sealed: bool) -> None:
    """A party's leader, and its certificates registered where it signs digitally."""
    agency = slot.party.agency
    leader = agency.memberships.filter(role=Role.LEADER).first() or make_member(agency, Role.LEADER)
    table.leaders[slot.position] = leader
    if (is_digital or is_sealed) and not agency.offices.filter(is_head=True).exists():
        make_office(agency, slot.title.capitalize(), slot.title, is_head=True)
    if is_digital:
        name = f"ky-{slot.position}"
        table.certificates[name] = certificate(f"{slot.title} {slot.agency_name}")
        register(agency, table.certificates[name], secretary_of(agency))
    if is_sealed:
        name = f"dau-{slot.position}"
        table.certificates[name] = certificate(f"Dấu {slot.agency_name}")
        register(agency, table.certificates[name], secretary_of(agency), as_seal=True)


def register(agency: Agency, issued: Issued, actor: Membership, *, as_seal: bool = False):
    """Register a certificate for the head of an agency, or for its seal; one that is registered stays."""
    office = None if as_seal else agency.offices.get(is_head=True)
    content = issued.certificate.public_bytes(Encoding.PEM)
    fingerprint = issued.certificate.fingerprint(SHA256()).hex()
    if kept := agency.signing_certificates.live().filter(fingerprint=fingerprint, office=office).first():
        return kept
    return register_certificate(agency, actor=actor, content=content, office=office, reason="Cấp lần đầu")
