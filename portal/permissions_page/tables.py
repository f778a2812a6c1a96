"""The rights tables as they are committed under docs/rights: one line an act, one column a relation, one sign a role.

A person can read and review them; the tests ask every service and predicate and compare; the page is written from them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from agencies.access.enums import Role

ROLES = tuple(Role)
OK, REFUSED, UNSEEN, MOVED_ON, BROKEN = "+", "-", ".", ">", "!"
ANSWERS = {
    OK: "may, and it is done",
    REFUSED: "refused with the reason and whom to ask (403)",
    UNSEEN: "not found, as if there were no such thing (404)",
    MOVED_ON: "the object has moved on since it was opened (409)",
    BROKEN: "a rule between rows or dates does not hold (422)",
}
NEVER = "never"
FOLDER = settings.ROOT / "docs" / "rights"

Cells = dict[str, str]


@dataclass(frozen=True)
class RightsTable:
    """What an object's acts answer: by state, act and relation, a sign for each role in the order of `ROLES`.

    An act that cannot even be tried in a state has no cells there.
    """

    title: str
    columns: Mapping[str, str]
    states: Mapping[str, Mapping[str, Cells]]

    def acts(self) -> list[str]:
        """Every act of the table, in the order of its first appearance."""
        return list(dict.fromkeys(act for acts in self.states.values() for act in acts))


def read(name: str, folder: Path = FOLDER) -> RightsTable:
    """The committed table of a kind of object."""
    return parsed((folder / f"{name}.txt").read_text(encoding="utf-8"))


def names(folder: Path = FOLDER) -> list[str]:
    """The kinds of object that have a table."""
    return sorted(path.stem for path in folder.glob("*.txt"))


def parsed(text: str) -> RightsTable:
    """A table from its text.

    Raises: ValueError naming the line that cannot be read.
    """
    title, columns, states, state = "", {}, {}, {}
    for number, line in enumerate(text.splitlines(), start=1):
        words = line.split()
        if line.startswith("# column "):
            name, _equals, meaning = line.removeprefix("# column ").partition(" = ")
            columns[name.strip()] = meaning.strip()
        elif line.startswith("#"):
            title = title or line.strip("# ")
        elif line.startswith("== "):
            state = states.setdefault(line.removeprefix("== ").strip(), {})
        elif words and words[0] != "act":
            _add(state, words, list(columns), number)
    return RightsTable(title, columns, states)


def _add(state: dict[str, Cells], words: list[str], columns: list[str], number: int) -> None:
    act, cells = words[0], words[1:]
    if cells == [NEVER]:
        cells = []
    elif len(cells) != len(columns) or any(len(cell) != len(ROLES) or set(cell) - set(ANSWERS) for cell in cells):
        raise ValueError(f"line {number}: {act} needs a cell of {len(ROLES)} signs for each of {len(columns)} columns")
    if act in state:
        raise ValueError(f"line {number}: {act} stands there twice")
    state[act] = dict(zip(columns, cells, strict=False))


def written(table: RightsTable) -> str:
    """The text of a table, aligned."""
    lines = [f"# {table.title}", "#", f"# Each cell has a sign for each role: {', '.join(ROLES)}."]
    lines += [f"#   {sign}  {meaning}" for sign, meaning in ANSWERS.items()]
    lines += [f"# “{NEVER}”: there is nothing yet to do this with.", "#"]
    wide = max((len(act) for act in table.acts()), default=0)
    lines += [f"# column {name} = {meaning}" for name, meaning in table.columns.items()]
    for state, acts in table.states.items():
        lines += ["", f"== {state}", _line("act", table.columns, table.columns, wide)]
        lines += [
            _line(act, [cells[column] for column in table.columns] if cells else [NEVER], table.columns, wide)
            for act, cells in acts.items()
        ]
    return "\n".join(lines) + "\n"


def _line(first: str, cells: Iterable[str], columns: Iterable[str], wide: int) -> str:
    widths = [max(len(column), len(ROLES)) for column in columns]
    padded = (cell.ljust(width) for cell, width in zip(cells, widths, strict=False))
    return "  ".join([first.ljust(wide), *padded]).rstrip()
