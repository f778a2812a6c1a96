"""The guides of docs/guides/, one for each role in each language, read once: what the help page shows.

Why a reader of its own for their Markdown: the browser tests walk the same steps, click by click, so what they may say
is exactly what can be clicked, filled in and seen.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path

from django.conf import settings

from agencies.access.enums import Role

FOLDER = settings.ROOT / "docs" / "guides"
LANGUAGES = ("vi", "en")
# **Label** is pressed, **Label**: `value` filled in, “words” are on the page, `code` is what one types elsewhere.
_RUNS = re.compile(r"\*\*(?P<label>.+?)\*\*(?:: `(?P<value>.+?)`)?|“(?P<seen>.+?)”|`(?P<code>.+?)`")
_NOTE = re.compile(r"<!-- (?P<key>page|only): (?P<value>\S+) -->")
_PICTURE = re.compile(r"!\[(?P<words>.+)\]\((?:\.\./)+static/(?P<file>\S+)\)")
_ITEM = re.compile(r"(?P<number>\d+)\. ")


@dataclass(frozen=True)
class Run:
    """Some words of a line and what they are: text, label (with a value where it is a field), seen or code."""

    kind: str
    words: str
    value: str = ""


@dataclass(frozen=True)
class Block:
    """A paragraph, a list from a number on (one line each), or a picture and the words read out instead of it."""

    kind: str
    lines: tuple[tuple[Run, ...], ...] = ()
    start: int = 1
    file: str = ""
    words: str = ""


@dataclass(frozen=True)
class Step:
    """One heading of a guide: the page it is about, and what to do there."""

    anchor: str
    heading: str
    page: str
    is_trial: bool
    blocks: tuple[Block, ...]

    @property
    def runs(self) -> Iterator[Run]:
        return (run for block in self.blocks for line in block.lines for run in line)


@dataclass(frozen=True)
class Guide:
    """What one role does on the first day, in the order of the day."""

    role: Role
    title: str
    lead: tuple[Run, ...]
    steps: tuple[Step, ...]


@cache
def guide_of(role: str, language: str) -> Guide:
    """The guide of a role; of an official for somebody without a role, in Vietnamese where the language has none.

    Rule: R-HELP-1.
    """
    role = Role(role) if role in Role.values else Role.OFFICIAL
    text = file_of(role, language if language in LANGUAGES else LANGUAGES[0]).read_text(encoding="utf-8")
    opening, *steps = re.split(r"^## ", text, flags=re.MULTILINE)
    title, _newline, lead = opening.removeprefix("# ").partition("\n")
    return Guide(role, title, runs_of(lead), tuple(_step(place, step) for place, step in enumerate(steps)))


def file_of(role: Role, language: str) -> Path:
    """Where the guide of a role is written."""
    return FOLDER / language / f"{role.value.replace('_', '-')}.md"


def anchor_of(role: str, path: str) -> str:
    """The step of the reader's guide that is about a page: of all whose address the page begins with, the longest.

    Rule: R-HELP-2.
    """
    about = [step for step in guide_of(role, LANGUAGES[0]).steps if step.page and path.startswith(step.page)]
    return f"#{max(about, key=lambda step: len(step.page)).anchor}" if about else ""


def runs_of(text: str) -> tuple[Run, ...]:
    """A line taken apart into words that stand for themselves and words that name something on the page."""
    text, runs, at = " ".join(text.split()), [], 0
    for found in _RUNS.finditer(text):
        kind = next(kind for kind in ("label", "seen", "code") if found[kind])
        runs += [Run("text", text[at : found.start()]), Run(kind, found[kind], found["value"] or "")]
        at = found.end()
    return tuple(run for run in (*runs, Run("text", text[at:])) if run.words)


def _step(place: int, text: str) -> Step:
    heading, _newline, body = text.partition("\n")
    notes = {found["key"]: found["value"] for found in _NOTE.finditer(body)}
    chunks = [chunk.strip() for chunk in re.split(r"\n\s*\n|\n(?=\d+\. )", _NOTE.sub("", body)) if chunk.strip()]
    blocks = tuple(block for kind, same in groupby(chunks, _kind) for block in _blocks(kind, list(same)))
    return Step(f"buoc-{place}", heading, notes.get("page", ""), notes.get("only") == "demo", blocks)


def _kind(chunk: str) -> str:
    return "picture" if _PICTURE.fullmatch(chunk) else "list" if _ITEM.match(chunk) else "text"


def _blocks(kind: str, chunks: list[str]) -> Iterator[Block]:
    if kind == "list":
        lines = tuple(runs_of(_ITEM.sub("", chunk, count=1)) for chunk in chunks)
        yield Block("list", lines, start=int(_ITEM.match(chunks[0])["number"]))
    elif kind == "text":
        yield from (Block("text", (runs_of(chunk),)) for chunk in chunks)
    else:
        found = (_PICTURE.fullmatch(chunk) for chunk in chunks)
        yield from (Block("picture", file=one["file"], words=one["words"]) for one in found)
