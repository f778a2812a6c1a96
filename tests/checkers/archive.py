"""What an archival, accessible PDF must hold, as far as it can be told without the reference validator.

A necessary set of the clauses of PDF/A-3, level A, and of what screen readers need; where veraPDF is on the PATH it is
asked as well.
"""

import io
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pikepdf

_PROGRAM_FONTS = ("/FontFile", "/FontFile2", "/FontFile3")
_ACTING = {"/JavaScript", "/Launch", "/Sound", "/Movie", "/ImportData", "/Hide", "/SetOCGState"}


def faults(content: bytes) -> list[str]:
    """Everything that keeps a file from being what it declares to be."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        things = [thing for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream)]
        found = [*_of_archive(pdf, things), *_of_enclosures(pdf, things), *_of_tags(pdf)]
    return found + _of_reference_validator(content)


def _of_archive(pdf: pikepdf.Pdf, things: list) -> Iterator[str]:
    metadata = pdf.Root.Metadata.read_bytes().decode() if "/Metadata" in pdf.Root else ""
    if not re.search(r'pdfaid:part(="|>)3', metadata) or not re.search(r'pdfaid:conformance(="|>)A', metadata):
        yield "does not declare PDF/A-3, level A"
    profiles = [one.get("/DestOutputProfile") for one in pdf.Root.get("/OutputIntents", [])]
    if not profiles or any(profile is None or profile.get("/N") not in (1, 3, 4) for profile in profiles):
        yield "no output intent with a colour profile"
    if "/ID" not in pdf.trailer or "/Encrypt" in pdf.trailer:
        yield "no identifier, or encrypted"
    for thing in things:
        if thing.get("/Type") == "/FontDescriptor" and not any(name in thing for name in _PROGRAM_FONTS):
            yield f"font not embedded: {thing.get('/FontName')}"
        if thing.get("/Subtype") == "/Type0" and "/ToUnicode" not in thing:
            yield f"font without its letters: {thing.get('/BaseFont')}"
        if thing.get("/S") in _ACTING:
            yield f"an action: {thing.get('/S')}"


def _of_enclosures(pdf: pikepdf.Pdf, things: list) -> Iterator[str]:
    files = [thing for thing in things if thing.get("/Type") == "/Filespec"]
    listed = [one.objgen for one in pdf.Root.get("/AF", [])]
    if len(listed) != len(set(listed)) or len(listed) != len(files):
        yield f"{len(files)} files enclosed, {len(listed)} listed"
    for file in files:
        if "/EF" not in file or "/UF" not in file or "/AFRelationship" not in file:
            yield f"enclosed without its bytes, name or relationship: {file.get('/F')}"


def _of_tags(pdf: pikepdf.Pdf) -> Iterator[str]:
    if not pdf.Root.get("/MarkInfo", {}).get("/Marked", False) or "/StructTreeRoot" not in pdf.Root:
        yield "not tagged"
        return
    if not str(pdf.Root.get("/Lang", "")).lower().startswith("vi"):
        yield "language not Vietnamese"
    if not pdf.Root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False):
        yield "the title is not shown"
    if "/Outlines" not in pdf.Root:
        yield "no bookmarks"
    tags = list(_walk(pdf.Root.StructTreeRoot.get("/K"), depth=0))
    levels = [int(str(tag.S)[2:]) for tag in tags if re.fullmatch("/H[1-6]", str(tag.S))]
    if levels and (levels[0] != 1 or any(after - before > 1 for before, after in pairwise(levels))):
        yield f"headings skip a level: {levels}"
    for tag in tags:
        if tag.S in ("/Figure", "/Formula") and not str(tag.get("/Alt", "")).strip():
            yield "a figure without its words"
        if tag.S == "/TH" and "/ID" not in tag and not _has_scope(tag):
            yield "a heading cell without a scope"
        if tag.S == "/Table" and not any(inner.S == "/TH" for inner in _walk(tag.get("/K"), depth=0)):
            yield "a table without heading cells"


def _walk(tag, depth: int) -> Iterator[pikepdf.Dictionary]:
    if isinstance(tag, pikepdf.Array):
        for one in tag:
            yield from _walk(one, depth)
    elif isinstance(tag, pikepdf.Dictionary) and depth < 200:
        if "/S" in tag:
            yield tag
        if "/K" in tag:
            yield from _walk(tag.K, depth + 1)


def _has_scope(tag: pikepdf.Dictionary) -> bool:
    attributes = tag.get("/A", pikepdf.Array())
    attributes = attributes if isinstance(attributes, pikepdf.Array) else [attributes]
    return any("/Scope" in one for one in attributes if isinstance(one, pikepdf.Dictionary))


def _of_reference_validator(content: bytes) -> list[str]:
    """What veraPDF says, where the machine has it."""
    program = shutil.which("verapdf")
    if program is None:
        return []
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        Path(file.name).write_bytes(content)
        asked = [program, "--flavour", "3a", "--format", "text", file.name]
        said = subprocess.run(asked, capture_output=True, text=True, check=False).stdout
    return [] if said.startswith("PASS") else [f"veraPDF: {said.strip()}"]
