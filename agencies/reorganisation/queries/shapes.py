"""What a reorganisation does, row by row, as plain values: these are shown, compared by digest, carried out."""

from dataclasses import dataclass
from datetime import date

from agencies.reorganisation.enums import Subject
from agencies.reorganisation.plans import AgencyDraft, AgencyNaming, Ref, UnitDraft, UnitNaming


@dataclass(frozen=True)
class Founded:
    """A unit or an agency begins; an agency below another where `parent` says so."""

    step: int
    subject: Subject
    name: str
    place: str
    draft: UnitDraft | AgencyDraft
    parent: Ref | None = None


@dataclass(frozen=True)
class Ended:
    """A unit or an agency ends the day before; `heir` goes on with its work."""

    step: int
    subject: Subject
    body: int
    name: str
    place: str
    heir: Ref | None = None
    heir_name: str = ""


@dataclass(frozen=True)
class Called:
    """A unit or an agency is called otherwise."""

    step: int
    subject: Subject
    body: int
    before: str
    after: str
    naming: UnitNaming | AgencyNaming
    parent: Ref | None = None


@dataclass(frozen=True)
class Placed:
    """A unit or an agency lies or stands below another body; it `follows` when no step says so by itself."""

    step: int
    subject: Subject
    body: int
    name: str
    before: str
    after: str
    parent: Ref | None
    naming: AgencyNaming | None = None
    follows: bool = False


@dataclass(frozen=True)
class Passed:
    """One body passes to another, whole or in part."""

    step: int
    subject: Subject
    body: int
    heir: Ref
    name: str
    heir_name: str
    kind: str
    share: int
    is_main: bool


@dataclass(frozen=True)
class MemberMoved:
    """A role ends the day before; the same one begins in the successor, unless it is held there or nobody succeeds."""

    step: int
    membership: int
    account: str
    role: str
    before: str
    heir: Ref | None
    after: str
    title: str
    since: date | None
    ends: bool


@dataclass(frozen=True)
class PostEnded:
    """Whoever holds a post holds it until the day before."""

    step: int
    holding: int
    title: str
    agency: str


@dataclass(frozen=True)
class ServicePassed:
    """An office serves an agency until the day before; the successors of both go on so, where there are two."""

    step: int
    service: int
    office_name: str
    served_name: str
    office: Ref | None
    served: Ref | None
    office_after: str
    served_after: str

    @property
    def begins(self) -> bool:
        return self.office is not None and self.served is not None


@dataclass(frozen=True)
class BodyEffects:
    """What becomes of units and agencies."""

    founded: tuple[Founded, ...]
    called: tuple[Called, ...]
    placed: tuple[Placed, ...]
    passed: tuple[Passed, ...]
    ended: tuple[Ended, ...]


@dataclass(frozen=True)
class PeopleEffects:
    """What becomes of members, post-holders and offices at service."""

    members: tuple[MemberMoved, ...]
    posts: tuple[PostEnded, ...]
    services: tuple[ServicePassed, ...]
