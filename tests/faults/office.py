"""The office that faults happen to: `python -m tests.faults.office FOLDER` fills the database DATABASE_URL names.

What the faults need to know of it stands in FOLDER/office.json, its files below FOLDER. Everything is made by the real
services, so that the log and the counters are as they would be.
"""

import json
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

import django

PARTIES, TASKS_EACH = 4, 6
HOUSEHOLDS = 1_000_000


@dataclass(frozen=True)
class Writer:
    """Somebody who enters tasks and reports: an account, the agency it acts for, the tasks this agency leads."""

    username: str
    agency: int
    tasks: tuple[str, ...]


@dataclass(frozen=True)
class Office:
    """Who works there and on what; `area` and `program` are what a new task needs."""

    password: str
    program: str
    area: int
    writers: tuple[Writer, ...]
    mailbox: str
    number_to_sign: int


def office_in(folder: Path) -> Office:
    """The office whose files lie in a folder."""
    told = json.loads((folder / "office.json").read_text())
    return Office(**{**told, "writers": tuple(Writer(**one) for one in told["writers"])})


def filled(folder: Path) -> Office:
    """An office with a program in force, and one that is about to be signed."""
    from tests.factories.people import PASSWORD, make_agency, make_unit
    from tests.factories.programs import make_area, make_program

    unit = make_unit("LL", "huyện Lỗi Lầm")
    parties = [make_agency(unit, f"ben-{n}", f"Bên thứ {n}", protocol_order=n) for n in range(1, PARTIES + 1)]
    program = make_program("signed", agencies=parties)
    writers = tuple(_writer(program, agency) for agency in parties)
    return Office(
        password=PASSWORD,
        program=program.slug,
        area=make_area(unit).pk,
        writers=writers,
        mailbox=_mailbox_of(writers[0].username),
        number_to_sign=_laid_to_sign(folder),
    )


def _writer(program, agency) -> Writer:
    from decimal import Decimal

    from tests.factories.tasks import make_task, official_of

    tasks = [
        make_task(program, lead=agency, target_value=Decimal(HOUSEHOLDS), title=f"Vận động hộ dân đợt {turn}")
        for turn in range(TASKS_EACH)
    ]
    return Writer(official_of(agency).user.username, agency.pk, tuple(task.slug for task in tasks))


def _mailbox_of(username: str) -> str:
    from agencies.models import User

    address = "can-bo@phoi-hop.example"
    User.objects.filter(username=username).update(email=address)
    return address


def _laid_to_sign(folder: Path) -> int:
    """A program whose file waits for its first signature; the signed file lies in the folder. The program's number."""
    from tests.factories.signing import authority, lay_table

    authority().write_trust(folder / "trust")
    table = lay_table(2)
    (folder / "signed.pdf").write_bytes(table.signed("ky-1"))
    return table.program.pk


def main(folder: Path) -> None:
    """Make the tables and fill them; what was made is told in the folder."""
    from django.core.management import call_command

    from records import clock
    from tests.bench.data.__main__ import create_if_missing
    from tests.conftest import MOMENT

    create_if_missing()
    call_command("migrate", verbosity=0)
    folder.joinpath("trust").mkdir(exist_ok=True)
    with clock.standing_at(MOMENT):
        office = filled(folder)
    (folder / "office.json").write_text(json.dumps(asdict(office)))


if __name__ == "__main__":
    django.setup()
    main(Path(sys.argv[1]))
