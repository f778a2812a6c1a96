"""The strip at the foot of every page: the code by which anybody checks a paper, its version, the digest of its words.

Why not the file's own digest: no file can contain it. The strip's digest covers what the paper says; the digest of the
file stands on the page the code leads to.
"""

import hashlib
from dataclasses import dataclass

# No I, O, 0 and 1: whoever types a code from paper takes them for each other.
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
CODE_LENGTH = 12
_GROUP = 4
_BITS = 5


@dataclass(frozen=True)
class Strip:
    """What a page says of its paper. `data` is the JSON that `digest`, its SHA-256, covers; it travels in the PDF."""

    code: str
    version: str
    digest: str
    data: str

    @classmethod
    def of(cls, about: str, data: str, version: str = "") -> "Strip":
        """The strip of what a paper says. `about` tells two papers apart that say the same of different things."""
        digest = hashlib.sha256(data.encode()).hexdigest()
        return cls(code_of(about, version, digest), version, digest, data)

    @property
    def code_in_groups(self) -> str:
        return in_groups(self.code)

    @property
    def short_digest(self) -> str:
        """As much of the digest as a line holds and an eye compares: its first eight and its last eight digits."""
        return f"{self.digest[:4]} {self.digest[4:8]} … {self.digest[-8:-4]} {self.digest[-4:]}"


def code_of(about: str, version: str, digest: str) -> str:
    """The code of a paper, 60 bits that follow from what it says.

    Why not drawn by lot: the paper laid before the signers and the paper issued carry the same code, though neither
    number, day nor signatures were known when the first was printed; and looking at a paper writes nothing. Nobody can
    work the code out who does not have every word of the paper.
    """
    bits = int.from_bytes(hashlib.sha256(f"{about}\n{version}\n{digest}".encode()).digest(), "big")
    return "".join(LETTERS[bits >> _BITS * place & (1 << _BITS) - 1] for place in range(CODE_LENGTH))


def in_groups(code: str) -> str:
    """A code as it is printed: 7KQ4-M2XD-9RTP."""
    return "-".join(code[start : start + _GROUP] for start in range(0, len(code), _GROUP))


def read_code(typed: str) -> str | None:
    """The code somebody typed or scanned, with or without hyphens, in letters of either size; None where it is none."""
    plain = "".join(char for char in typed.upper() if char not in "- \u00a0.–—\u2011")
    return plain if len(plain) == CODE_LENGTH and set(plain) <= set(LETTERS) else None
