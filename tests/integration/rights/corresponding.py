"""Reports of two parties, one sent and one being written, and a letter to one of them that was not sent yet."""

from collections.abc import Callable
from datetime import date, timedelta

from agencies.access.enums import Role
from coordination.partyreports import services as partyreports
from coordination.partyreports.models import TEXTS
from coordination.programs.models import Program
from coordination.tasks import services as tasks
from coordination.urging import services as urging
from records import clock
from tests.factories.programs import make_area
from tests.integration.rights.cast import Cast

Words = Callable[[Callable[[], tuple[str, object]]], str]


def correspond(programs: dict[str, Program], words: Words, name: str, cast: Cast) -> None:
    """Everything said in them has words nobody else writes."""
    program = programs[f"{name} signed"]
    _call(program, words, cast)
    for relation, is_sent in (("party", True), ("third", False)):
        _report(program, words, cast, relation, is_sent=is_sent)
    _urge(program, words, cast)


def _call(program: Program, words: Words, cast: Cast) -> None:
    note = f"Gửi kèm bản giấy {words(lambda: ('program', program.pk))}"
    due_on = clock.today() + timedelta(days=5)
    asked = {"year": 2022, "due_on": due_on, "cut_off_on": clock.today(), "note": note}
    partyreports.call_for_reports(program, actor=cast.secretary, **asked)


def _report(program: Program, words: Words, cast: Cast, relation: str, *, is_sent: bool) -> None:
    agency, writer = cast.agencies[relation], cast.members[relation, Role.SECRETARY]

    def word() -> str:
        return words(lambda: ("party report", (program.pk, agency.pk, is_sent)))

    texts = {part: f"Nội dung {word()}" for part in TEXTS}
    given = {"agency": agency, "year": 2022, "cut_off_on": clock.today(), "texts": texts}
    report = partyreports.write_party_report(program, actor=writer, **given)
    if is_sent:
        partyreports.send_party_report(report, actor=writer)


def _urge(program: Program, words: Words, cast: Cast) -> None:
    made: list = []

    def of_task() -> str:
        return words(lambda: ("task", made[0].pk))

    lead = cast.agencies["party"]
    draft = tasks.TaskDraft(
        title=f"Rà soát hộ nghèo {of_task()}",
        area=make_area(program.unit),
        leads=(tasks.LeadDraft(lead),),
        deliverable="Danh sách",
        start_on=date(2022, 1, 1),
        due_on=date(2022, 3, 15),
    )
    made.append(tasks.create_task(program, actor=cast.members["party", Role.OFFICIAL], draft=draft))
    urging.draw_up_letter(
        actor=cast.secretary,
        issuer=cast.agencies["drafter"],
        addressee=lead,
        tasks=made,
        answer_by=clock.today() + timedelta(days=7),
        words=f"Yêu cầu {words(lambda: ('letter of', cast.agencies['drafter'].pk))}",
    )
