"""Posts as they stand on the day of a conference: what each is called then and who holds it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet, prefetch_related_objects

from agencies.directory.lineage import existing_on
from agencies.groups.models import AgencyGroup
from agencies.models import Agency, AgencyName, Membership, Office, OfficeHolding, Person
from coordination.conferences.enums import Rank
from records import text


@dataclass(frozen=True)
class Seat:
    """A post on a day: its agency, what it is called, who holds it.

    A post nobody recorded goes by the agency alone, a person without a post by the title.
    """

    agency: Agency | None
    agency_name: str
    title: str
    office: Office | None = None
    person: Person | None = None

    @property
    def name(self) -> str:
        return self.person.full_name if self.person else ""

    @property
    def key(self) -> str:
        """Post and holder as a form sends them."""
        return f"{self.office.pk if self.office else 0}-{self.person.pk if self.person else 0}"

    @property
    def label(self) -> str:
        """As a list to choose from shows it."""
        return f"{self.title} – {self.name}" if self.name else self.title


def seats_of(offices: Iterable[Office], day: date) -> list[Seat]:
    """Posts with their titles and holders of a day, in the order given; one with several seats stands there for each
    holder. Four queries.
    """
    offices = list(offices)
    prefetch_related_objects(offices, "titles", "agency__names", "agency__unit")
    holders: dict[int, list[Person]] = {}
    held = OfficeHolding.objects.on(day).filter(office__in=offices).select_related("person")
    for holding in held.order_by("seat", "pk"):
        holders.setdefault(holding.office_id, []).append(holding.person)
    return [
        Seat(office.agency, office.agency.name_on(day).name, office.title_on(day).title, office, person)
        for office in offices
        for person in holders.get(office.pk, [None])
    ]


def head_seats(agencies: Sequence[Agency], day: date) -> list[Seat]:
    """The head of each agency on a day, in the order given. Five queries."""
    posts = Office.objects.filter(agency__in=agencies, is_head=True).select_related("agency")
    known = {seat.agency.pk: seat for seat in seats_of(posts, day)}
    agencies = list(agencies)
    prefetch_related_objects(agencies, "names")
    return [known.get(agency.pk) or _unrecorded(agency, day) for agency in agencies]


def posts_open(agencies: QuerySet[Agency], day: date) -> QuerySet[Office]:
    """The posts of agencies that exist on a day and were not closed before it, in protocol order."""
    posts = Office.objects.filter(agency__in=existing_on(agencies, day).values("pk")).select_related("agency")
    return posts.exclude(ended_on__lt=day).in_protocol_order()


def agencies_to_invite(actor: Membership, day: date, words: str = "") -> QuerySet[Agency]:
    """The agencies of the actor's directory that exist on a day, those whose names have the words. One query."""
    found = existing_on(Agency.objects.visible_to(actor), day)
    for word in text.fold(words).split():
        found = found.filter(name_folded__contains=word)
    return found.select_related("unit").in_protocol_order()


def groups_to_invite(actor: Membership, day: date) -> QuerySet[AgencyGroup]:
    """The groups of agencies that are in use on a day, such as all communes."""
    return AgencyGroup.objects.visible_to(actor).on(day).order_by("name_sorted", "pk")


def rank_of(office: Office | None) -> Rank:
    """Where the holder of a post stands: its head, otherwise below; an agency alone is asked for its head."""
    return Rank.HEAD if office is None or office.is_head else Rank.DEPUTY


def titles_of(person: Person, day: date) -> str:
    """Everything a person holds on a day as papers name it, in protocol order: one may hold two offices."""
    held = OfficeHolding.objects.on(day).filter(person=person).select_related("office__agency")
    rows = held.prefetch_related("office__titles").in_protocol_order()
    return ", ".join(dict.fromkeys(row.office.title_on(day).title for row in rows))


def _unrecorded(agency: Agency, day: date) -> Seat:
    name = agency.name_on(day)
    return Seat(agency, name.name, head_called(name))


def head_called(name: AgencyName) -> str:
    """What the head of an agency is called where no post was recorded, such as Chủ tịch UBND xã Tân Bình.

    Words that end the title and begin the name are said once: Trưởng Ban Tuyên giáo, Chánh Văn phòng HĐND.
    """
    title, of = name.head_title.capitalize().split(), name.name.removeprefix("Thường trực ").split()
    for shared in range(min(len(title), len(of)), 0, -1):
        if " ".join(title[-shared:]).casefold() == " ".join(of[:shared]).casefold():
            title = title[:-shared]
            break
    return " ".join([*title, *of])
