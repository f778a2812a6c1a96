"""F12: an upload breaks off half way; a byte of a stored file is flipped:
`python -m tests.faults.upload_cut [ROUNDS]`.
"""

import random
import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from tests.faults.ground import Fault, Ground, run
from tests.faults.portal import Portal, served
from tests.faults.visitor import Letter, Visitor

FAULT = Fault("F12", "upload cut, stored byte flipped", "nothing of it is kept; verify names the file", 20)


def play(ground: Ground, rounds: int) -> Iterator[tuple[str, bool]]:
    from records.models import StoredFile
    from tests.faults.counting import rows, verified

    chance = random.Random(12)
    with served(ground) as portal:
        visitor, before = portal.somebody(), (StoredFile.objects.count(), _files_of(ground))
        for number in range(rounds):
            _cut(visitor, letter_with_file(portal, visitor, f"Đợt cắt {number}"), chance.random())
        after = (StoredFile.objects.count(), _files_of(ground))
        yield f"{rounds} cut", after == before and not rows()
        kept = visitor.send(letter_with_file(portal, visitor, "Đợt nguyên vẹn"))
        yield f"the whole one is taken: {kept.status}", kept.status == 302 and _files_of(ground) == before[1] + 1
    yield verified("--files")
    newest = StoredFile.objects.order_by("-pk").first()
    _flip(newest.path, chance)
    said, held = verified("--files")
    yield (
        f"a flipped byte is {'named' if newest.sha256[:8] in said or newest.name in said else 'not named'}",
        (not held and (newest.sha256[:8] in said or newest.name in said)),
    )


def letter_with_file(portal: Portal, visitor: Visitor, mark: str) -> Letter:
    from tests.factories.files import make_pdf

    slug = portal.ground.office.writers[0].tasks[0]
    typed = {"value": "5", "result": mark}
    return visitor.written(f"/nhiem-vu/{slug}/tien-do/", typed, files=(("files", "bien-ban.pdf", make_pdf()),))


def _cut(visitor: Visitor, letter: Letter, share: float) -> None:
    """Send the head and a part of the body, then hang up."""
    place, body = urlsplit(visitor.base), letter.packed()[1]
    with socket.create_connection((place.hostname, place.port), timeout=30) as line:
        line.sendall(visitor.head_of(letter) + body[: int(len(body) * share * 0.99)])


def _files_of(ground: Ground) -> int:
    return sum(path.is_file() for path in (ground.home / "files").rglob("*"))


def _flip(path: Path, chance: random.Random) -> None:
    content = bytearray(path.read_bytes())
    content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    path.chmod(0o600)
    path.write_bytes(content)


if __name__ == "__main__":
    sys.exit(run(FAULT, play))
