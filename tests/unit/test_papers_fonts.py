"""The bundled typeface: unmodified files that draw every Vietnamese letter."""

import hashlib
import json
import unicodedata

import pytest
from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTFont

from reports.pdf.assets import FACES

TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
VOWELS = "aăâeêioôơuưy"
SMALL = {unicodedata.normalize("NFC", vowel + tone) for vowel in VOWELS for tone in TONES} | {"đ"}
LETTERS = sorted(SMALL | {letter.upper() for letter in SMALL})
SIGNS = "“”‘’–—…%/()-.,;:+°²³№"


def test_files_are_the_ones_the_manifest_names():
    folder = FACES[0].parent
    manifest = json.loads((folder / "MANIFEST.json").read_text())
    for name, digest in manifest["sha256"].items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest
    assert {face.name for face in FACES} | {"OFL.txt"} == set(manifest["sha256"])


@pytest.mark.parametrize("face", FACES, ids=lambda face: face.stem)
def test_every_vietnamese_letter_and_sign_is_drawn(face):
    font = TTFont(face)
    letters, glyphs = font.getBestCmap(), font.getGlyphSet()
    for char in (*LETTERS, *SIGNS):
        pen = BoundsPen(glyphs)
        glyphs[letters[ord(char)]].draw(pen)
        assert pen.bounds, char
    assert len(LETTERS) == 146
    assert font["OS/2"].fsType == 0
