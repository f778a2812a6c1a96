"""The places of a frozen draft one can comment on, in the order of the document."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from coordination.consultation.enums import PlaceKind
from coordination.programs.models import ProgramVersion
from coordination.tasks import schedule

WHOLE_LABEL = "Toàn văn dự thảo"
_LONGEST_LABEL = 400


@dataclass(frozen=True)
class Place:
    """One place of a frozen draft: what it is, the number of its row, how papers name it, and its words.

    Units: `order` counts from 0 in reading order, `depth` from 1 for a main section.
    """

    kind: PlaceKind
    key: int
    order: int
    label: str
    text: str
    depth: int = 1
    numbering: str = ""
    heading: str = ""
    body: str = ""

    @property
    def code(self) -> str:
        """What forms and addresses call it: "section-12", "task-7", "whole-0"."""
        return f"{self.kind}-{self.key}"

    @property
    def printed_number(self) -> str:
        """The number as papers print it: "I.", "1.", "a)"; a dash stays a dash."""
        plain = self.numbering.strip()
        if not self.is_section or not plain or not plain[-1].isalnum():
            return plain
        return f"{plain})" if plain.isalpha() and plain.islower() else f"{plain}."

    @property
    def is_section(self) -> bool:
        return self.kind == PlaceKind.SECTION

    @property
    def is_main(self) -> bool:
        return self.is_section and self.depth == 1

    @property
    def is_task(self) -> bool:
        return self.kind == PlaceKind.TASK

    @property
    def is_basis(self) -> bool:
        return self.kind == PlaceKind.BASIS


def places_of(version: ProgramVersion) -> list[Place]:
    """Every place of a version: the whole, the legal bases, the sections and below each the tasks it holds."""
    found = [_whole(), *_bases(version.snapshot)]
    tasks = _tasks_by_section(version.snapshot)
    for section in _sections(version.snapshot):
        found += [section, *tasks.pop(section.key, []), *tasks.pop((section.numbering, section.heading), [])]
    found += [task for rest in tasks.values() for task in rest]
    return [_placed(place, order) for order, place in enumerate(found)]


def place_called(places: list[Place], code: str) -> Place | None:
    """The place a form or an address names."""
    return next((place for place in places if place.code == code), None)


def _placed(place: Place, order: int) -> Place:
    return replace(place, order=order, label=place.label[:_LONGEST_LABEL].rstrip())


def _whole() -> Place:
    return Place(PlaceKind.WHOLE, 0, 0, WHOLE_LABEL, "")


def _bases(snapshot: dict) -> Iterator[Place]:
    for number, basis in enumerate(snapshot["legal_bases"], start=1):
        yield Place(PlaceKind.BASIS, number, 0, f"Căn cứ thứ {number}", basis)


@dataclass(frozen=True)
class _Entry:
    key: int
    depth: int
    numbering: str
    heading: str
    body: str


def _entries(snapshot: dict) -> Iterator[_Entry]:
    """The outline as it was frozen; versions of before carry no keys, there the place in the text stands in."""
    for place, (depth, numbering, heading, body, *key) in enumerate(snapshot["sections"], start=1):
        yield _Entry(key[0] if key else place, depth, numbering, heading, body)


def _sections(snapshot: dict) -> Iterator[Place]:
    above: list[str] = []
    counted: dict[int, int] = {}
    for entry in _entries(snapshot):
        counted = {depth: count for depth, count in counted.items() if depth <= entry.depth}
        counted[entry.depth] = counted.get(entry.depth, 0) + 1
        above = [*above[: entry.depth - 1], _number(entry.numbering, counted[entry.depth])]
        yield Place(
            PlaceKind.SECTION,
            entry.key,
            0,
            _section_label(above, entry.heading),
            "\n".join(part for part in (entry.heading, entry.body) if part),
            entry.depth,
            entry.numbering,
            entry.heading,
            entry.body,
        )


def _number(numbering: str, turn: int) -> str:
    """The number as it is spoken of; a dash or a plus is told by its turn."""
    plain = numbering.strip().strip(".):/ ")
    return plain if any(letter.isalnum() for letter in plain) else f"ý thứ {turn}"


def _section_label(numbers: list[str], heading: str) -> str:
    """Such as "Mục II.1.a. Tuyên truyền"; an article keeps its own word: "Điều 5. Phương thức phối hợp"."""
    last = numbers[-1]
    if " " in last and not last.startswith("ý thứ"):
        named = last
    else:
        joined = ".".join(number for number in numbers if " " not in number)
        spoken = [number for number in numbers if number.startswith("ý thứ")]
        named = ", ".join([f"Mục {joined}" if joined else "", *spoken]).strip(", ")
        named = named[:1].upper() + named[1:]
    return f"{named}. {heading}" if heading else named


def _tasks_by_section(snapshot: dict) -> dict[int | tuple[str, str], list[Place]]:
    """Tasks by the row of the section they lie in, in older versions by its number and heading; the rest come last."""
    found: dict[int | tuple[str, str], list[Place]] = {}
    for turn, task in enumerate(snapshot["tasks"], start=1):
        named = (task["section__numbering"] or "", task["section__heading"] or "")
        found.setdefault(task.get("section_id") or named, []).append(_task(task, turn))
    return found


def _task(task: dict, turn: int) -> Place:
    number = task["code"].rpartition("-")[2]
    return Place(
        PlaceKind.TASK,
        task.get("key") or turn,
        0,
        f"Nhiệm vụ {number}. {task['title']}",
        "\n".join(_task_lines(task)),
        numbering=number,
        heading=task["title"],
        body="\n".join(_task_lines(task)[1:]),
    )


def _task_lines(task: dict) -> list[str]:
    lines = [task["title"]]
    if task["deliverable"]:
        lines.append(f"Sản phẩm: {task['deliverable']}")
    if when := schedule.frozen_words(task):
        lines.append(f"Thời gian: {when}")
    return lines
