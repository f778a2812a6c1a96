"""How one task of the Front's program is shared out, and the groups work is given to. All figures are invented."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from agencies.groups import services as groups
from coordination.models import Task
from coordination.tasks import services as tasks
from coordination.tasks.enums import EvidenceKind, TargetOperator
from portal.demo.directory import Cast
from records import clock

# The women's union multiplies “Clean house, beautiful garden”: three organisations, three communes, three steps.
LETTER, ORDINAL = "B", 5
GROUPED_ON = date(2022, 1, 4)
ORGANISATIONS = ("ldld", "hnd", "dtn", "pn", "ccb")


def put_together(cast: Cast) -> None:
    """The two groups an office in Đầm Hà gives work to."""
    communes = [agency for code, agency in cast.agencies.items() if code.startswith("ubnd-")]
    organisations = [cast.agencies[code] for code in ORGANISATIONS if code in cast.agencies]
    named = {"UBND các xã, thị trấn": communes, "Các tổ chức chính trị - xã hội": organisations}
    with clock.standing_at(clock.at(GROUPED_ON, 9)):
        for name, agencies in named.items():
            groups.add_group(
                cast.secretary.agency.unit, actor=cast.secretary, name=name, agencies=agencies, since=GROUPED_ON
            )


def share_out(cast: Cast, letter: str, entered: list[Task]) -> None:
    """Say what each agency adds to the task, which steps it has, what else it is to reach; while the text is open."""
    if letter != LETTER:
        return
    task, agencies = entered[ORDINAL - 1], cast.agencies
    draft = replace(
        tasks.draft_of(task),
        contributions={
            agencies["mttq"].pk: "lồng ghép với cuộc vận động toàn dân xây dựng nông thôn mới",
            agencies["hnd"].pk: "hướng dẫn cải tạo vườn, cung cấp cây giống",
        },
        items=(
            tasks.ItemDraft("Rà soát, chọn hộ tham gia", date(2022, 2, 28), agencies["pn"]),
            tasks.ItemDraft("Ra quân chỉnh trang đợt 1", date(2022, 3, 25), agencies["hnd"]),
            tasks.ItemDraft("Chấm điểm, công nhận", date(2022, 9, 20), agencies["mttq"]),
        ),
        target_name="Hộ đạt “Nhà sạch, vườn đẹp”",
        more_targets=(
            tasks.TargetDraft("Xã Tân Bình", value=Decimal(45), unit="hộ", part_of=1),
            tasks.TargetDraft("Xã Đại Bình", value=Decimal(40), unit="hộ", part_of=1),
            tasks.TargetDraft("Xã Quảng Tân", value=Decimal(35), unit="hộ", part_of=1),
            tasks.TargetDraft("Buổi ra quân", TargetOperator.AT_LEAST, Decimal(6), "buổi"),
        ),
        proof=EvidenceKind.PHOTO,
    )
    with clock.standing_at(clock.at(date(2022, 1, 4), 10, 30)):
        tasks.edit_task(task, actor=cast.secretary, revision=task.revision, draft=draft)


def finish_first_step(cast: Cast, letter: str, entered: list[Task]) -> None:
    """The first step was done in time; the second is late on the day of the conference."""
    if letter != LETTER:
        return
    step = entered[ORDINAL - 1].steps.get(title="Rà soát, chọn hộ tham gia")
    with clock.standing_at(clock.at(date(2022, 2, 25), 16)):
        tasks.report_step(
            step, actor=cast.official_of("pn"), done_on=date(2022, 2, 25), result="Đã chọn 120 hộ ở ba xã."
        )
