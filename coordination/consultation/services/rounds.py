"""Opening a round, giving it a later day, closing it."""

from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from agencies.access.decisions import require
from agencies.models import Membership
from coordination.consultation.enums import Silence
from coordination.consultation.models import ConsultationRound
from coordination.consultation.permissions import can_keep_round, can_open_round
from coordination.consultation.queries.standings import Standings, standings_of
from coordination.consultation.services.doors import locked_round, must_be_open
from coordination.programs import services as programs
from coordination.programs.enums import ProgramState
from coordination.programs.models import Program
from coordination.programs.services.agreement import agree_by_silence
from coordination.programs.services.doors import locked
from records import clock
from records.audit.enums import AuditAction
from records.audit.services import record
from records.errors import Conflict, RuleBroken

_LARGEST = 99_999


@transaction.atomic
def open_round(
    program: Program,
    *,
    actor: Membership,
    until: date,
    silence: str,
    letter_number: int | None = None,
    letter_symbol: str = "",
    letter_on: date | None = None,
) -> ConsultationRound:
    """Freeze the draft as it stands and ask every party for its comments on that version until a day.

    Rule: R-COMMENT-4. What silence means is what the letter said, and does not change afterwards.
    Raises: NotAllowed; Conflict when the program is past drafting; RuleBroken naming the field.
    """
    program = locked(program, actor=actor)
    require(can_open_round(actor, program))
    _check_letter(silence, letter_number, letter_symbol, letter_on)
    if program.consultation_rounds.filter(closed_at=None).exists():
        raise Conflict(_("A round of comments is open already."))
    if until < clock.today():
        raise RuleBroken(_("The last day for comments must not be in the past"), "until")
    version = programs.freeze(program, actor=actor)
    program = _sent(program, actor, until)
    last = program.consultation_rounds.aggregate(last=Max("number"))["last"] or 0
    round = ConsultationRound.objects.create(
        program=program,
        number=last + 1,
        version=version,
        letter_number=letter_number,
        letter_symbol=letter_symbol,
        letter_on=letter_on,
        opened_on=clock.today(),
        opened_by=actor,
        first_until=until,
        comments_until=until,
        silence=silence,
    )
    letter = f"{letter_number or '…'}/{letter_symbol}" if letter_symbol else ""
    told = {"round": round.number, "version": version.label, "comments_until": until, "silence": silence}
    record(AuditAction.CREATED, actor=actor, about=round, after=told | {"letter": letter, "letter_on": letter_on})
    return round


@transaction.atomic
def extend_round(round: ConsultationRound, *, actor: Membership, until: date, reason: str) -> ConsultationRound:
    """Give all parties a later day, with the reason; also after the day has passed, while nobody has closed the round.

    Raises: NotAllowed; Conflict when the round was closed; RuleBroken naming the field.
    """
    round = locked_round(round, actor=actor)
    require(can_keep_round(actor, round))
    must_be_open(round)
    if until <= round.comments_until or until < clock.today():
        raise RuleBroken(_("The new day must be later than the present one and not in the past"), "until")
    if not reason.strip():
        raise RuleBroken(_("Give the reason"), "reason")
    before, program = round.comments_until, round.program
    round.comments_until = program.comments_until = until
    round.save(update_fields=["comments_until"])
    program.save(update_fields=["comments_until"])
    record(
        AuditAction.CHANGED,
        actor=actor,
        about=program,
        before={"comments_until": before},
        after={"comments_until": until, "reason": reason},
    )
    return round


@transaction.atomic
def close_round(round: ConsultationRound, *, actor: Membership, reason: str = "") -> ConsultationRound:
    """End a round after its last day, or earlier once all parties have replied or with a reason.

    Rule: R-COMMENT-4. A party that neither declared nor wrote anything by the last day is counted as the letter said;
    where silence counts as agreement, its agreement is recorded on that ground. Closed early, silence means nothing.
    Raises: NotAllowed; Conflict when it is closed already; RuleBroken without a reason where one is needed.
    """
    round = locked_round(round, actor=actor)
    require(can_keep_round(actor, round))
    must_be_open(round)
    standings = standings_of(round)
    if needs_reason(round, standings) and not reason.strip():
        raise RuleBroken(_("The last day has not passed and not all parties have replied. Give the reason"), "reason")
    round.closed_at, round.closed_by, round.close_reason = clock.now(), actor, reason
    round.save(update_fields=["closed_at", "closed_by", "close_reason"])
    round.program = programs.end_comments(round.program, actor=actor)
    if round.silence == Silence.AGREEMENT and round.silence_counts:
        for one in standings.not_replied:
            if one.party is not None:
                agree_by_silence(round.program, one.party, actor=actor)
    told = {"round": round.number, "silent": [one.name for one in standings.not_replied], "silence": round.silence}
    record(AuditAction.ENDED, actor=actor, about=round, after=told | ({"reason": reason} if reason.strip() else {}))
    return round


def needs_reason(round: ConsultationRound, standings: Standings) -> bool:
    """Whether closing now cuts somebody short: the last day is not over and somebody has not replied."""
    return clock.today() <= round.comments_until and not standings.have_all_replied


def _sent(program: Program, actor: Membership, until: date) -> Program:
    """The program in consultation until the day; one that was sent before there were rounds is only given the day."""
    if program.state != ProgramState.CONSULTING:
        return programs.send_for_comments(program, actor=actor, until=until)
    before, program.comments_until = program.comments_until, until
    program.save(update_fields=["comments_until"])
    told = {"before": {"comments_until": before}, "after": {"comments_until": until}}
    record(AuditAction.CHANGED, actor=actor, about=program, **told)
    return program


def _check_letter(silence: str, number: int | None, symbol: str, on: date | None) -> None:
    if silence not in Silence.values:
        raise RuleBroken(_("Choose one of the listed values"), "silence")
    if number is not None and not 1 <= number <= _LARGEST:
        raise RuleBroken(_("The number must be between 1 and 99999"), "letter_number")
    if number is not None and not symbol.strip():
        raise RuleBroken(_("Enter the symbol of the letter"), "letter_symbol")
    if on is not None and on > clock.today():
        raise RuleBroken(_("The letter cannot be dated in the future"), "letter_on")
