"""The rule that nothing is written without a trace."""

import ast
import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from tests.consistency.tree import Finding, Tree, dotted, rule

_WRITES = {
    "save", "create", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create",
}  # fmt: skip
# Files and the chain itself are part of an act told by whoever keeps or records them.
_EXCUSED = re.compile(r"[Bb]uilding block:|Why no entry")
_FLOORS = ("agencies", "coordination", "reports", "portal")


@rule(
    example={
        "coordination/tasks/services/__init__.py": "from coordination.tasks.services.acts import good, through, bad\n"
        "\n__all__ = ['good', 'through', 'bad']\n",
        "coordination/tasks/services/acts.py": "@transaction.atomic\ndef good(task):\n    task.save()\n"
        "    record(x)\n\n\n@transaction.atomic\ndef through(task):\n    _move(task)\n    other.acts(task)\n\n\n"
        "@transaction.atomic\ndef bad(task):\n    _write(task)\n\n\n"
        "def _move(task):\n    task.delete()\n    record(x)\n\n\ndef _write(rows):\n    rows.update(x=1)\n\n\n"
        "def part_of_an_act(task):\n    task.save()\n",
        "agencies/accounts/services/__init__.py": "__all__ = ['links']\n",
        "agencies/accounts/services/links.py": "def touch(link):\n    link.save()\n\n\ndef end(link):\n"
        '    """A building block: whoever calls it records."""\n    link.save()\n\n\ndef _inside(link):\n'
        "    link.save()\n",
        "agencies/units/services/index.py": "def index_units(units):\n    units.all().delete()\n",
        "agencies/people/services.py": "def loose(person):\n    person.save()\n    record(x)\n\n\n"
        "def inside(person):\n    with transaction.atomic():\n        person.save()\n        record(x)\n\n\n"
        "def only_reads(people):\n    return set().update(people)\n\n\n@transaction.atomic\ndef hands_on(task):\n"
        "    task.save()\n    programs.close(task)\n",
    },
    finds={
        "agencies/accounts/services/links.py:1",
        "coordination/tasks/services/acts.py:14",
        "agencies/people/services.py:1",
        "agencies/people/services.py:17",
    },
)
def every_write_leaves_an_entry(tree: Tree) -> Iterator[Finding]:
    """A public service that writes rows records it, itself or through its room, in the same transaction.

    Rule: R-AUDIT-1. Public is what a room's `services` offers to others; what only its own acts call is part of them.
    What is derived from other rows and can be derived again (`services/index.py`) is no act. A part of an act that
    other rooms call says so in its docstring (“A building block: …”), and so does what leaves none (“Why no entry”).
    """
    for room, modules in _rooms(tree).items():
        acts = {name: act for module in modules for name, act in _functions(tree, module).items()}
        for name in sorted(_offered(tree, room, modules) & acts.keys()):
            path, act = acts[name]
            if not _does(name, acts, _writes) or _EXCUSED.search(ast.get_docstring(act) or ""):
                continue
            if not _does(name, acts, _records):
                yield Finding(path, act.lineno, f"{name} writes and leaves no entry")
            elif not _is_atomic(act):
                yield Finding(path, act.lineno, f"{name} writes outside a transaction")


def _rooms(tree: Tree) -> dict[str, list[str]]:
    """The service modules of each room, by the path of its `services`."""
    rooms: dict[str, list[str]] = {}
    for path in tree.files(".py", under=_FLOORS):
        parts = PurePosixPath(path).parts
        if ("services.py" in parts or "services" in parts) and parts[-1] != "index.py":
            home = path.split("/services")[0] + "/services"
            rooms.setdefault(home, []).append(path)
    return rooms


def _functions(tree: Tree, path: str) -> dict[str, tuple[str, ast.FunctionDef]]:
    return {node.name: (path, node) for node in tree.syntax(path).body if isinstance(node, ast.FunctionDef)}


def _offered(tree: Tree, room: str, modules: list[str]) -> set[str]:
    """What the room's package names in `__all__`; of a module it names every function without an underscore."""
    package = f"{room}/__init__.py"
    if package not in modules:
        return {name for path in modules for name in _functions(tree, path) if not name.startswith("_")}
    for node in tree.nodes(package, ast.Assign):
        if dotted(node.targets[0]) == "__all__":
            named = set(ast.literal_eval(node.value))
            whole = [path for path in modules if PurePosixPath(path).stem in named]
            return named | {name for path in whole for name in _functions(tree, path) if not name.startswith("_")}
    return set()


def _does(name: str, acts: dict, told, seen: frozenset[str] = frozenset()) -> bool:
    """Whether a function does something itself or through the functions of its room that it calls."""
    _path, act = acts[name]
    calls = [node for node in ast.walk(act) if isinstance(node, ast.Call)]
    if any(told(call) for call in calls):
        return True
    inner = {call.func.id for call in calls if isinstance(call.func, ast.Name)} & acts.keys() - seen - {name}
    return any(_does(other, acts, told, seen | {name}) for other in inner)


def _writes(call: ast.Call) -> bool:
    if not isinstance(call.func, ast.Attribute):
        return False
    whom, act = dotted(call.func.value), call.func.attr
    # Rows are updated by named columns, sets and digests by a value.
    updates_rows = act == "update" and bool(call.keywords) and not call.args
    return (act in _WRITES and not whom.endswith(".session")) or updates_rows


def _records(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Name) and call.func.id == "record"


def _is_atomic(act: ast.FunctionDef) -> bool:
    marked = any("atomic" in dotted(decorator) for decorator in act.decorator_list)
    opened = (item.context_expr for node in ast.walk(act) if isinstance(node, ast.With) for item in node.items)
    return marked or any("atomic" in dotted(each) for each in opened)
