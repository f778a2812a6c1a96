"""F8: the disk of stored files is full or read-only, that of temporary files is full:
`python -m tests.faults.disk_full [ROUNDS]`.
"""

import random
import sys
from collections.abc import Iterator

from tests.faults.ground import Fault, Ground, run
from tests.faults.portal import Portal, served
from tests.faults.small_disk import fill, read_only, small_disk
from tests.faults.visitor import Letter, Visitor

FAULT = Fault(
    "F8", "disk of files full or read-only, temporary disk full", "503 in words, no half file, no row; then it works", 5
)
_DISK_MEGABYTES, _FILE_BYTES = 4, 3_000_000


def play(ground: Ground, rounds: int) -> Iterator[tuple[str, bool]]:
    from tests.faults.counting import verified

    files, temporary = ground.home.parent / "small-files", ground.home.parent / "small-temporary"
    with (
        small_disk(files, _DISK_MEGABYTES * (rounds + 1)),
        small_disk(temporary, _DISK_MEGABYTES),
        served(ground, PORTAL_FILES=str(files), TMPDIR=str(temporary)) as portal,
    ):
        visitor = portal.somebody()
        for number in range(rounds):
            stuffing = fill(files)
            yield from _refused(portal, visitor, number, "stored files full")
            stuffing.unlink()
            read_only(files, on=True)
            yield from _refused(portal, visitor, number, "stored files read-only")
            read_only(files, on=False)
            stuffing = fill(temporary)
            yield from _refused(portal, visitor, number, "temporary full")
            stuffing.unlink()
            yield from _taken(portal, visitor, number)
        left = [path.name for place in (files, temporary) for path in place.rglob("*incoming*")]
        yield f"{len(left)} half files", not left
    yield verified()


def _refused(portal: Portal, visitor: Visitor, number: int, why: str) -> Iterator[tuple[str, bool]]:
    """Nothing but what is wrong is worth a word each round."""
    from records.models import StoredFile

    before = StoredFile.objects.count()
    answer = visitor.send(_letter(portal, visitor, number))
    held = answer.status == 503 and "Ổ đĩa" in answer.text and StoredFile.objects.count() == before
    if number == 0 or not held:
        yield f"{why}: {answer.status}", held


def _taken(portal: Portal, visitor: Visitor, number: int) -> Iterator[tuple[str, bool]]:
    from coordination.models import Evidence

    before = Evidence.objects.count()
    answer = visitor.send(_letter(portal, visitor, number))
    taken = answer.status == 302 and Evidence.objects.count() == before + 1
    if taken:
        newest = Evidence.objects.order_by("-pk").first().file
        place = portal.ground.home.parent / "small-files" / newest.sha256[:2] / newest.sha256
        taken = place.stat().st_size == newest.size_bytes
    if number == 0 or not taken:
        yield f"with room again: {answer.status}", taken


def _letter(portal: Portal, visitor: Visitor, number: int) -> Letter:
    """A report with a picture-like PDF no other file equals."""
    from tests.factories.files import make_pdf

    slug = portal.ground.office.writers[0].tasks[0]
    noise = random.Random(number).randbytes(_FILE_BYTES)
    content = make_pdf(lambda pdf: pdf.pages[0].contents_add(pdf.make_stream(b"%" + noise.hex().encode())))
    typed = {"value": str(number + 1), "result": f"Kèm tệp {number}"}
    return visitor.written(f"/nhiem-vu/{slug}/tien-do/", typed, files=(("files", "a.pdf", content),))


if __name__ == "__main__":
    sys.exit(run(FAULT, play))
