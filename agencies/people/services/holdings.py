"""Appointing people to posts, ending that, correcting what was recorded of it."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from agencies.access.decisions import require
from agencies.directory.lineage import said_ended
from agencies.people.models import Membership, Office, OfficeHolding, Person
from agencies.people.permissions import can_keep_offices
from agencies.people.services.lives import must_begin_in_unit
from agencies.people.services.people import register_person
from records import clock, wording
from records.audit.enums import AuditAction
from records.audit.services import record
from records.errors import Conflict, RuleBroken


@dataclass(frozen=True)
class _Period:
    """The first day and, where it is known, the last."""

    since: date
    until: date | None

    def overlaps(self) -> Q:
        """The rows that hold on one of these days."""
        begun = Q() if self.until is None else Q(valid_from__lte=self.until)
        return begun & (Q(valid_to=None) | Q(valid_to__gte=self.since))


@transaction.atomic
def appoint(
    person: Person,
    office: Office,
    *,
    since: date,
    until: date | None = None,
    decision: str = "",
    is_acting: bool = False,
    actor: Membership | None = None,
) -> OfficeHolding:
    """A person takes an office from a day on, as its holder or, where it is the head's, as acting head.

    Rule: R-OFFICE-1 and R-OFFICE-2. A seat has one holder a day; nobody holds a post outside the life of its agency.
    Raises: NotAllowed; RuleBroken naming the field.
    """
    office = _locked(office)
    if actor is not None:
        require(can_keep_offices(actor, office.agency))
    period = _within_life(office, since, until)
    _must_suit(office, is_acting)
    _must_not_hold_twice(person, office, period)
    holding = OfficeHolding.objects.create(
        person=person,
        office=office,
        seat=_free_seat(office, period),
        is_acting=is_acting,
        valid_from=period.since,
        valid_to=period.until,
        decision=decision,
    )
    record(AuditAction.CREATED, actor=actor, about=holding, after=_told(holding))
    return holding


@transaction.atomic
def appoint_new_person(
    full_name: str,
    office: Office,
    *,
    since: date,
    until: date | None = None,
    decision: str = "",
    is_acting: bool = False,
    actor: Membership | None = None,
) -> OfficeHolding:
    """Record a person nobody has recorded yet and appoint them, in one act.

    Raises: NotAllowed; RuleBroken naming the field.
    """
    office = _locked(office)
    if actor is not None:
        require(can_keep_offices(actor, office.agency))
    terms = {"since": since, "until": until, "decision": decision, "is_acting": is_acting, "actor": actor}
    return appoint(register_person(full_name, actor=actor), office, **terms)


@transaction.atomic
def end_holding(
    holding: OfficeHolding, *, last_day: date, ended_by: str = "", actor: Membership | None = None
) -> OfficeHolding:
    """A person holds an office until a day.

    Raises: NotAllowed; Conflict when it has ended; RuleBroken for a day before the first or outside the agency's life.
    """
    holding = _locked_holding(holding, actor)
    if holding.valid_to is not None and holding.valid_to < clock.today():
        raise Conflict(_("%(person)s does not hold this post any more.") % {"person": holding.person})
    before = _told(holding)
    if holding.valid_to is not None and last_day > holding.valid_to:
        told = {"day": wording.day(holding.valid_to)}
        raise RuleBroken(_("It ends on %(day)s already. Choose an earlier day.") % told, "last_day")
    _within_life(holding.office, holding.valid_from, last_day, at="last_day")
    holding.valid_to, holding.ended_by = last_day, ended_by
    holding.save(update_fields=["valid_to", "ended_by"])
    record(AuditAction.ENDED, actor=actor, about=holding, before=before, after=_told(holding))
    return holding


@transaction.atomic
def correct_holding(
    holding: OfficeHolding,
    *,
    since: date,
    until: date | None,
    decision: str,
    is_acting: bool,
    reason: str,
    actor: Membership | None = None,
) -> OfficeHolding:
    """Put right what was recorded wrongly of a holding; the reason stays in the audit with what stood before.

    Raises: NotAllowed; RuleBroken naming the field.
    """
    holding = _locked_holding(holding, actor)
    if not reason.strip():
        raise RuleBroken(_("Give the reason"), "reason")
    office, before = holding.office, _told(holding)
    period = _within_life(office, since, until)
    _must_suit(office, is_acting)
    _must_not_hold_twice(holding.person, office, period, but=holding)
    holding.seat = _free_seat(office, period, but=holding)
    holding.valid_from, holding.valid_to = period.since, period.until
    holding.decision, holding.is_acting = decision, is_acting
    holding.save()
    after = _told(holding) | {"reason": reason.strip()}
    record(AuditAction.CHANGED, actor=actor, about=holding, before=before, after=after)
    return holding


def _locked(office: Office) -> Office:
    """The post's row held, so that of two appointments at once the second sees the first."""
    return Office.objects.select_for_update(of=("self",)).select_related("agency").get(pk=office.pk)


def _locked_holding(holding: OfficeHolding, actor: Membership | None) -> OfficeHolding:
    office = _locked(holding.office)
    if actor is not None:
        require(can_keep_offices(actor, office.agency))
    holding = OfficeHolding.objects.select_for_update(of=("self",)).select_related("person").get(pk=holding.pk)
    holding.office = office
    return holding


def _within_life(office: Office, since: date, until: date | None, *, at: str = "until") -> _Period:
    """The period, which lies in order and within the life of the post and its agency."""
    agency = office.agency
    if until is not None and until < since:
        told = {"day": wording.day(since)}
        raise RuleBroken(_("The last day must not be before the first day (%(day)s)") % told, at)
    if since < agency.valid_from:
        told = {"day": wording.day(agency.valid_from)}
        raise RuleBroken(_("The agency exists from %(day)s on") % told, "since")
    must_begin_in_unit(agency, since, "since")
    for ended, said in ((agency.valid_to, lambda: said_ended(agency)), (office.ended_on, lambda: _said_closed(office))):
        if ended is not None and since > ended:
            raise RuleBroken(said(), "since")
        if ended is not None and (until is None or until > ended):
            raise RuleBroken(said() + " " + _("Enter a last day that is not later."), at)
    return _Period(since, until)


def _said_closed(office: Office) -> str:
    return _("The post was closed on %(day)s.") % {"day": wording.day(office.ended_on)}


def _must_suit(office: Office, is_acting: bool) -> None:
    if is_acting and not office.is_head:
        raise RuleBroken(_("Only the head of an agency can be an acting one"), "is_acting")


def _must_not_hold_twice(person: Person, office: Office, period: _Period, *, but: OfficeHolding | None = None) -> None:
    """One person has one seat of a post at a time."""
    rows = office.holdings.filter(period.overlaps(), person=person)
    if rows.exclude(pk=but.pk if but else None).exists():
        raise RuleBroken(_("%(person)s holds this post in that period already.") % {"person": person}, "since")


def _free_seat(office: Office, period: _Period, *, but: OfficeHolding | None = None) -> int:
    """The first seat nobody has in the period; its own one stays where it is free."""
    rows = office.holdings.filter(period.overlaps()).exclude(pk=but.pk if but else None).select_related("person")
    taken = {row.seat: row for row in rows.order_by("-valid_from")}
    wanted = [but.seat] if but else []
    for seat in (*wanted, *range(1, office.seats + 1)):
        if seat not in taken:
            return seat
    raise RuleBroken(_seat_taken(office, taken[1]), "since")


def _seat_taken(office: Office, by: OfficeHolding) -> str:
    told = {"person": by.person, "since": wording.day(by.valid_from)}
    if office.is_head:
        return _("An agency has one head at a time: %(person)s since %(since)s. End that first.") % told
    if office.seats == 1:
        return _("%(person)s has held this post since %(since)s. End that first.") % told
    return _("All places of this post are taken in that period. End one first.")


def _told(holding: OfficeHolding) -> dict:
    return {
        "person": holding.person.full_name,
        "office": holding.office.title,
        "agency": holding.office.agency.code,
        "since": holding.valid_from,
        "until": holding.valid_to,
        "acting": holding.is_acting,
        "decision": holding.decision,
        "ended_by": holding.ended_by,
    }
