"""A frozen version as clauses: what comparisons set side by side and what a version read as it was is made of."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from coordination.programs.enums import ProgramKind
from coordination.tasks import schedule, targets
from coordination.tasks.enums import RoleKind
from coordination.versions.enums import ClauseKind, PartName
from records import wording

_SHORTEST_WORDS = 60


@dataclass(frozen=True)
class Part:
    """One thing a clause says."""

    name: PartName
    text: str


@dataclass(frozen=True)
class Clause:
    """A clause as a version holds it: which it is, where it stands, how it is spoken of, what it says.

    Units: `position` counts from 1 within its kind; `key` is its row's, or the position where a version froze no keys;
    `identity` is what the same clause of another version is found by, blank where only its number and words tell.
    """

    kind: ClauseKind
    key: int
    position: int
    identity: str
    label: str
    parts: tuple[Part, ...]
    number: str = ""
    depth: int = 1
    parent: int = 0

    def says(self, name: PartName) -> str:
        """What one part of the clause says; blank where it says nothing."""
        return next((part.text for part in self.parts if part.name == name), "")

    @property
    def numbering(self) -> str:
        return self.says(PartName.NUMBER)

    @property
    def heading(self) -> str:
        return self.says(PartName.HEADING)

    @property
    def body(self) -> str:
        return self.says(PartName.BODY)

    @property
    def is_main(self) -> bool:
        return self.depth == 1


@dataclass(frozen=True)
class Named:
    """Short names of agencies and names of areas by their codes."""

    agencies: dict[str, str]
    areas: dict[str, str]

    @classmethod
    def in_version(cls, snapshot: dict) -> "Named":
        """The names a version froze; a version of before them knows those of the parties."""
        parties = {party["agency"]: party["short_name"] for party in snapshot["parties"]}
        areas = {task["area__code"]: task["area__name"] for task in snapshot["tasks"] if "area__name" in task}
        return cls(parties | snapshot.get("agencies", {}), areas)

    def before(self, later: "Named") -> "Named":
        """The same names for two versions compared: the later ones, and of before what these do not know.

        Why: a name that changed by an act of its own is no change of the program.
        """
        return Named(self.agencies | later.agencies, self.areas | later.areas)

    def agency(self, code: str) -> str:
        return self.agencies.get(code, code)

    def area(self, code: str) -> str:
        return self.areas.get(code, code)


def clauses_of(snapshot: dict, named: Named) -> list[Clause]:
    """Every clause of a version in the order of comparisons; within a kind in the order of the document."""
    readers: tuple[Callable[[dict, Named], Iterator[Clause]], ...] = (_facts, _bases, _parties, _sections, _tasks)
    return [clause for read in readers for clause in read(snapshot, named)]


def _facts(snapshot: dict, _named: Named) -> Iterator[Clause]:
    first, last = (_day(written) for written in snapshot["period"])
    written = {
        PartName.KIND: str(ProgramKind(snapshot["kind"]).label),
        PartName.TURN: "; ".join(_in_turn(snapshot["parties"])),
        PartName.PERIOD: _("From %(first)s to %(last)s") % {"first": wording.day(first), "last": wording.day(last)},
    }
    names = (PartName.KIND, PartName.TITLE, PartName.SHORT_TITLE, PartName.PERIOD, PartName.BASED_ON,
             PartName.CONTINUES, PartName.OPENING, PartName.EFFECT, PartName.PLACE, PartName.RECIPIENTS,
             PartName.TURN)  # fmt: skip
    for position, name in enumerate(names, start=1):
        text = written.get(name) or snapshot.get(name.value) or ""
        if text:
            yield Clause(ClauseKind.FACT, position, position, name.value, str(name.label), _said({name: text}))


def _in_turn(parties: list[dict]) -> list[str]:
    """The parties in the order they sign; their order in the letterhead is the order of their clauses."""
    return [party["short_name"] for party in sorted(parties, key=lambda party: party["signs"][0])]


def _bases(snapshot: dict, _named: Named) -> Iterator[Clause]:
    for position, text in enumerate(snapshot["legal_bases"], start=1):
        label = _("Legal basis %(number)s") % {"number": position}
        yield Clause(ClauseKind.BASIS, position, position, "", label, _said({PartName.BASIS: text}))


def _parties(snapshot: dict, named: Named) -> Iterator[Clause]:
    for position, party in enumerate(snapshot["parties"], start=1):
        _turn, through = party["signs"]
        said = {
            PartName.NAME: party["name"],
            PartName.LEAD_PARTY: _("yes") if party["is_lead"] else "",
            PartName.SIGNS_THROUGH: named.agency(through) if through else "",
        }
        yield Clause(ClauseKind.PARTY, position, position, party["agency"], party["short_name"], _said(said))


def _sections(snapshot: dict, _named: Named) -> Iterator[Clause]:
    above: list[tuple[int, str]] = []
    for position, (depth, numbering, heading, body, *keys) in enumerate(snapshot["sections"], start=1):
        key = keys[0] if keys else position
        parent = above[min(depth - 1, len(above)) - 1][0] if depth > 1 and above else 0
        above = [*above[: depth - 1], (key, _spoken(numbering))]
        number = ".".join(one for _key, one in above if one)
        yield Clause(
            ClauseKind.SECTION,
            key,
            position,
            str(key) if keys else "",
            _section_label(number, heading, body),
            _said({PartName.NUMBER: numbering, PartName.HEADING: heading, PartName.BODY: body}),
            depth=depth,
            parent=parent,
        )


def _tasks(snapshot: dict, named: Named) -> Iterator[Clause]:
    for position, task in enumerate(snapshot["tasks"], start=1):
        key = task.get("key") or position
        label = f"{task['code'].rpartition('-')[2]}. {task['title']}"
        identity = str(task.get("key", ""))
        said = _said(_planned(task, named))
        yield Clause(ClauseKind.TASK, key, position, identity, label, said, number=task["code"])


def _planned(task: dict, named: Named) -> dict[PartName, str]:
    """What a task of a version says, as papers write it."""
    section = f"{task['section__numbering'] or ''} {task['section__heading'] or ''}".strip()
    return {
        PartName.TASK_TITLE: task["title"],
        PartName.SECTION: section,
        PartName.AREA: named.area(task["area__code"]),
        PartName.LEADS: _at_work(task, RoleKind.LEAD, named),
        PartName.COORDINATORS: "; ".join(_helpers(task, named)),
        PartName.SCHEDULE: schedule.frozen_words(task),
        PartName.LEGAL_LIMIT: wording.day(_day(task["legal_due_on"])) if task["legal_due_on"] else "",
        PartName.DELIVERABLE: task["deliverable"],
        PartName.TARGETS: "; ".join(targets.words(*target) for target in task["targets"]),
        PartName.ITEMS: "; ".join(_item(one, named) for one in task.get("items", ())),
        PartName.NOTE: task["note"],
    }


def _at_work(task: dict, kind: RoleKind, named: Named) -> str:
    told = []
    for role, code, body, office, contribution, *_group in task["roles"]:
        if role == kind:
            agency = named.agency(code)
            who = f"{office} {agency}" if office else f"{body} ({agency})" if body else agency
            told.append(f"{who}: {contribution}" if contribution else who)
    return "; ".join(told)


def _helpers(task: dict, named: Named) -> list[str]:
    """Who coordinates, and the groups that were given the task, each once with the members it had."""
    members: dict[str, list[str]] = {}
    for role in task["roles"]:
        if role[0] == RoleKind.MEMBER:
            members.setdefault(role[-1], []).append(named.agency(role[1]))
    coordinators = _at_work(task, RoleKind.COORDINATOR, named)
    groups = [f"{group} ({', '.join(those)})" for group, those in members.items()]
    return [coordinators, *groups] if coordinators else groups


def _item(item: list, named: Named) -> str:
    title, due_on, agency = item
    who = f", {named.agency(agency)}" if agency else ""
    return f"{title}: {wording.day(_day(due_on))}{who}"


def _said(texts: dict[PartName, str]) -> tuple[Part, ...]:
    return tuple(Part(name, text) for name, text in texts.items() if text)


def _spoken(numbering: str) -> str:
    """The number as it is spoken of; a dash or a plus is not."""
    plain = numbering.strip().strip(".):/ ")
    return plain if any(letter.isalnum() for letter in plain) else ""


def _section_label(number: str, heading: str, body: str) -> str:
    words = heading or (body if len(body) <= _SHORTEST_WORDS else body[:_SHORTEST_WORDS].rsplit(" ", 1)[0] + " …")
    return f"{number}. {words}" if number else words


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None
