"""The table of routes as it is committed in docs/routes.txt: what each door answers to each kind of visitor."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.urls import URLPattern, get_resolver

FILE = settings.ROOT / "docs" / "routes.txt"
NO_STATE = "-"


@dataclass(frozen=True)
class Answers:
    """The statuses a route gives, visitor by visitor in the order of the columns, to GET and to POST."""

    get: tuple[str, ...]
    post: tuple[str, ...]


@dataclass(frozen=True)
class RouteTable:
    """Visitors with who they are, and the answers by route and the state its object is in."""

    visitors: Mapping[str, str]
    rows: Mapping[tuple[str, str], Answers]


def read(file: Path = FILE) -> RouteTable:
    """The committed table.

    Raises: ValueError naming the line that cannot be read.
    """
    return parsed(file.read_text(encoding="utf-8"))


def parsed(text: str) -> RouteTable:
    """A table from its text.

    Raises: ValueError naming the line that cannot be read.
    """
    visitors: dict[str, str] = {}
    rows: dict[tuple[str, str], Answers] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if line.startswith("# visitor "):
            name, _equals, meaning = line.removeprefix("# visitor ").partition(" = ")
            visitors[name.strip()] = meaning.strip()
        words = line.split()
        if not words or line.startswith(("#", "route ")):
            continue
        route, state, *statuses = words
        if len(statuses) != 2 * len(visitors) + 1 or statuses[len(visitors)] != "|" or (route, state) in rows:
            raise ValueError(f"line {number}: {route} needs a status for each of {len(visitors)} visitors, GET | POST")
        rows[route, state] = Answers(tuple(statuses[: len(visitors)]), tuple(statuses[len(visitors) + 1 :]))
    return RouteTable(visitors, rows)


def written(table: RouteTable) -> str:
    """The text of a table, aligned."""
    lines = [
        "# What each route answers to each kind of visitor: GET | POST, in the order of the visitors below.",
        "# State: the state of the object the address names, where the answer depends on it.",
        "# 200 a page, 302 leads on, 403 refused with the reason, 404 as if there were no such thing, 405 not by this",
        "# method, 409 moved on, 422 the form comes back; a POST fills in nothing.",
        "#",
        *(f"# visitor {name} = {meaning}" for name, meaning in table.visitors.items()),
        "",
    ]
    wide = max((len(route) for route, _state in table.rows), default=0)
    far = max((len(state) for _route, state in table.rows), default=0)
    for (route, state), answers in sorted(table.rows.items()):
        lines.append(f"{route:{wide}}  {state:{far}}  {' '.join(answers.get)} | {' '.join(answers.post)}")
    return "\n".join(lines) + "\n"


def section() -> str:
    """The part of the page about routes: which door opens to whom."""
    table, patterns = read(), dict(_patterns())
    lines = [
        "## Routes",
        "",
        "The full table is in [routes.txt](routes.txt). Below: who gets the page, and who may send its form (an",
        "empty one comes back with its errors, 422).",
        "",
        *(f"- *{name}*: {meaning}" for name, meaning in table.visitors.items()),
        "",
        "| route | address | object is | page | form |",
        "| --- | --- | --- | --- | --- |",
    ]
    for (route, state), answers in sorted(table.rows.items()):
        address = patterns.get(route, "").replace("|", "\\|")
        shown = "" if state == NO_STATE else state
        lines.append(f"| {route} | `/{address}` | {shown} | {_who(table, answers.get)} | {_who(table, answers.post)} |")
    return "\n".join(lines)


def _who(table: RouteTable, statuses: tuple[str, ...]) -> str:
    """The visitors a door opens to: it shows a page, leads on or gives the form back."""
    if set(statuses) <= {"405", "302"} and "405" in statuses:
        return "–"
    opened = [name for name, status in zip(table.visitors, statuses, strict=True) if status in ("200", "409", "422")]
    led_on = [name for name, status in zip(table.visitors, statuses, strict=True) if status == "302"]
    signed_in = [name for name in led_on if name not in ("nobody", "suspended")]
    both = [name for name in table.visitors if name in {*opened, *signed_in}]
    if len(both) == len(table.visitors):
        return "everybody"
    return ", ".join(f"*{name}*" for name in both) or "none of them"


def _patterns(resolver=None, namespace: str = "", before: str = "") -> Iterator[tuple[str, str]]:
    for entry in (resolver or get_resolver()).url_patterns:
        here = f"{before}{entry.pattern}"
        if isinstance(entry, URLPattern):
            yield f"{namespace}{entry.name}", here
        else:
            yield from _patterns(entry, f"{namespace}{entry.namespace}:" if entry.namespace else namespace, here)
