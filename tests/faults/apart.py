"""What may differ between a machine and one restored from its archive: entries of the log after the archive's last,
and what a machine tells of its own disks, archives and processes. Everything else is held against one another.
"""

import re
from collections.abc import Callable

RULES = (
    "of the log's pages the entries up to the archive's last are compared",
    "of the figures all but the log's count and those of disks, archives and processes",
    "the page of the machine's condition is its own",
)
_ENTRY = re.compile(r"/quan-tri/nhat-ky/(\d+)/")
_OF_THE_MACHINE = re.compile(r"portal_(audit_entries|disk|backup|alive)")


def entries_told(metrics: str) -> int:
    """The number of the log's last entry, as the figures tell it."""
    return int(re.search(r"^portal_audit_entries (\d+)", metrics, re.MULTILINE)[1])


def is_apart(route: str, path: str, last: int) -> bool:
    """Whether an address tells nothing that the archive holds."""
    if route == "agencies:log-entry":
        return int(_ENTRY.search(path)[1]) > last
    return route == "server-condition"


def kept(route: str, one: list, other: list, last: int) -> tuple[list, list]:
    """Of two answers what is compared."""
    of_both = [_lines(route, told[2], last) for told in (one, other)]
    if route == "agencies:log-list":  # newer entries push older ones off the page
        shown = min(len(lines) for lines in of_both)
        of_both = [lines[:shown] for lines in of_both]
    return [*one[:2], "\n".join(of_both[0])], [*other[:2], "\n".join(of_both[1])]


def _lines(route: str, text: str, last: int) -> list[str]:
    keep: Callable[[str], bool] = {
        "agencies:log-list": lambda line: bool(found := _ENTRY.search(line)) and int(found[1]) <= last,
        "metrics": lambda line: not _OF_THE_MACHINE.search(line),
    }.get(route, lambda line: True)
    return [line for line in text.split("\n") if keep(line)]
