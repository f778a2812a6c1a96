"""A report on the signed program's year that is being written, and a template of its office, in unique words."""

from collections.abc import Callable

from coordination.programs.models import Program
from records import clock
from reports.composed.enums import ReportKind
from reports.composer import services as composer
from tests.integration.rights.cast import Cast

Words = Callable[[Callable[[], tuple[str, object]]], str]


def compose(programs: dict[str, Program], words: Words, name: str, cast: Cast) -> None:
    """What the office writes is read by those who act for it, and by nobody else."""
    program, actor, issuer = programs[f"{name} signed"], cast.secretary, cast.agencies["lead"]

    def word() -> str:
        return words(lambda: ("composed by", issuer.pk))

    given = {"kind": ReportKind.PROGRAM, "key": "ket", "revision": 0}
    composer.write_template(issuer, actor=actor, text=f"Lời kết {word()}", **given)
    report = composer.begin_year_report(
        program, actor=actor, year=program.year, issuer=issuer, cut_off_on=clock.today()
    )
    block = report.blocks.get(key="v")
    composer.write_block(
        report, block, actor=actor, revision=block.revision, heading=block.heading, text=f"Kiến nghị {word()}"
    )
