"""The bill of materials is that of the pins and of what lies in the repository; `make sbom` writes it."""

import json
import re
from types import ModuleType

import pytest

from tests.consistency.tree import PROJECT


@pytest.fixture
def sbom(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(PROJECT / ".ci"))
    import sbom

    return sbom


def test_the_bill_is_that_of_today(sbom: ModuleType):
    assert (PROJECT / "docs" / "sbom.cdx.json").read_text(encoding="utf-8") == sbom.written(), "run make sbom"


def test_it_holds_every_pin_and_every_digest(sbom: ModuleType):
    told = json.loads(sbom.written())["components"]
    lists = [(PROJECT / name).read_text() for name in ("requirements.txt", "requirements-redis.txt")]
    pins = {pin for text in lists for pin in re.findall(r"^([\w.-]+)(?:\[[^]]*\])?==([^\s;\\]+)", text, re.MULTILINE)}
    named = [(each["name"], each["version"]) for each in told if each["purl"].startswith("pkg:pypi/")]
    assert set(named) == pins and len(named) == len(pins)
    assert ("rq", "optional") in {(each["name"], each.get("scope")) for each in told}
    digests = {
        digest["content"] for each in told for place in each.get("externalReferences", []) for digest in place["hashes"]
    }
    assert digests == {digest for text in lists for digest in re.findall(r"sha256:([0-9a-f]{64})", text)}


def test_every_part_names_its_licence(sbom: ModuleType):
    told = [each for part in json.loads(sbom.written())["components"] for each in part["licenses"]]
    assert [each for each in told if not each or "unknown" in str(each)] == []
    assert len(told) == len(json.loads(sbom.written())["components"])


def test_a_changed_pin_is_noticed(sbom: ModuleType, tmp_path, monkeypatch):
    monkeypatch.setattr(sbom, "ROOT", tmp_path)
    for name in ("requirements.txt", "requirements-redis.txt"):
        (tmp_path / name).write_text("django==9.9 \\\n    --hash=sha256:" + "0" * 64 + "\n")
    [component] = sbom.packages()
    assert (component["version"], component["licenses"]) == ("9.9", [{"expression": "BSD-3-Clause"}])
    assert component["externalReferences"][0]["hashes"] == [{"alg": "SHA-256", "content": "0" * 64}]
