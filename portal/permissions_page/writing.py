"""The page docs/permissions.md: written from the code and the committed tables, never by hand."""

from collections.abc import Iterable

from django.conf import settings
from django.utils import translation

from agencies.access.enums import Role
from portal.permissions_page import reading, routes
from portal.permissions_page.tables import ANSWERS, OK, ROLES, Cells, RightsTable, names, read

PAGE = settings.ROOT / "docs" / "permissions.md"
COMMAND = "python manage.py permissions_page"
_ORDER = (
    "program",
    "task",
    "evaluation",
    "conference",
    "paper",
    "party-report",
    "letter",
    "number",
    "agency",
    "unit",
    "level",
    "account",
    "reorganisation",
)


def page() -> str:
    """The whole page."""
    parts = (_opening(), _roles(), _seeing(), _acting(), _steps(), _rights(), routes.section())
    return "\n\n".join(part.strip() for part in parts) + "\n"


def _opening() -> str:
    return f"""# Who may do what

Written by `{COMMAND}` from the docstrings of the code, the tables in
[rights](rights/) and the [table of routes](routes.txt). Do not edit it: a test fails when it differs from what the code
says. The rules with numbers (R-SEE-1 …) stand in [rules](rules.md).

- **Deny by default.** A model without a scope, a predicate, a service or a route without its row fails the build.
- **The actor is a membership**: a person in an agency in a role during a period, looked up anew at every request, so
  that whoever is moved, suspended or ended has lost the right at the next click. An office acts for those it serves.
- **What is refused.** Who may know of an object and may not do something is told why and whom to ask (403). Who may not
  know of it gets the page of an object that does not exist, byte for byte (404). Either way no row moves, and one entry
  of the log says who asked, in which role, from where, under which request number.
- **Administrators have no right on content.** They keep accounts, units and agencies; they see codes, never texts."""


def _roles() -> str:
    lines = ["## Roles", "", "| role | in Vietnamese | code |", "| --- | --- | --- |"]
    lines += [f"| {_english(role)} | {_vietnamese(role)} | `{role.value}` |" for role in Role]
    return "\n".join(lines)


def _seeing() -> str:
    lines = [
        "## Seeing",
        "",
        "`QuerySet.visible_to(actor)` is the only way a page, a list, a search, a count, a picker, an export or a file",
        "is fetched.",
        "",
        "| rows of | are seen by | home |",
        "| --- | --- | --- |",
    ]
    lines += [f"| {scope.model} | {scope.words} | `{scope.home}` |" for scope in reading.scopes()]
    return "\n".join(lines)


def _acting() -> str:
    lines = [
        "## Acting",
        "",
        "Each service asks the predicate of its act; pages ask the same one to know what to offer.",
    ]
    for room in reading.rooms():
        lines += ["", f"### {room.title}", "", f"`{room.home}`", "", "| predicate | who |", "| --- | --- |"]
        for predicate in room.predicates:
            also = f" (also {', '.join(f'`{name}`' for name in predicate.also)})" if predicate.also else ""
            lines.append(f"| `{predicate.name}`{also} | {predicate.words} |")
    return "\n".join(lines)


def _steps() -> str:
    lines = ["## Steps between states", "", "| room | step | from | to |", "| --- | --- | --- | --- |"]
    lines += [f"| {room} | {step} | {sources} | {target} |" for room, step, sources, target in reading.steps()]
    return "\n".join(lines)


def _rights() -> str:
    lines = [
        "## Rights by act, state, role and relation",
        "",
        "The full tables, with every answer to every role, are in [rights](rights/); a test asks each service and",
        "predicate and compares. Below: in which states an act is done, and by whom; everyone else is refused or finds",
        "nothing.",
        "",
        "The signs in the full tables:",
        "",
        *(f"- `{sign}` {meaning}" for sign, meaning in ANSWERS.items()),
    ]
    explained: dict[str, str] = {}
    for name in sorted(names(), key=lambda name: (*_ORDER, name).index(name)):
        table = read(name)
        lines += ["", f"### {table.title}", ""]
        if table.columns != explained:
            explained = dict(table.columns)
            lines += ["The person acts for:", ""]
            lines += [f"- *{column}*: {meaning}" for column, meaning in explained.items()] + [""]
        lines += _table(table)
    return "\n".join(lines)


def _table(table: RightsTable) -> list[str]:
    lines = ["| act | in the state | by |", "| --- | --- | --- |"]
    for act in table.acts():
        for people, states in _grouped(act, table).items():
            shown = "every state" if len(states) == len(table.states) else "; ".join(states)
            lines.append(f"| `{act}` | {shown} | {people} |")
    return lines


def _grouped(act: str, table: RightsTable) -> dict[str, list[str]]:
    """The states of an act by the people who may do it there; states in which nobody may are left out."""
    found: dict[str, list[str]] = {}
    for state, acts in table.states.items():
        people = _people(acts.get(act, {}), table)
        if people:
            found.setdefault(people, []).append(state)
    return found or {"nobody": list(table.states)}


def _people(cells: Cells, table: RightsTable) -> str:
    """Whoever gets the answer "done": each role with the relations it has it in."""
    by_role: dict[Role, list[str]] = {}
    for column, signs in cells.items():
        for role, sign in zip(ROLES, signs, strict=True):
            if sign == OK:
                by_role.setdefault(role, []).append(column)
    grouped: dict[tuple[str, ...], list[Role]] = {}
    for role in ROLES:
        if role in by_role:
            grouped.setdefault(tuple(by_role[role]), []).append(role)
    return "; ".join(f"{_listed(map(_english, roles))}: {_where(where, table)}" for where, roles in grouped.items())


def _where(where: tuple[str, ...], table: RightsTable) -> str:
    return "everywhere" if set(where) == set(table.columns) else ", ".join(f"*{column}*" for column in where)


def _listed(words: Iterable[str]) -> str:
    return ", ".join(words)


def _english(role: Role) -> str:
    with translation.override("en"):
        return f"**{str(role.label).lower()}**"


def _vietnamese(role: Role) -> str:
    with translation.override("vi"):
        return str(role.label)
