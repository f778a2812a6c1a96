"""Where the signing of a file stands: its fields in turn, its states, the one that is open now."""

from dataclasses import dataclass

from agencies.models import Membership
from coordination.models import Program, SignatureSlot
from coordination.programs.enums import SIGNED_STATES
from coordination.programs.permissions import signs_for
from coordination.programs.queries import live_version, whose_turn
from records.models import StoredFile
from reports.signing.models import SignedState, SigningField, SigningRound


@dataclass(frozen=True)
class FieldView:
    """One field with the signature in it, if any, and whether it is open now and the reader's own."""

    field: SigningField
    signature: SignedState | None
    is_open: bool
    is_mine: bool

    @property
    def slot(self) -> SignatureSlot:
        return self.field.slot

    @property
    def is_turn(self) -> bool:
        """The reader may bring this signature now."""
        return self.is_open and self.is_mine


@dataclass(frozen=True)
class RoundView:
    """A round as its page shows it: seven queries for any number of parties."""

    round: SigningRound
    fields: tuple[FieldView, ...]
    states: tuple[SignedState, ...]

    @property
    def current(self) -> SignedState:
        return self.states[-1]

    @property
    def signed(self) -> int:
        return len(self.states) - 1

    @property
    def total(self) -> int:
        return len(self.fields)

    @property
    def mine(self) -> tuple[FieldView, ...]:
        return tuple(field for field in self.fields if field.is_turn)

    @property
    def open(self) -> FieldView | None:
        return next((field for field in self.fields if field.is_open), None)


def live_round(program: Program) -> SigningRound | None:
    """The round of the live version, with its file; None while none is prepared."""
    version = live_version(program)
    if version is None or not version.is_prepared:
        return None
    round = version.signing_rounds.filter(withdrawn_at=None).first()
    if round is not None:
        version.program = program
        round.version = version
    return round


def next_field(round: SigningRound) -> SigningField | None:
    """The first field nobody has signed, where its party may sign now.

    Rule: R-SIGN-5. Digital signatures go into one file one after another; a party of a later rank waits.
    """
    field = round.fields.filter(signature=None).select_related("slot__party").order_by("turn").first()
    if field is None or field.slot not in whose_turn(round.version.slots.all()):
        return None
    return field


def current_state(round: SigningRound) -> SignedState:
    """The file as it stands now."""
    return round.states.select_related("file").order_by("ordinal").last()


def round_view(actor: Membership, program: Program) -> RoundView | None:
    """The round of the live version as the reader sees it."""
    round = live_round(program)
    if round is None:
        return None
    fields = list(round.fields.select_related("slot__party__agency", "slot__party__signs_through"))
    states = list(round.states.select_related("file", "taken_by__agency", "certificate"))
    by_field = {state.field_id: state for state in states if state.field_id}
    is_over = round.version.voided_at is not None or program.state in SIGNED_STATES
    coming = None if is_over else next_field(round)
    return RoundView(
        round,
        tuple(
            FieldView(
                field,
                by_field.get(field.pk),
                coming is not None and field.pk == coming.pk,
                signs_for(actor, field.slot),
            )
            for field in fields
        ),
        tuple(states),
    )


def signed_file_of(program: Program) -> StoredFile | None:
    """The very bytes the parties sign: as far as they are signed, or whole; None where there is no such file.

    Rule: R-SIGN-10. Nothing is rendered again once this file stands: it is what is read, printed and issued.
    """
    round = live_round(program)
    return current_state(round).file if round is not None else None
