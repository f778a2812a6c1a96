"""Who is invited to a conference, what they answered and who came, group by group in seat order."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from agencies.models import Agency, Membership
from coordination.conferences.enums import Presence, Reply
from coordination.conferences.models import Attendance, Conference, Invitation
from records import text


@dataclass(frozen=True)
class GroupRow:
    """A protocol group with those of its invitations that are shown."""

    group: Attendance
    invitations: Sequence[Invitation]


@dataclass(frozen=True)
class PeopleCounts:
    """How the invitations of a conference stand."""

    all: int
    unsent: int
    replies: dict[str, int]
    presences: dict[str, int]
    wrong_rank: int

    @property
    def sent(self) -> int:
        return sum(self.replies.values())

    @property
    def awaited(self) -> int:
        return self.replies.get(Reply.AWAITED, 0)

    @property
    def coming(self) -> int:
        return self.replies.get(Reply.COMING, 0)

    @property
    def delegates(self) -> int:
        return self.replies.get(Reply.DELEGATE, 0)

    @property
    def excused(self) -> int:
        return self.replies.get(Reply.EXCUSED, 0)

    @property
    def there(self) -> int:
        """How many seats are taken, by whomever."""
        return sum(count for mark, count in self.presences.items() if Presence(mark).is_there)

    @property
    def substitutes(self) -> int:
        return self.presences.get(Presence.SUBSTITUTE, 0)

    @property
    def absent(self) -> int:
        return self.presences.get(Presence.EXCUSED, 0)

    @property
    def unmarked(self) -> int:
        return self.presences.get(Presence.UNMARKED, 0)


@dataclass(frozen=True)
class RollCall:
    """The seats to tick, all of them or those a search and a filter leave, with the counts of all.

    `counted` are the groups nobody is kept in by name: of them only a number is known.
    """

    groups: Sequence[GroupRow]
    counted: Sequence[Attendance]
    counts: PeopleCounts
    words: str
    only_unmarked: bool


@dataclass(frozen=True)
class ToAnswerInvitation:
    """What an agency has not answered, or answered before day or place changed: one conference, one agency."""

    conference: Conference
    agency: Agency
    number: int
    seats: int
    asks_again: bool

    @property
    def until(self) -> date:
        """The day an answer is asked for, the conference itself where none was set."""
        return self.conference.reply_by or self.conference.held_on


def group_rows(conference: Conference, invitations: QuerySet[Invitation]) -> list[GroupRow]:
    """Every group of a conference in protocol order with these of its invitations. Two queries."""
    found: dict[int, list[Invitation]] = {}
    for one in invitations.filter(conference=conference).select_related("agency", "group").in_seat_order():
        one.conference = conference
        found.setdefault(one.group_id, []).append(one)
    return [GroupRow(group, found.get(group.pk, [])) for group in conference.attendance.select_related("agency")]


def people_counts(rows: Sequence[GroupRow]) -> PeopleCounts:
    """How the invitations shown stand; withdrawn ones do not count."""
    standing = [one for row in rows for one in row.invitations if one.withdrawn_at is None]
    return PeopleCounts(
        all=len(standing),
        unsent=sum(one.sent_at is None and not one.is_walk_in for one in standing),
        replies=Counter(one.reply for one in standing if one.sent_at is not None),
        presences=Counter(one.presence for one in standing),
        wrong_rank=sum(one.is_wrong_rank for one in standing),
    )


def roll_call(actor: Membership, conference: Conference, words: str = "", *, only_unmarked: bool = False) -> RollCall:
    """The seats of a conference as they are ticked at the door. Two queries whatever their number.

    Words match title, name and agency without marks.
    """
    rows = group_rows(conference, Invitation.objects.visible_to(actor).standing())
    asked = text.fold(words).split()
    left = [
        GroupRow(row.group, [one for one in row.invitations if _is_wanted(one, asked, only_unmarked)]) for row in rows
    ]
    narrowed = bool(asked or only_unmarked)
    shown = [row for row in left if row.invitations or (row.group.is_by_name and not narrowed)]
    counted = [] if narrowed else [row.group for row in rows if not row.group.is_by_name]
    return RollCall(shown, counted, people_counts(rows), words, only_unmarked)


def invitations_of(actor: Membership, conference: Conference) -> list[Invitation]:
    """The invitations sent to the agencies the actor acts for, withdrawn ones too. One query."""
    mine = Invitation.objects.filter(conference=conference, agency_id__in=actor.agency_ids(), sent_at__isnull=False)
    rows = list(mine.select_related("agency", "group").in_seat_order())
    for one in rows:
        one.conference = conference
    return rows


def invitations_to_answer(actor: Membership, today: date, *, most: int) -> list[ToAnswerInvitation]:
    """Conferences still to come for which an agency of the actor has not answered an invitation. One query.

    Rule: R-PEOPLE-3.
    """
    open_ones = (
        Invitation.objects.visible_to(actor)
        .held_by(actor.agency_ids())
        .awaiting_answer(today)
        .select_related("conference__unit", "conference__organiser", "agency")
        .order_by("conference__held_on", "conference_id", "agency__protocol_order", "agency_id", "number")
    )
    waiting: dict[tuple[int, int], list[Invitation]] = {}
    for one in open_ones:
        waiting.setdefault((one.conference_id, one.agency_id), []).append(one)
    return [_to_answer(actor, rows) for rows in waiting.values()][:most]


def _to_answer(actor: Membership, rows: list[Invitation]) -> ToAnswerInvitation:
    first = rows[0]
    again = any(one.reply != Reply.AWAITED for one in rows)
    return ToAnswerInvitation(first.conference.addressed_for(actor), first.agency, first.number, len(rows), again)


def _is_wanted(invitation: Invitation, asked: list[str], only_unmarked: bool) -> bool:
    if only_unmarked and invitation.presence:
        return False
    said = text.fold(
        f"{invitation.title} {invitation.person_name} {invitation.agency_name} "
        f"{invitation.delegate_name} {invitation.delegate_title}"
    )
    return all(word in said for word in asked)
