"""What is recorded can be read: every value an entry of the audit tells has a word in which people read it."""

import ast
from collections.abc import Iterator

from agencies.log.words import COMMON
from records.audit.history import kinds
from tests.consistency.tree import PROJECT, Tree, dotted


def recorded(tree: Tree) -> Iterator[tuple[str, str]]:
    """Where a value is recorded, and its name, for every name written out beside `record`."""
    for path in tree.code():
        for call in tree.nodes(path, ast.Call):
            if dotted(call.func) == "record":
                for keyword in call.keywords:
                    if keyword.arg in {"before", "after"}:
                        yield from ((f"{path}:{call.lineno}", name) for name in names_in(keyword.value))


def names_in(value: ast.expr) -> Iterator[str]:
    """The names in dictionaries written out, joined or chosen between."""
    if isinstance(value, ast.Dict):
        for key, inner in zip(value.keys, value.values, strict=True):
            if key is None:
                yield from names_in(inner)
            elif isinstance(key, ast.Constant):
                yield key.value
    elif isinstance(value, ast.BinOp):
        yield from (*names_in(value.left), *names_in(value.right))
    elif isinstance(value, ast.IfExp):
        yield from (*names_in(value.body), *names_in(value.orelse))


def words() -> set[str]:
    return {name for vocabulary in kinds().values() for name in vocabulary.words} | set(COMMON) | {"reason"}


def test_every_value_recorded_has_a_word():
    assert sorted(f"{where}: {name}" for where, name in recorded(Tree(PROJECT)) if name not in words()) == []


def test_a_value_without_a_word_would_be_noticed(tmp_path):
    (tmp_path / "agencies").mkdir()
    (tmp_path / "agencies" / "services.py").write_text(
        'record(X, before={"name": 1} if x else {}, after={"unheard_of": 1} | {**told, "title": 2})\n'
    )
    found = {name for _where, name in recorded(Tree(tmp_path))}
    assert found == {"name", "unheard_of", "title"}
    assert found - words() == {"unheard_of"}


def test_every_kind_of_object_has_a_name():
    assert all(str(vocabulary.name) for kind, vocabulary in kinds().items() if kind)
