"""Papers of mass organisations: the Youth Union by its own instruction, all others plainly and under no heading."""

from datetime import date

from reports.documents.layout_profiles.measures import Conventions, LayoutProfile, Measure
from reports.documents.layout_profiles.nd30 import ND30

_YOUTH = "Hướng dẫn 29-HD/TWĐTN-VP ngày 29/10/2013"
_OPEN = f"{_YOUTH} (cần đối chiếu nguyên văn)"
_PLAIN = "Cổng tự chọn: không có hướng dẫn riêng; giá trị trong khoảng chung của Nghị định 30 và hướng dẫn của Đảng"

YOUTH = LayoutProfile(
    code="YOUTH",
    name="Hướng dẫn 29-HD/TWĐTN-VP của Trung ương Đoàn",
    source="Hướng dẫn số 29-HD/TWĐTN-VP ngày 29 tháng 10 năm 2013 của Ban Bí thư Trung ương Đoàn",
    in_force_from=date(2013, 10, 29),
    measures={
        "margin-top": Measure(20, "mm", f"{_YOUTH}, Mục II", (20, 20)),
        "margin-right": Measure(20, "mm", f"{_YOUTH}, Mục II", (20, 20)),
        "margin-bottom": Measure(20, "mm", f"{_YOUTH}, Mục II", (20, 20)),
        "margin-left": Measure(30, "mm", f"{_YOUTH}, Mục II", (30, 30)),
        "landscape-binding-edge": Measure(30, "mm", f"{_YOUTH}, Mục II, trang xoay", (30, 30)),
        "landscape-side": Measure(20, "mm", f"{_YOUTH}, Mục II, trang xoay", (20, 20)),
        "page-number": Measure(14, "pt", _OPEN, (13, 14)),
        "national": Measure(15, "pt", f"{_YOUTH}, thành phần 1", (15, 15)),
        "superior": Measure(14, "pt", f"{_YOUTH}, thành phần 2", (14, 14)),
        "issuer": Measure(14, "pt", f"{_YOUTH}, thành phần 2", (14, 14)),
        "number": Measure(14, "pt", _OPEN, (13, 14)),
        "place": Measure(14, "pt", _OPEN, (13, 14)),
        "about": Measure(12, "pt", _OPEN, (12, 13)),
        "title": Measure(15, "pt", _OPEN, (14, 16)),
        "subject": Measure(14, "pt", _OPEN, (14, 15)),
        "body": Measure(14, "pt", _OPEN, (13, 15)),
        "line-height": Measure(20, "pt", _OPEN, (18, 22)),
        "indent": Measure(1, "cm", _OPEN, (1, 1.27)),
        "paragraph-gap": Measure(6, "pt", f"{_OPEN}: tối thiểu 6 pt", (6, 12)),
        "signature": Measure(14, "pt", _OPEN, (13, 14)),
        "signature-many": Measure(13, "pt", _OPEN, (13, 14)),
        "signature-room": Measure(26, "mm", _PLAIN),
        "second-title": Measure(13, "pt", _PLAIN, (12, 14)),
        "recipients-head": Measure(14, "pt", _OPEN, (12, 14)),
        "recipients": Measure(12, "pt", _OPEN, (11, 12)),
        "annex-label": Measure(14, "pt", _OPEN, (14, 14)),
        "table": Measure(12, "pt", _PLAIN, (12, 14)),
        "note": Measure(11, "pt", _PLAIN),
    },
    conventions=Conventions(
        heading=("ĐOÀN TNCS HỒ CHÍ MINH",),
        heading_clause=f"{_YOUTH}, thành phần 1",
        issuer_mark="***",
        subject_mark="-----------",
        number_word="Số:",
        number_joint="-",
        number_clause=f"{_YOUTH}, thành phần 3",
        bases_clause=_OPEN,
        end_mark="./.",
        end_clause=_OPEN,
        recipients_are_underlined=True,
        filed="Lưu: VP",
        recipients_clause=_OPEN,
    ),
)

# Values that lie in the ranges of the decree and of the Party's instructions alike, so that no reader stumbles.
NEUTRAL = LayoutProfile(
    code="NEUTRAL",
    name="Trình bày chung, không có quốc hiệu hoặc tiêu đề",
    source="Cổng tự chọn cho cơ quan, tổ chức không có hướng dẫn riêng",
    in_force_from=date(2018, 1, 1),
    measures={
        name: Measure(measure.value, measure.unit, _PLAIN, measure.allowed)
        for name, measure in ND30.measures.items()
        if name not in ("national", "motto")
    }
    | {
        "superior": Measure(13, "pt", _PLAIN, (12, 14)),
        "issuer": Measure(13, "pt", _PLAIN, (12, 14)),
        "number": Measure(13, "pt", _PLAIN, (13, 14)),
    },
    conventions=Conventions(
        heading=(),
        heading_clause=_PLAIN,
        number_word="Số:",
        number_joint="/",
        number_clause=_PLAIN,
        bases_clause=_PLAIN,
        end_mark="./.",
        end_clause=_PLAIN,
        filed="Lưu: VT",
        recipients_clause=_PLAIN,
    ),
)
