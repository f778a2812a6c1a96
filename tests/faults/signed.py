"""The desk where a signed file is brought, and the steps at which whoever takes it can be killed."""

from collections.abc import Callable

from django.db import connections

from agencies.access.enums import Role
from agencies.models import Membership
from coordination.models import Program
from coordination.programs.queries import signing_stand
from coordination.programs.services.signing import places
from records.models import AuditEntry, StoredFile
from reports.signing.models import SignedState
from reports.signing.queries import live_round
from reports.signing.services import taking
from tests.factories.stored import path_of
from tests.faults.ground import Ground

Die = Callable[[], None]


class Desk:
    """The program that waits for its first signature, and the file with that signature in it."""

    def __init__(self, ground: Ground):
        self.program = Program.objects.get(pk=ground.office.number_to_sign)
        self.content = (ground.home / "signed.pdf").read_bytes()
        self.field = live_round(self.program).fields.select_related("slot", "round__version__program").first()
        self.leader = Membership.objects.get(agency=self.field.slot.party.agency, role=Role.LEADER)

    def take(self) -> SignedState:
        return taking.take_signed(self.field, actor=self.leader, content=self.content)

    def told(self) -> tuple:
        """Everything a signature leaves behind in the database."""
        connections.close_all()
        slots = signing_stand(Program.objects.get(pk=self.program.pk)).slots
        signed = [(slot.position, slot.signed_on) for slot in slots]
        return signed, SignedState.objects.count(), StoredFile.objects.count(), AuditEntry.objects.count()

    def is_signed_once(self) -> bool:
        state = SignedState.objects.get(field=self.field)
        return path_of(state.file).read_bytes() == self.content and self.told()[0][0][1] is not None


def _before(place, name: str) -> Callable[[Die], None]:
    def arm(die: Die) -> None:
        setattr(place, name, lambda *_told, **_facts: die())

    return arm


def _after(place, name: str) -> Callable[[Die], None]:
    def arm(die: Die) -> None:
        act = getattr(place, name)

        def acting(*told, **facts):
            act(*told, **facts)
            die()

        setattr(place, name, acting)

    return arm


STEPS: dict[str, Callable[[Die], None]] = {
    "received": _before(taking, "open_round"),
    "hashed": _after(taking, "_known"),
    "looked into": _after(taking, "_looked_into"),
    "stored": _after(taking, "keep_bytes"),
    "row": _after(SignedState.objects, "create"),
    "audit": _after(places, "record"),
    "signed": _after(taking, "record_digital_signature"),
}
