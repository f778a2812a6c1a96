"""Rules the repository as a whole keeps: sizes, pinned packages, vendored files, tests that test."""

import ast
import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from tests.consistency.tree import FLOORS, Finding, Tree, dotted, rule

_MOST_LINES = 400
_NO_TEST = {
    "pytest.skip", "pytest.xfail", "pytest.importorskip", "pytest.mark.skip", "pytest.mark.skipif",
    "pytest.mark.xfail", "time.sleep", "unittest.skip", "unittest.skipIf", "unittest.skipUnless",
}  # fmt: skip
_MANIFEST = "MANIFEST.json"


@rule(
    example={
        "reports/pdf/engine.py": "x = 1\n" * 401,
        "reports/pdf/layout.py": "x = 1\n" * 400,
        "templates/a.html": "<p>\n" * 401,
        "records/migrations/0001_initial.py": "x = 1\n" * 401,
    },
    finds={"reports/pdf/engine.py:401", "templates/a.html:401"},
)
def files_fit_one_sitting(tree: Tree) -> Iterator[Finding]:
    """No module or template is longer than 400 lines; one that grows becomes a folder."""
    for path in tree.files(".py", ".html", without=(r"/migrations/", r"/vendor/")):
        length = sum(1 for _ in tree.lines(path))
        if length > _MOST_LINES:
            yield Finding(path, length, f"{length} lines")


@rule(
    example={
        "requirements.in": "django==5.2.19\nonly-asked==1\n",
        "requirements.txt": "django==5.2.19 \\\n    --hash=sha256:" + "0" * 64 + "\n    # via -r\n"
        "loose>=1\nbare==1.0\n--index-url https://packages.example/\n",
    },
    finds={"requirements.txt:4", "requirements.txt:5", "requirements.txt:6", "requirements.in:2"},
)
def packages_are_pinned_with_hashes(tree: Tree) -> Iterator[Finding]:
    """Every package has one version and its hashes, no package host is named, and the pins answer what was asked."""
    for path in tree.files(".txt", without=(r"/",)):
        if path.startswith("requirements"):
            yield from _loose_pins(tree, path)
            yield from _unanswered(tree, path)


def _loose_pins(tree: Tree, path: str) -> Iterator[Finding]:
    for line, entry in _entries(tree, path):
        pinned = re.match(r"[\w.-]+(\[[\w,-]+\])?==\S+", entry)
        if not pinned or "--hash=sha256:" not in entry or "://" in entry:
            yield Finding(path, line, entry.split("--hash")[0].strip())


def _unanswered(tree: Tree, path: str) -> Iterator[Finding]:
    pinned = {entry.split()[0].split(";")[0] for _, entry in _entries(tree, path)}
    asked = path.removesuffix(".txt") + ".in"
    for line, entry in _entries(tree, asked):
        name, exact, _ = entry.partition("==")
        answered = entry in pinned if exact else any(pin.startswith(f"{name}==") for pin in pinned)
        if not entry.startswith("-") and not answered:
            yield Finding(asked, line, f"{entry} is not what {path} pins; run make lock")


def _entries(tree: Tree, path: str) -> Iterator[tuple[int, str]]:
    """Whole entries with the line they start on: continued lines joined, comments and blank lines left out."""
    start, entry = 0, ""
    for number, line in tree.lines(path):
        words = line.split("#")[0].strip()
        if words:
            start, entry = start or number, f"{entry} {words.removesuffix(chr(92)).strip()}".strip()
        if entry and not line.rstrip().endswith("\\"):
            yield start, entry
            start, entry = 0, ""


@rule(
    example={
        "static/vendor/MANIFEST.json": json.dumps(
            [{"folder": "x", "files": {"a.css": hashlib.sha256(b"a").hexdigest(), "b.css": "0" * 64, "c.css": ""}}]
        ),
        "static/vendor/x/a.css": "a",
        "static/vendor/x/b.css": "b",
        "static/vendor/x/d.css": "d",
    },
    finds={"static/vendor/x/b.css:1", "static/vendor/x/c.css:1", "static/vendor/x/d.css:1"},
)
def vendored_files_are_as_they_came(tree: Tree) -> Iterator[Finding]:
    """Every vendored file is the one its MANIFEST.json names, byte for byte; nothing lies there unnamed."""
    for manifest in tree.files(f"/vendor/{_MANIFEST}"):
        home, named = PurePosixPath(manifest).parent, {manifest}
        for package in json.loads(tree.text(manifest)):
            for name, digest in package["files"].items():
                path = str(home / package["folder"] / name)
                named.add(path)
                yield from _changed(tree, path, digest)
        for path in set(tree.files("", under=(str(home),))) - named:
            yield Finding(path, 1, f"not named in {manifest}")


def _changed(tree: Tree, path: str, digest: str) -> Iterator[Finding]:
    file = tree.root / path
    if not file.is_file():
        yield Finding(path, 1, "is named in the manifest and missing")
    elif hashlib.sha256(file.read_bytes()).hexdigest() != digest:
        yield Finding(path, 1, "is not the file the manifest names")


@rule(
    example={"static/vendor/x/a.css": "", "tests/browser/vendor/MANIFEST.json": "[]"},
    finds={"static/vendor/x/a.css:1"},
)
def vendor_folders_have_a_manifest(tree: Tree) -> Iterator[Finding]:
    """A folder named vendor says in its MANIFEST.json where its files come from."""
    manifests = set(tree.files(f"/vendor/{_MANIFEST}"))
    for path in tree.files("", without=(r"^(?!.*/vendor/)",)):
        if f"{path.split('/vendor/')[0]}/vendor/{_MANIFEST}" not in manifests:
            yield Finding(path, 1, "no MANIFEST.json beside it")


@rule(
    example={
        "tests/unit/test_a.py": "@pytest.mark.skip\ndef test_a(): ...\n\ndef test_b():\n    time.sleep(1)\n"
        "    clock.sleep_in()\n",
        "tests/unit/test_b.py": "from unittest.mock import patch\n",
    },
    finds={"tests/unit/test_a.py:1", "tests/unit/test_a.py:5", "tests/unit/test_b.py:1"},
)
def tests_run_on_real_parts(tree: Tree) -> Iterator[Finding]:
    """No test is skipped, sleeps, or replaces our own code with a mock."""
    for path in tree.files(".py", under=("tests",)):
        for node in tree.nodes(path, ast.Attribute, ast.ImportFrom, ast.Import):
            if isinstance(node, ast.Attribute) and dotted(node) in _NO_TEST:
                yield Finding(path, node.lineno, dotted(node))
            elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("unittest.mock"):
                yield Finding(path, node.lineno, "unittest.mock")
            elif isinstance(node, ast.ImportFrom) and (node.module, "mock") in {
                (node.module, alias.name) for alias in node.names
            }:
                yield Finding(path, node.lineno, "mock")


@rule(
    example={
        ".ci/check.py": '_pytest(step, "tests/unit")\n',
        "tests/unit/test_a.py": "",
        "tests/story/test_b.py": "",
        "tests/test_c.py": "",
        "records/test_d.py": "",
    },
    finds={"tests/story/test_b.py:1", "tests/test_c.py:1", "records/test_d.py:1"},
)
def every_test_is_run(tree: Tree) -> Iterator[Finding]:
    """Every test lies in a folder that a step of `make test` runs."""
    run = set(re.findall(r"\"(tests/\w+)\"", tree.text(".ci/check.py")))
    for path in tree.files(".py", under=("tests", *FLOORS)):
        name = PurePosixPath(path).name
        if re.fullmatch(r"test_.*\.py|.*_test\.py", name) and "/".join(path.split("/")[:2]) not in run:
            yield Finding(path, 1, "no step of make test runs it")
