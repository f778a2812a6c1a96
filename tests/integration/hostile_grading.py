"""The forms of evaluations and grading schemes, for `hostile_doors`."""

from coordination.models import GradingScheme
from tests.integration.hostile_stage import Door, Stage, at

_KEEPER, _LEADER, _OF_FARMERS = "thu-ky", "chu-tich-ubnd", "chuyen-vien-hnd"


def _round(route: str, key: str = "2021"):
    return at(f"coordination:evaluation-{route}", key=lambda stage: key)


def _next_version(stage: Stage) -> int:
    """The version nothing has been scored under."""
    return GradingScheme.objects.get(version=2).pk


GRADING = {
    "self-evaluation": Door(_OF_FARMERS, _round("self"), ("remark",), {"points_*": "20", "remark": "Tự chấm"}),
    "cross-evaluation": Door(_OF_FARMERS, _round("cross"), ("score_*",), {"score_*": "90"}),
    "verification": Door(
        _KEEPER,
        _round("verify"),
        ("points_*", "reason_*", "remark"),
        {"points_*": "20", "reason_*": "Đối chiếu", "remark": "Đối chiếu số liệu"},
    ),
    "conclusion": Door(_LEADER, _round("conclude"), ("remark_*",), {"grade_*": "Hoàn thành", "remark_*": "Theo tỷ lệ"}),
    "finding": Door(_KEEPER, _round("finding"), ("kind", "text"), {"text": "Tốt"}),
    "evaluation changed": Door(_KEEPER, _round("change"), ("cut_off_on", "counts_from", "forms_due_on", "revision")),
    "evaluation closed": Door(_KEEPER, _round("close"), ("narrative",), {"narrative": "Đủ"}),
    "result corrected": Door(
        _LEADER,
        _round("correct", "2021-6-thang-dau"),
        ("grade", "reason", "paper"),
        {"grade": "Khá", "reason": "Tính nhầm"},
    ),
    "evaluation opened": Door(
        _KEEPER,
        at("coordination:evaluation-open"),
        ("cut_off_on", "span"),
        {"year": "2022", "cut_off_on": "31/12/2022", "programs": (0,)},
    ),
    "scheme changed": Door(
        _KEEPER,
        at("coordination:scheme-edit", scheme=_next_version),
        ("name", "weight_results", "band_label_0", "criterion_name_0", "revision"),
        {"basis": "Quyết định"},
        also=("thu-ky-tuyen-giao",),
    ),
    "scheme written": Door(
        _KEEPER,
        at("coordination:scheme-create"),
        ("basis", "band_cap_0", "late_points", "shown_cross_parties"),
        {
            "name": "Thang mới",
            "kind": "points",
            "weight_results": "100",
            "band_label_0": "Tốt",
            "band_floor_0": "90",
            "band_label_1": "Đạt",
            "band_floor_1": "0",
        },
        like="scheme changed",
    ),
}
