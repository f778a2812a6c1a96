"""Each rule holds for the project, and each rule finds exactly what is wrong in its own example."""

from pathlib import Path

import pytest

from tests.consistency import (  # noqa: F401 (they register rules)
    rules_of_code,
    rules_of_pages,
    rules_of_rights,
    rules_of_the_audit,
    rules_of_the_house,
)
from tests.consistency.tree import PROJECT, RULES, Rule, Tree


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_the_project_keeps(rule: Rule):
    found = sorted(set(rule.check(Tree(PROJECT))))
    assert not found, f"{rule.check.__doc__}\n" + "\n".join(map(str, found))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_can_fail(rule: Rule, tmp_path: Path):
    for name, text in rule.example.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert {f"{found.path}:{found.line}" for found in rule.check(Tree(tmp_path))} == rule.finds
