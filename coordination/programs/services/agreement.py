"""What a party says of the text before it is settled: agreement, with a reservation or without, or its refusal."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.access.decisions import require
from agencies.models import Membership
from coordination.programs.enums import AgreementGround, Stance
from coordination.programs.models import PartyAgreement, Program, ProgramParty
from coordination.programs.permissions import can_enter_agreement, can_state_agreement
from coordination.programs.queries import last_said, text_digest
from coordination.programs.services.doors import locked, must_be_in
from coordination.programs.services.snapshot import digest_of, snapshot_of
from coordination.programs.workflow import AGREEING_STATES
from records import clock
from records.audit.enums import AuditAction
from records.audit.services import named, record
from records.errors import Conflict, RuleBroken

LONGEST_WORDS, LONGEST_LETTER = 2000, 60
# Grounds somebody can give; silence is only counted.
_SAID = (AgreementGround.STATED, AgreementGround.LETTER)


@dataclass(frozen=True)
class Letter:
    """The paper an agreement came by: its number with symbol, and its day."""

    number: str
    on: date | None


@transaction.atomic
def record_agreement(
    program: Program,
    party: ProgramParty,
    *,
    actor: Membership,
    ground: str = AgreementGround.STATED,
    stance: str = Stance.AGREES,
    words: str = "",
    letter: Letter | None = None,
    read: str = "",
) -> PartyAgreement:
    """Keep what a party says of the text as it stands; it holds for this text alone and lapses with the next change.

    The party states it itself, or the drafting secretary enters what came by letter. `read` is the digest of the text
    the actor had before them.
    Rule: R-AGREE-1.
    Raises: NotAllowed; Conflict when the text or the program moved on meanwhile; RuleBroken naming the field.
    """
    program = locked(program, actor=actor)
    party = _own(program, party)
    may_state = can_state_agreement(actor, program, party)
    require(may_state if ground == AgreementGround.STATED else can_enter_agreement(actor, program))
    must_be_in(program, AGREEING_STATES)
    _check(ground, stance, words, letter)
    digest, before = text_digest(program), last_said(program, party)
    if read and read != digest:
        raise Conflict(_("The text was changed while you had it open. Read it again, then say what your agency says."))
    if before is not None and _says_the_same(before, digest, ground, stance, words):
        raise RuleBroken(_("This has been recorded already"), "stance")
    return _said(party, before, actor, ground=ground, stance=stance, words=words, letter=letter, digest=digest)


@transaction.atomic
def agree_by_silence(program: Program, party: ProgramParty, *, actor: Membership) -> PartyAgreement:
    """Count a party that was silent as one that agrees to the draft that was sent; its own word stands.

    Rule: R-AGREE-3. A building block that only `close_round` of the consultation calls, which holds the letter that
    said so and knows that its last day has passed. It is no act of its own, so that nobody can claim silence.
    Raises: NotAllowed; Conflict when the program moved on meanwhile.
    """
    program = locked(program, actor=actor)
    party = _own(program, party)
    require(can_enter_agreement(actor, program))
    must_be_in(program, AGREEING_STATES)
    digest, before = _sent(program, text_digest(program)), last_said(program, party)
    if before is not None and before.digest == digest:
        return before
    return _said(party, before, actor, ground=AgreementGround.SILENCE, digest=digest)


def _said(
    party: ProgramParty,
    before: PartyAgreement | None,
    actor: Membership,
    *,
    ground: str,
    digest: str,
    stance: str = Stance.AGREES,
    words: str = "",
    letter: Letter | None = None,
) -> PartyAgreement:
    said = PartyAgreement.objects.create(
        program=party.program,
        party=party,
        stance=stance,
        ground=ground,
        words=words.strip(),
        letter_number=letter.number.strip() if letter else "",
        letter_on=letter.on if letter else None,
        digest=digest,
        on=clock.today(),
        at=clock.now(),
        by=actor,
    )
    told = {"agreement": stance, "party": named(party.agency), "ground": ground, "words": said.words}
    if letter:
        told |= {"letter": said.letter_number, "letter_on": said.letter_on}
    before_told = {"agreement": before.stance} if before is not None else {}
    record(AuditAction.CHANGED, actor=actor, about=party.program, before=before_told, after=told | {"text": digest})
    return said


def _own(program: Program, party: ProgramParty) -> ProgramParty:
    found = program.parties.select_related("agency").filter(pk=party.pk).first()
    if found is None:
        raise Conflict(_("This agency is no longer a party of the program."))
    return found


def _check(ground: str, stance: str, words: str, letter: Letter | None) -> None:
    if ground not in _SAID or stance not in Stance.values:
        raise RuleBroken(_("Choose one of the listed values"), "stance")
    if stance == Stance.RESERVES and not words.strip():
        raise RuleBroken(_("Write the reservation"), "words")
    if stance == Stance.DISAGREES and not words.strip():
        raise RuleBroken(_("Give the reason"), "words")
    if len(words) > LONGEST_WORDS:
        raise RuleBroken(_("At most 2,000 characters"), "words")
    if ground != AgreementGround.LETTER:
        if letter is not None:
            raise RuleBroken(_("Only an agreement by letter names a letter"), "letter_number")
        return
    if letter is None or not letter.number.strip():
        raise RuleBroken(_("Enter the number and symbol of the letter"), "letter_number")
    if len(letter.number) > LONGEST_LETTER:
        raise RuleBroken(_("The number and symbol are too long"), "letter_number")
    if letter.on is None:
        raise RuleBroken(_("Enter the day of the letter"), "letter_on")
    if letter.on > clock.today():
        raise RuleBroken(_("The letter cannot be dated in the future"), "letter_on")


def _says_the_same(before: PartyAgreement, digest: str, ground: str, stance: str, words: str) -> bool:
    said = (before.digest, before.ground, before.stance, before.words)
    return said == (digest, ground, stance, words.strip()) and ground != AgreementGround.LETTER


def _sent(program: Program, digest: str) -> str:
    """The digest of the draft that was sent: that of today's text while nothing changed in it since.

    Otherwise it is the digest of the version itself, which today's text never has.
    """
    sent = program.versions.filter(for_signing=False).order_by("locked_at", "pk").last()
    unchanged = sent is None or digest_of(snapshot_of(program, clock.today())) == sent.digest
    return digest if unchanged else sent.digest
