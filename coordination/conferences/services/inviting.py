"""Inviting by office held: a list is put together, sent out at once, and what was sent is only withdrawn."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.access.decisions import require, unseen
from agencies.directory.lineage import must_exist_on
from agencies.models import Agency, AgencyName, Membership, Office
from coordination.conferences.enums import Presence, Rank
from coordination.conferences.models import Attendance, Conference, Invitation
from coordination.conferences.permissions import can_keep_record, can_run_conference
from coordination.conferences.queries.seats import Seat, head_seats, seats_of
from coordination.conferences.services.groups import group_called, recount, swap
from coordination.conferences.services.locking import held, locked, next_position
from records import clock, wording
from records.audit.enums import AuditAction
from records.audit.services import record, record_many
from records.errors import RuleBroken

MOST_AT_ONCE = 500


@dataclass(frozen=True)
class Guest:
    """Somebody invited whose post is not in the portal's directory; the agency may be, and then it answers."""

    title: str
    agency_name: str = ""
    name: str = ""
    agency: Agency | None = None


@transaction.atomic
def invite(
    conference: Conference,
    *,
    actor: Membership,
    group: str,
    agencies: Sequence[Agency] = (),
    offices: Sequence[Office] = (),
    guest: Guest | None = None,
    rank_asked: Rank = Rank.DEPUTY,
) -> list[Invitation]:
    """Put on the list of a protocol group the heads of agencies, the holders of posts, a guest from elsewhere.

    Rule: R-PEOPLE-2. The post is invited, not the person: title and holder are noted as on the day of the conference,
    and a post that stands on the list already is left where it is.
    Raises: NotAllowed; RuleBroken when nobody is named or an agency does not exist on that day.
    """
    conference = locked(conference)
    require(can_run_conference(actor, conference))
    seats = _seats(conference, actor, agencies, offices, guest)
    if not group.strip():
        raise RuleBroken(_("Enter the group"), "group")
    if len(seats) > MOST_AT_ONCE:
        raise RuleBroken(_("Invite at most %(n)s at once.") % {"n": MOST_AT_ONCE}, "agencies")
    wanted = [_invitation(seat, rank_asked, conference.held_on) for seat in _not_yet(conference, seats)]
    wanted += [_guest_invited(conference, guest, rank_asked)] if guest and guest.title.strip() else []
    if not wanted and not seats:
        raise RuleBroken(_("Choose whom to invite"), "agencies")
    return _put_on_list(conference, group_called(conference, group, actor=actor), wanted, actor=actor)


@transaction.atomic
def admit(conference: Conference, *, actor: Membership, group: Attendance, guest: Guest) -> Invitation:
    """Seat somebody who came without having been invited; who invited them at the door is noted.

    Rule: R-PEOPLE-5.
    Raises: NotAllowed; RuleBroken before the day of the conference or without a title.
    """
    conference = locked(conference)
    require(can_keep_record(actor, conference))
    if clock.today() < conference.held_on:
        raise RuleBroken(_("Attendance is taken on the day of the conference."))
    if not guest.title.strip():
        raise RuleBroken(_("Enter the title"), "title")
    if group.conference_id != conference.pk:
        require(unseen())
    came = _guest_invited(conference, guest, Rank.OFFICIAL)
    came.is_walk_in = True
    came.presence, came.marked_at, came.marked_by = Presence.PRESENT, clock.now(), actor
    (came,) = _put_on_list(conference, group_called(conference, group.group, actor=actor), [came], actor=actor)
    return came


@transaction.atomic
def send_invitations(conference: Conference, *, actor: Membership, reply_by: date | None = None) -> int:
    """Send every invitation that has not gone out; the agencies see it and answer. How many were sent.

    Rule: R-PEOPLE-3.
    Raises: NotAllowed; RuleBroken when none is left to send, or the answer is asked for a day too late or past.
    """
    conference = locked(conference)
    require(can_run_conference(actor, conference))
    if reply_by is not None and not clock.today() <= reply_by <= conference.held_on:
        told = {"day": wording.day(conference.held_on)}
        raise RuleBroken(_("Ask for the answer between today and the conference (%(day)s).") % told, "reply_by")
    waiting = list(conference.invitations.standing().filter(sent_at=None, is_walk_in=False).in_seat_order())
    if not waiting:
        raise RuleBroken(_("There is no invitation left to send."))
    now = clock.now()
    conference.invitations.filter(pk__in=[one.pk for one in waiting]).update(sent_at=now)
    if reply_by is not None:
        conference.reply_by = reply_by
        conference.save(update_fields=["reply_by"])
    record(AuditAction.INVITED, actor=actor, about=conference, after={"sent": len(waiting), "reply_by": reply_by})
    record_many(AuditAction.INVITED, actor=actor, told=[(one, {"sent_at": now}) for one in waiting])
    return len(waiting)


@transaction.atomic
def correct_invitation(
    invitation: Invitation, *, actor: Membership, title: str, person_name: str, rank_asked: Rank, group: str
) -> Invitation:
    """Correct how an invitation is printed, who may come in its place and in which group it stands.

    Raises: NotAllowed; RuleBroken without a title or group.
    """
    conference = locked(invitation.conference)
    require(can_keep_record(actor, conference))
    invitation = held(invitation)
    for value, field, words in ((title, "title", _("Enter the title")), (group, "group", _("Enter the group"))):
        if not value.strip():
            raise RuleBroken(words, field)
    left = invitation.group
    before = _told(invitation) | {"group": left.group}
    invitation.title, invitation.person_name, invitation.rank_asked = title, person_name, rank_asked
    if group != left.group:
        invitation.group = group_called(conference, group, actor=actor)
        invitation.position = next_position(invitation.group.invitations)
    invitation.save()
    recount(left)
    if invitation.group != left:
        recount(invitation.group)
    after = _told(invitation) | {"group": invitation.group.group}
    if after != before:
        record(AuditAction.CHANGED, actor=actor, about=invitation, before=before, after=after)
    return invitation


@transaction.atomic
def withdraw_invitation(invitation: Invitation, *, actor: Membership, reason: str = "") -> None:
    """Take an invitation off the list; one that was sent is kept, withdrawn for a reason.

    Rule: R-PEOPLE-3.
    Raises: NotAllowed; RuleBroken without a reason, or when attendance was already marked.
    """
    conference = locked(invitation.conference)
    require(can_run_conference(actor, conference))
    invitation = held(invitation)
    if invitation.presence:
        raise RuleBroken(_("Attendance was already marked; take the mark away first."))
    group, told = invitation.group, _told(invitation)
    if invitation.sent_at is None:
        record(AuditAction.ENDED, actor=actor, about=invitation, before=told)
        invitation.delete()
    else:
        if not reason.strip():
            raise RuleBroken(_("Say why the invitation is withdrawn"), "reason")
        invitation.withdrawn_at, invitation.withdrawal_reason = clock.now(), reason
        invitation.save(update_fields=["withdrawn_at", "withdrawal_reason"])
        record(AuditAction.ENDED, actor=actor, about=invitation, before=told, after={"reason": reason})
    recount(group)


@transaction.atomic
def move_seat(invitation: Invitation, *, actor: Membership, up: bool) -> bool:
    """Put an invitation one seat up or down within its group; whether it moved.

    Raises: NotAllowed.
    """
    conference = locked(invitation.conference)
    require(can_keep_record(actor, conference))
    invitation = held(invitation)
    seats = invitation.group.invitations.standing().order_by("position", "number")
    if not swap(list(seats), invitation, up=up):
        return False
    place = list(seats.values_list("pk", flat=True)).index(invitation.pk) + 1
    record(AuditAction.CHANGED, actor=actor, about=invitation, after={"place": place})
    return True


def _seats(
    conference: Conference,
    actor: Membership,
    agencies: Sequence[Agency],
    offices: Sequence[Office],
    guest: Guest | None,
) -> list[Seat]:
    """The heads of the agencies and the holders of the posts, each once, in the directory's order."""
    of_posts = seats_of(offices, conference.held_on)
    whose = [*agencies, *(seat.agency for seat in of_posts), *([guest.agency] if guest and guest.agency else [])]
    asked = {agency.pk for agency in whose}
    if Agency.objects.visible_to(actor).filter(pk__in=asked).count() != len(asked):
        require(unseen())
    must_exist_on(whose, conference.held_on, "agencies")
    found: dict[tuple, Seat] = {}
    for seat in [*head_seats(agencies, conference.held_on), *of_posts]:
        found.setdefault(_key(seat), seat)
    return list(found.values())


def _not_yet(conference: Conference, seats: Iterable[Seat]) -> list[Seat]:
    listed = conference.invitations.standing().values_list("agency_id", "office_id", "person_id", "title")
    there = {(agency, office, person, "" if office else title) for agency, office, person, title in listed}
    return [seat for seat in seats if _key(seat) not in there]


def _key(seat: Seat) -> tuple:
    """A post is told by itself and its holder, an agency without a recorded post by what its head is called."""
    person = seat.person.pk if seat.person else None
    return (seat.agency.pk, seat.office.pk if seat.office else None, person, "" if seat.office else seat.title)


def _invitation(seat: Seat, rank_asked: Rank, day: date) -> Invitation:
    return Invitation(
        agency=seat.agency,
        office=seat.office,
        person=seat.person,
        title=seat.title,
        agency_name=_beside(seat.title, seat.agency.name_on(day)),
        person_name=seat.name,
        rank_asked=rank_asked,
    )


def _guest_invited(conference: Conference, guest: Guest, rank_asked: Rank) -> Invitation:
    agency_name = guest.agency_name
    if guest.agency:
        agency_name = _beside(guest.title, guest.agency.name_on(conference.held_on))
    return Invitation(
        agency=guest.agency,
        title=guest.title,
        agency_name=agency_name,
        person_name=guest.name,
        rank_asked=rank_asked,
    )


def _beside(title: str, name: AgencyName) -> str:
    """The agency's name as it is printed after a title; none after one that has its short name: Bí thư Huyện đoàn."""
    is_named = name.short_name.casefold() in title.casefold() and name.name.casefold() not in title.casefold()
    return "" if is_named else name.name


def _put_on_list(
    conference: Conference, group: Attendance, wanted: list[Invitation], *, actor: Membership
) -> list[Invitation]:
    last = conference.invitations.order_by("-number").values_list("number", flat=True).first() or 0
    place = next_position(group.invitations)
    for step, one in enumerate(wanted):
        one.conference, one.group = conference, group
        one.number, one.position = last + step + 1, place + step
    made = Invitation.objects.bulk_create(wanted)
    recount(group)
    record_many(AuditAction.CREATED, actor=actor, told=[(one, _told(one) | {"group": group.group}) for one in made])
    return made


def _told(invitation: Invitation) -> dict:
    """The columns an audit entry tells about."""
    return {name: getattr(invitation, name) for name in ("title", "agency_name", "person_name", "rank_asked")}
