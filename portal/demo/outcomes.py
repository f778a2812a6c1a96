"""What 2021 taught: a limitation of the half-year that came back, who is asked for what, the task that mends it."""

from datetime import date

from coordination.findings import services as findings
from coordination.findings.enums import CauseKind, FindingKind
from coordination.findings.models import Finding
from coordination.models import EvaluationRound, Task
from portal.demo.directory import Cast
from records import clock

_HEADING = "Thông tin, báo cáo có lúc chưa kịp thời"


def find_half_way(cast: Cast, half: EvaluationRound) -> None:
    """What the half-year found, before its results are closed."""
    with clock.standing_at(clock.at(date(2021, 6, 28), 9)):
        _write(cast, half, FindingKind.STRENGTH, "Các bên chủ động triển khai nhiệm vụ từ đầu năm (minh họa).")
        late = _write(
            cast, half, FindingKind.LIMITATION, "Một số báo cáo tiến độ quý I gửi chậm (minh họa).", heading=_HEADING
        )
        _write(
            cast, half, FindingKind.CAUSE, "Đầu mối theo dõi ở một số cơ quan kiêm nhiệm nhiều việc (minh họa).",
            cause_kind=CauseKind.SUBJECTIVE, of_limitation=late,
        )  # fmt: skip


def find_again(cast: Cast, year: EvaluationRound) -> None:
    """The same limitation at the end of the year, and who is asked for what."""
    half = year.unit.evaluation_rounds.get(year=year.year, period="half")
    again = _write(
        cast, year, FindingKind.LIMITATION, "Việc gửi báo cáo tiến độ giữa các bên vẫn chưa đều (minh họa).",
        heading=_HEADING, repeats=half.findings.get(kind=FindingKind.LIMITATION),
    )  # fmt: skip
    _write(
        cast, year, FindingKind.LESSON, "Thống nhất ngày gửi báo cáo tiến độ ngay từ đầu năm (minh họa).",
        of_limitation=again,
    )  # fmt: skip
    _write(
        cast, year, FindingKind.RECOMMENDATION, "Quan tâm chỉ đạo công tác phối hợp năm 2022 (minh họa).",
        addressee_words="Thường trực Huyện ủy",
    )  # fmt: skip
    _write(
        cast, year, FindingKind.RECOMMENDATION, "Bố trí kinh phí cho các nhiệm vụ phối hợp trọng tâm (minh họa).",
        addressee=cast.agencies["ubnd"],
    )  # fmt: skip


def mend(cast: Cast, year: EvaluationRound, task: Task) -> Finding:
    """After the conference the Office says which task of 2022 mends what came back; the other limitation still waits."""
    with clock.standing_at(clock.at(date(2022, 3, 30), 16, 50)):
        limitation = year.findings.get(kind=FindingKind.LIMITATION, repeats__isnull=False)
        return findings.name_remedy(limitation, actor=cast.secretary, task=task)


def _write(cast: Cast, round: EvaluationRound, kind: FindingKind, text: str, **said) -> Finding:
    return findings.add_finding(round, actor=cast.secretary, kind=kind, text=text, **said)
