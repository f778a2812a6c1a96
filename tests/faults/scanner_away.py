"""F11: the virus scanner does not answer: `python -m tests.faults.scanner_away`."""

import subprocess
import sys
from collections.abc import Iterator

from tests.bench.load.serving import free_port
from tests.faults.ground import ROOT, Fault, Ground, run
from tests.faults.portal import Portal, served
from tests.faults.visitor import Visitor

FAULT = Fault("F11", "virus scanner down", "taken, handed to nobody, told why; scanned later, then handed out")


def play(ground: Ground, _rounds: int) -> Iterator[tuple[str, bool]]:
    from records.models import StoredFile
    from tests.faults.counting import verified
    from tests.integration.clamd_stand_in import standing_in

    gone = f"clamd://127.0.0.1:{free_port()}"
    with served(ground, FILE_SCANNER=gone) as portal:
        visitor = portal.somebody()
        taken = _brought(portal, visitor)
        kept = StoredFile.objects.order_by("-pk").first()
        yield f"brought: {taken}, the file is {kept.scan}", taken == 302 and kept.scan == "waiting"
        yield from _handed_out(visitor, kept, "while it waits", wanted=403)
        said = _scan(ground, gone)
        yield "the command says that nobody answers", said.returncode == 1
        with standing_in() as scanner:
            said = _scan(ground, scanner.address)
        yield "seen by the scanner later", said.returncode == 0 and len(scanner.seen) == 1
        yield from _handed_out(visitor, kept, "afterwards", wanted=200)
    yield verified("--files")


def _brought(portal: Portal, visitor: Visitor) -> int:
    from tests.factories.files import make_pdf

    slug = portal.ground.office.writers[0].tasks[0]
    files = (("files", "bien-ban.pdf", make_pdf()),)
    letter = visitor.written(f"/nhiem-vu/{slug}/tien-do/", {"value": "5", "result": "Chờ quét"}, files=files)
    return visitor.send(letter).status


def _handed_out(visitor: Visitor, file, when: str, *, wanted: int) -> Iterator[tuple[str, bool]]:
    from django.urls import reverse

    from coordination.models import Evidence

    evidence = Evidence.objects.get(file=file)
    status = visitor.open(reverse("coordination:evidence-download", args=[evidence.pk])).status
    yield f"asked for {when}: {status}", status == wanted


def _scan(ground: Ground, scanner: str) -> subprocess.CompletedProcess:
    command = [sys.executable, "manage.py", "scan_files"]
    return subprocess.run(command, cwd=ROOT, env=ground.environment(FILE_SCANNER=scanner), capture_output=True)


if __name__ == "__main__":
    sys.exit(run(FAULT, play))
