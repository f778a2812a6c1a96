"""The guides are whole: one for each role in each language, every picture there, used, small and of one size.

That their words are true is proved where they are walked: tests/browser/test_guides.py.
"""

import re

import pytest
from PIL import Image

from agencies.access.enums import Role
from portal.guidance import LANGUAGES, Guide, Step, guide_of
from tests.consistency.tree import PROJECT

GUIDES = PROJECT / "docs" / "guides"
PICTURES = PROJECT / "static" / "img" / "guides"
MOST_BYTES, MOST_BYTES_IN_ALL, MOST_PICTURES = 60_000, 1_200_000, 25


def pictures_of(guide: Guide) -> list[str]:
    return [block.file for step in guide.steps for block in step.blocks if block.kind == "picture"]


def shape_of(step: Step) -> tuple:
    return step.anchor, step.page, step.is_trial, [(block.kind, block.start, block.file) for block in step.blocks]


def test_every_picture_is_named_once_in_each_language_and_is_there():
    for language in LANGUAGES:
        named = [name for role in Role for name in pictures_of(guide_of(role, language))]
        assert sorted(named) == sorted(f"img/guides/{path.name}" for path in PICTURES.glob("*.png")), "make pictures"


def test_pictures_are_small_and_of_one_size():
    paths = sorted(PICTURES.glob("*.png"))
    for path in paths:
        with Image.open(path) as shown:
            assert (shown.format, shown.mode, shown.size) == ("PNG", "P", (1280, 800)), path.name
        assert path.stat().st_size <= MOST_BYTES, path.name
    assert len(paths) <= MOST_PICTURES and sum(path.stat().st_size for path in paths) <= MOST_BYTES_IN_ALL


@pytest.mark.parametrize("role", Role)
def test_both_languages_tell_the_same_steps(role: Role):
    told = [[shape_of(step) for step in guide_of(role, language).steps] for language in LANGUAGES]
    assert told[0] == told[1]
    assert 4 <= sum(not step.is_trial for step in guide_of(role, LANGUAGES[0]).steps) <= 5


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("role", Role)
def test_every_mark_of_the_text_was_understood(role: Role, language: str):
    guide = guide_of(role, language)
    words = [run.words for run in guide.lead] + [run.words for step in guide.steps for run in step.runs]
    assert not [word for word in words if re.search(r"\*\*|`|<!--|!\[|[“”]|\]\(", word)]


@pytest.mark.parametrize("name", ["docs/guides/README.md", "docs/handbook.md", "README.md"])
def test_links_lead_to_files_and_headings_that_are_there(name: str):
    path = PROJECT / name
    text = re.sub(r"`[^`\n]+`", "", path.read_text(encoding="utf-8"))
    for address in re.findall(r"\]\((?!https?:)([^)]+)\)", text):
        file, _hash, heading = address.partition("#")
        target = (path.parent / file).resolve() if file else path
        assert target.exists(), f"{name}: {address}"
        if heading:
            headings = re.findall(r"^#+ (.+)$", target.read_text(encoding="utf-8"), flags=re.MULTILINE)
            assert heading in {re.sub(r"[^\w\- ]", "", one.lower()).replace(" ", "-") for one in headings}, address


def test_the_index_names_every_guide():
    index = (GUIDES / "README.md").read_text(encoding="utf-8")
    for path in GUIDES.rglob("*.md"):
        assert path.name == "README.md" or f"]({path.relative_to(GUIDES)})" in index, path.name
