"""What happens to single numbers: taken, used, voided; skipped ones are explained."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from agencies.models import Membership
from coordination.programs.models import Program
from coordination.programs.queries import live_version
from coordination.programs.services import clear_number
from coordination.programs.services.doors import locked
from coordination.register.enums import GapReason, NumberState
from coordination.register.models import NumberSeries, RegisterEntry
from coordination.register.services.series import locked_series, must_be_a_number
from records import clock
from records.audit.enums import AuditAction
from records.audit.services import record
from records.errors import Conflict, RuleBroken

MOST_EXPLAINED = 500
LONGEST_SUBJECT = 300


@transaction.atomic
def reserve_number(
    series: NumberSeries,
    *,
    actor: Membership,
    subject: str,
    number: int | None = None,
    symbol: str = "",
    dated_on: date | None = None,
    skipped: str = "",
) -> RegisterEntry:
    """Take a number for a paper kept outside the portal: the next one, or a wanted one that is still free.

    Rule: R-NUMBER-2. Numbers of programs are taken by `assign_number`.
    Raises: NotAllowed; RuleBroken naming the field.
    """
    series = locked_series(series, actor=actor)
    subject = _line(subject, "subject")
    if not subject:
        raise RuleBroken(_("Say what the number is for"), "subject")
    if dated_on is not None and not series.valid_from <= dated_on <= series.valid_to:
        raise RuleBroken(_("The day lies outside the period of this series"), "dated_on")
    return take(series, actor=actor, number=number, skipped=skipped, subject=subject, symbol=symbol, dated_on=dated_on)


def take(
    series: NumberSeries, *, actor: Membership, number: int | None = None, skipped: str = "", **facts
) -> RegisterEntry:
    """Take a number out of a locked series; the caller has asked whether the actor may.

    Rule: R-NUMBER-2. A number is taken once, and what is skipped on the way to it is explained in the same act.
    Raises: RuleBroken for a number already taken or a gap that nobody explains.
    """
    number = series.next_number if number is None else number
    must_be_a_number(number, "number")
    if series.entries.filter(number=number).exists():
        raise _taken()
    if number > series.next_number:
        _explain_skipped(series, number - 1, skipped, actor)
    entry = _entered(series, number, actor, **facts)
    record(AuditAction.CREATED, actor=actor, about=entry, after=_told(entry))
    if number >= series.next_number:
        _count_on(series, number + 1)
    return entry


@transaction.atomic
def use_number(entry: RegisterEntry, *, actor: Membership, used_on: date) -> RegisterEntry:
    """Note that a reserved number stands on a paper that left the office.

    Why not for a program: its number is used by issuing it.
    Raises: NotAllowed; Conflict when the number is no longer reserved; RuleBroken for a day to come.
    """
    locked_series(entry.series, actor=actor)
    entry = _reserved(entry)
    if entry.program_id:
        raise RuleBroken(_("The number of a program is used when the program is issued"))
    if used_on > clock.today():
        raise RuleBroken(_("The day must not be in the future"), "used_on")
    mark_used(entry, actor=actor, used_on=used_on)
    return entry


def mark_used(entry: RegisterEntry, *, actor: Membership, used_on: date, dated_on: date | None = None) -> None:
    """Write that a number is used; the caller holds its series or its program and has asked whether the actor may."""
    entry.state, entry.used_on, entry.dated_on = NumberState.USED, used_on, dated_on or entry.dated_on
    entry.save(update_fields=["state", "used_on", "dated_on"])
    _record_state(entry, NumberState.RESERVED, actor, {"used_on": used_on})


@transaction.atomic
def void_number(entry: RegisterEntry, *, actor: Membership, reason: str) -> RegisterEntry:
    """Void a reserved number with a reason; it is given to nothing else, and its program is without a number again.

    Rule: R-NUMBER-3.
    Raises: NotAllowed; Conflict when the number is no longer reserved; RuleBroken without a reason.
    """
    program = locked(entry.program, actor=actor) if entry.program_id else None
    locked_series(entry.series, actor=actor)
    entry = _reserved(entry)
    if not reason.strip():
        raise RuleBroken(_("Give the reason"), "reason")
    if program is not None:
        must_not_be_printed(program)
    mark_void(entry, actor=actor, reason=reason)
    if program is not None:
        clear_number(program, actor=actor, reason=reason)
    return entry


def must_not_be_printed(program: Program) -> None:
    """A number that a file prepared for signing prints stays: nothing is rendered again after the first signature.

    Raises: Conflict.
    """
    version = live_version(program)
    if version is not None and version.is_prepared:
        raise Conflict(_("The file to sign prints this number. It can be changed once that file is taken back."))


def mark_void(entry: RegisterEntry, *, actor: Membership, reason: str) -> None:
    """Write that a number is void; the caller holds its series or its program and has asked whether the actor may."""
    entry.state, entry.reason = NumberState.VOIDED, reason
    entry.save(update_fields=["state", "reason"])
    _record_state(entry, NumberState.RESERVED, actor, {"reason": reason})


@transaction.atomic
def explain_gap(
    series: NumberSeries, *, actor: Membership, first: int, last: int, why: str, words: str
) -> list[RegisterEntry]:
    """Say what became of numbers that have no entry: used on papers outside the portal, or void.

    The range may begin where the register stands, so that the next number comes after it.
    Raises: NotAllowed; RuleBroken for a range that is not free or leaves numbers before it unexplained.
    """
    series = locked_series(series, actor=actor)
    if why not in GapReason.values:
        raise RuleBroken(_("Choose one of the listed values"), "why")
    words = _line(words, "words")
    if not words:
        raise RuleBroken(_("Say what became of these numbers"), "words")
    must_be_a_number(first, "first")
    must_be_a_number(last, "last")
    if last < first:
        raise RuleBroken(_("The last number must not be smaller than the first"), "last")
    if first > series.next_number:
        told = {"number": series.next_number}
        raise RuleBroken(_("The register stands before number %(number)s: begin there") % told, "first")
    if series.entries.filter(number__range=(first, last)).exists():
        raise RuleBroken(_("Some of these numbers stand in the register already"), "first")
    return _explained(series, first, last, words, actor, GapReason(why))


def _explain_skipped(series: NumberSeries, last: int, words: str, actor: Membership) -> None:
    first, words = series.next_number, _line(words, "skipped")
    if not words:
        told = {"first": first, "last": last}
        one = _("Number %(first)s would be skipped. Take it, or say below what became of it.")
        several = _("Numbers %(first)s to %(last)s would be skipped. Take the first, or say below what became of them.")
        raise RuleBroken((one if first == last else several) % told, "number")
    _explained(series, first, last, words, actor, GapReason.OUTSIDE)


def _explained(
    series: NumberSeries, first: int, last: int, words: str, actor: Membership, why: GapReason
) -> list[RegisterEntry]:
    if last - first >= MOST_EXPLAINED:
        raise RuleBroken(_("At most 500 numbers can be explained at once"), "last")
    outside = why == GapReason.OUTSIDE
    facts = {"subject": words} if outside else {"reason": words}
    state = NumberState.USED if outside else NumberState.VOIDED
    entries = [_entered(series, number, actor, state=state, **facts) for number in range(first, last + 1)]
    told = {"first": first, "last": last, "why": str(why), "words": words}
    record(AuditAction.CHANGED, actor=actor, about=series, after=told)
    if last >= series.next_number:
        _count_on(series, last + 1)
    return entries


def _entered(series: NumberSeries, number: int, actor: Membership, **facts) -> RegisterEntry:
    try:
        with transaction.atomic():
            return RegisterEntry.objects.create(
                series=series, number=number, reserved_at=clock.now(), reserved_by=actor, **facts
            )
    except IntegrityError as broken:
        raise _taken() from broken


def _count_on(series: NumberSeries, number: int) -> None:
    series.next_number = number
    series.save(update_fields=["next_number"])


def _reserved(entry: RegisterEntry) -> RegisterEntry:
    """The entry as it stands now, its series being locked."""
    entry = RegisterEntry.objects.select_related("series__agency", "program").get(pk=entry.pk)
    if entry.state != NumberState.RESERVED:
        raise Conflict(_("This number is no longer reserved: %(state)s.") % {"state": entry.status.label})
    return entry


def _taken() -> RuleBroken:
    return RuleBroken(_("This number is already taken in the same series"), "number")


def _line(words: str, field: str) -> str:
    words = " ".join(words.split())
    if len(words) > LONGEST_SUBJECT:
        raise RuleBroken(_("At most 300 characters"), field)
    return words


def _told(entry: RegisterEntry) -> dict:
    program: Program | None = entry.program
    told = {"number": entry.number, "document_symbol": entry.symbol, "state": str(entry.state)}
    return told | ({"program": program.code} if program else {"subject": entry.subject})


def _record_state(entry: RegisterEntry, before: NumberState, actor: Membership, told: dict) -> None:
    number = {"number": entry.number, "state": str(entry.state)}
    record(AuditAction.CHANGED, actor=actor, about=entry, before={"state": str(before)}, after=number | told)
