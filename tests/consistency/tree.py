"""The project as a tree of files that rules walk; and what a rule is: a check with an example that breaks it."""

import ast
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent.parent
FLOORS = ("records", "agencies", "coordination", "reports", "portal")
_GENERATED = {".git", ".venv", "var", "__pycache__", ".ruff_cache", ".pytest_cache", ".import_linter_cache"}


@dataclass(frozen=True, order=True)
class Finding:
    """Where a rule is broken and how."""

    path: str
    line: int
    what: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.what}"


class Tree:
    """A folder read as text and as syntax; paths are relative to it and written with slashes."""

    def __init__(self, root: Path):
        self.root = root

    def files(self, *endings: str, under: tuple[str, ...] = ("",), without: tuple[str, ...] = ()) -> list[str]:
        """The files with these endings in these folders, without those whose path matches a pattern."""
        return [
            path
            for path in self._all()
            if path.endswith(endings)
            and any(path.startswith(f"{folder}/" if folder else "") for folder in under)
            and not any(re.search(pattern, path) for pattern in without)
        ]

    def code(self, *, without: tuple[str, ...] = ()) -> list[str]:
        """The product's own Python: five floors, no migrations."""
        return self.files(".py", under=FLOORS, without=(r"/migrations/", *without))

    def text(self, path: str) -> str:
        return (self.root / path).read_text(encoding="utf-8")

    def lines(self, path: str) -> Iterator[tuple[int, str]]:
        return enumerate(self.text(path).splitlines(), start=1)

    def syntax(self, path: str) -> ast.Module:
        return ast.parse(self.text(path), filename=path)

    def nodes(self, path: str, *kinds: type[ast.AST]) -> Iterator[ast.AST]:
        return (node for node in ast.walk(self.syntax(path)) if isinstance(node, kinds))

    def strings(self, path: str) -> Iterator[tuple[int, str]]:
        """Every string of a module, docstrings left out, with its line."""
        module = self.syntax(path)
        said = {id(docstring_of(node)) for node in ast.walk(module)}
        for node in ast.walk(module):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said:
                yield node.lineno, node.value

    def matches(self, path: str, pattern: str) -> Iterator[Finding]:
        """A finding for every line in which the pattern occurs."""
        for number, line in self.lines(path):
            found = re.search(pattern, line)
            if found:
                yield Finding(path, number, found.group().strip())

    def _all(self) -> list[str]:
        found = []
        for folder, names, files in os.walk(self.root):
            names[:] = [name for name in names if name not in _GENERATED]
            found += [Path(folder, name).relative_to(self.root).as_posix() for name in files]
        return sorted(found)


def docstring_of(node: ast.AST) -> ast.Constant | None:
    """The docstring's own node, when the node has one."""
    body = getattr(node, "body", None)
    if not isinstance(body, list) or not body or not isinstance(body[0], ast.Expr):
        return None
    said = body[0].value
    return said if isinstance(said, ast.Constant) and isinstance(said.value, str) else None


def dotted(node: ast.AST) -> str:
    """`a.b.c` for names and attributes, calls left out: `Task.objects.filter().update` for a chain."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    if isinstance(node, ast.Call):
        return f"{dotted(node.func)}()"
    return "…"


Check = Callable[[Tree], Iterator[Finding]]


@dataclass(frozen=True)
class Rule:
    """A check with an example: files of which exactly the lines in `finds` break the rule."""

    check: Check
    example: dict[str, str]
    finds: frozenset[str]

    @property
    def name(self) -> str:
        return self.check.__name__


RULES: list[Rule] = []


def rule(example: dict[str, str], finds: set[str]) -> Callable[[Check], Check]:
    """Register a rule together with the example that proves it can fail and does not fail on what is right."""

    def register(check: Check) -> Check:
        RULES.append(Rule(check, example, frozenset(finds)))
        return check

    return register
