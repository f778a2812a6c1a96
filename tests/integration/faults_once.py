"""Three faults, each a few times: what `make faults` plays in full. A program, for it kills processes of its own."""

import json
import os
import random
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import django

_KILLS = 2


def web_worker(ground) -> Iterator[tuple[str, bool]]:
    from tests.faults.web_worker import play

    yield from play(ground, _KILLS)


def paper_job(ground) -> Iterator[tuple[str, bool]]:
    """Killed once in the middle, taken up, made once."""
    from tests.faults.papers import Printer

    printer, chance = Printer(ground), random.Random(2)
    order = printer.order(1)
    printer.killed_while_drawing(order, chance.uniform(0.2, 1.0))
    wrong = printer.wrong_after_kill(order)
    printer.taken_up_again(order)
    wrong += printer.wrong_at_the_end(order)
    yield f"wrong: {wrong}", not wrong


def signing(ground) -> Iterator[tuple[str, bool]]:
    """Once at each step."""
    from tests.faults.signed import STEPS
    from tests.faults.signing import play

    yield from play(ground, len(STEPS))


def main(home: Path) -> dict[str, list]:
    """What was found in each, and whether it held."""
    from records import clock
    from tests.conftest import MOMENT
    from tests.faults.ground import Ground
    from tests.faults.office import filled

    home.joinpath("trust").mkdir()
    with clock.standing_at(MOMENT):
        office = filled(home)
    ground = Ground(os.environ["DATABASE_URL"], home, office)
    return {play.__name__: list(play(ground)) for play in (web_worker, paper_job, signing)} | {"office": asdict(office)}


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="portal-faults-") as folder:
        os.environ.update(DJANGO_SETTINGS_MODULE="portal.settings.faults", PORTAL_VAR=folder)
        django.setup()
        sys.stdout.write(json.dumps(main(Path(folder))))
