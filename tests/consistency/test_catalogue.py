"""The Vietnamese catalogue says everything the product says, nothing more, and is compiled."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest

from tests.consistency.tree import FLOORS, PROJECT

CATALOGUE = PROJECT / "locale" / "vi" / "LC_MESSAGES" / "django.po"
_VIETNAMESE = re.compile("[ăâđêôơưĂÂĐÊÔƠƯ\u1ea0-\u1ef9]")


def key_of(entry: polib.POEntry) -> tuple[str | None, str, str]:
    return entry.msgctxt, entry.msgid, entry.msgid_plural


def shown(key: tuple[str | None, str, str]) -> str:
    return " | ".join(part for part in key if part)


def messages_in(home: Path) -> set[tuple[str | None, str, str]]:
    """What the code and templates of a folder say, as makemessages finds it; the folder's catalogue is rewritten."""
    (home / "locale").mkdir(exist_ok=True)
    command = [sys.executable, "-m", "django", "makemessages", "--locale", "vi", "--no-location", "--no-obsolete"]
    subprocess.run(command, cwd=home, env={"PATH": os.environ["PATH"]}, check=True, capture_output=True)
    return {key_of(entry) for entry in polib.pofile(str(home / "locale/vi/LC_MESSAGES/django.po"))}


@pytest.fixture(scope="module")
def catalogue() -> polib.POFile:
    return polib.pofile(str(CATALOGUE))


@pytest.fixture(scope="module")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> set[tuple[str | None, str, str]]:
    """What the product says, collected in a copy."""
    home = tmp_path_factory.mktemp("messages")
    for folder in (*FLOORS, "templates"):
        shutil.copytree(PROJECT / folder, home / folder, ignore=shutil.ignore_patterns("__pycache__"))
    return messages_in(home)


def test_makemessages_collects_from_code_and_templates(tmp_path: Path):
    (tmp_path / "views.py").write_text('from django.utils.translation import gettext as _\n_("In code")\n')
    (tmp_path / "page.html").write_text('{% translate "In a page" %}')
    assert {message for _, message, _ in messages_in(tmp_path)} == {"In code", "In a page"}


def test_every_message_is_in_the_catalogue(catalogue, spoken):
    assert sorted(map(shown, spoken - {key_of(entry) for entry in catalogue})) == []


def test_catalogue_has_no_message_nobody_says(catalogue, spoken):
    assert sorted(map(shown, {key_of(entry) for entry in catalogue} - spoken)) == []


def test_every_message_is_translated(catalogue):
    assert [entry.msgid for entry in catalogue if not entry.translated()] == []


def test_no_translation_is_a_guess(catalogue):
    assert [entry.msgid for entry in catalogue if entry.fuzzy] == []


def test_placeholders_are_the_same_in_both_languages(catalogue):
    def placeholders(text: str) -> list[str]:
        return sorted(re.findall(r"%\(\w+\)[sd]|%[sd]|\{\w*\}", text))

    wrong = [
        entry.msgid
        for entry in catalogue.translated_entries()
        for said in [entry.msgstr or next(iter(entry.msgstr_plural.values()), "")]
        if placeholders(said) != placeholders(entry.msgid_plural or entry.msgid)
    ]
    assert wrong == []


def test_messages_are_written_in_english(catalogue):
    assert [entry.msgid for entry in catalogue if _VIETNAMESE.search(entry.msgid)] == []


def test_compiled_catalogue_is_the_written_one(catalogue):
    def content(entries) -> dict:
        return {key_of(entry): (entry.msgstr, tuple(entry.msgstr_plural.values())) for entry in entries}

    written, compiled = (
        content(catalogue.translated_entries()),
        content(polib.mofile(str(CATALOGUE.with_suffix(".mo")))),
    )
    assert sorted(shown(key) for key in written.keys() | compiled if written.get(key) != compiled.get(key)) == []
