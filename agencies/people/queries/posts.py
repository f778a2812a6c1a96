"""The posts of an agency and who held them when; what one person held; who holds what in a whole unit."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from agencies.directory.models import Agency
from agencies.people.models import Membership, Office, OfficeHolding, OfficeTitle, Person
from records import text

NEVER = date.max


@dataclass(frozen=True)
class Held:
    """A person in a post for a time, by the title the post then had."""

    holding: OfficeHolding
    title: str
    is_now: bool

    @property
    def person(self) -> Person:
        return self.holding.person


@dataclass(frozen=True)
class Post:
    """A post with today's titles, its holders of today and those before or to come, the latest first."""

    office: Office
    titles: OfficeTitle | Office
    holders: Sequence[Held]
    others: Sequence[Held]
    earlier_titles: Sequence[OfficeTitle]

    @property
    def free_seats(self) -> int:
        return 0 if self.office.ended_on else max(0, self.office.seats - len(self.holders))


@dataclass(frozen=True)
class OfficeHolders:
    """Those who hold posts in one agency today, in protocol order."""

    agency: Agency
    held: Sequence[Held]


def posts_of(agency: Agency, today: date) -> list[Post]:
    """The posts of an agency in protocol order, closed ones last, with everyone who held them. Three queries."""
    offices = agency.offices.in_protocol_order().prefetch_related("titles", "holdings__person")
    posts = [_post(office, today) for office in offices]
    return sorted(posts, key=lambda post: post.office.ended_on is not None and post.office.ended_on < today)


def offices_of_person(actor: Membership, person: Person, today: date) -> tuple[list[Held], list[Held]]:
    """What a person holds today, in protocol order, and what they held before or will, the latest first."""
    rows = _with_titles(OfficeHolding.objects.visible_to(actor).filter(person=person)).in_protocol_order()
    held = [_held(row, today) for row in rows]
    others = [one for one in held if not one.is_now]
    return [one for one in held if one.is_now], sorted(others, key=_latest_first)


def holders_today(actor: Membership, today: date, words: str = "") -> QuerySet[OfficeHolding]:
    """Who holds a post today in the agencies the actor's directory shows, in protocol order.

    Words match names without marks.
    """
    rows = OfficeHolding.objects.visible_to(actor).on(today)
    for word in text.fold(words).split():
        rows = rows.filter(person__name_folded__contains=word)
    return _with_titles(rows).in_protocol_order()


def grouped(rows: Iterable[OfficeHolding], today: date) -> list[OfficeHolders]:
    """Rows in protocol order, put together by agency."""
    groups: dict[int, tuple[Agency, list[Held]]] = {}
    for row in rows:
        groups.setdefault(row.office.agency_id, (row.office.agency, []))[1].append(_held(row, today))
    return [OfficeHolders(agency, held) for agency, held in groups.values()]


def _post(office: Office, today: date) -> Post:
    held = sorted((_held(row, today, office) for row in office.holdings.all()), key=_latest_first)
    holders = sorted((one for one in held if one.is_now), key=lambda one: (one.holding.seat, one.person.name_sorted))
    titles = sorted(office.titles.all(), key=lambda title: title.valid_from, reverse=True)
    past = [title for title in titles if title.valid_to is not None and title.valid_to < today]
    return Post(office, office.title_on(today), holders, [one for one in held if not one.is_now], past)


def _held(holding: OfficeHolding, today: date, office: Office | None = None) -> Held:
    """The title is that of the last day of the holding, or today's while it lasts."""
    last = min(holding.valid_to or NEVER, max(today, holding.valid_from))
    return Held(holding, (office or holding.office).title_on(last).title, holding.holds_on(today))


def _latest_first(held: Held) -> tuple[timedelta, str]:
    return NEVER - held.holding.valid_from, held.person.name_sorted


def _with_titles(rows: QuerySet[OfficeHolding]) -> QuerySet[OfficeHolding]:
    return rows.select_related("person", "office__agency__unit").prefetch_related("office__titles")
