"""The Party's own instructions: 36-HD/VPTW of 3 April 2018 until 26 May 2026, 05-HD/VPTW of 27 May 2026 from then on.

Why two tables that agree in most values: each value stands under the clause that holds on the paper's day. Of the later
instruction the portal's makers read accounts, not the text itself; what those leave open is marked so in its clause.
"""

from datetime import date, timedelta

from reports.documents.layout_profiles.measures import Conventions, LayoutProfile, Measure
from reports.documents.layout_profiles.nd30 import HOUSE

_SECOND_HAND = "theo bản thuật lại, cần đối chiếu nguyên văn"
_NEW_BEGINS = date(2026, 5, 27)


def _measures(general: str, sizes: str, margins: dict[str, tuple[float, float]], open_points: str) -> dict:
    """The values both instructions share. Shape: where the portal read no clause, `open_points` says so."""
    top, right, bottom, left = (margins[side] for side in ("top", "right", "bottom", "left"))
    return {
        "margin-top": Measure(20, "mm", general, top),
        "margin-right": Measure(15, "mm", general, right),
        "margin-bottom": Measure(20, "mm", general, bottom),
        "margin-left": Measure(30, "mm", general, left),
        "landscape-binding-edge": Measure(30, "mm", f"{general}, trang xoay: lề đóng quyển ở trên", left),
        "landscape-side": Measure(20, "mm", f"{general}, trang xoay: lề trên, dưới thành lề bên", top),
        "page-number": Measure(14, "pt", open_points, (13, 14)),
        "national": Measure(15, "pt", f"{sizes}, số 1", (15, 15)),
        "superior": Measure(14, "pt", f"{sizes}, số 2", (14, 14)),
        "issuer": Measure(14, "pt", f"{sizes}, số 2", (14, 14)),
        "number": Measure(14, "pt", f"{sizes}, số 3", (14, 14)),
        "place": Measure(14, "pt", f"{sizes}, số 4", (14, 14)),
        "about": Measure(12, "pt", f"{sizes}, số 5", (12, 12)),
        "title": Measure(15, "pt", f"{sizes}, số 5", (15, 16)),
        "subject": Measure(14, "pt", f"{sizes}, số 5", (14, 15)),
        "body": Measure(14, "pt", f"{sizes}, số 6", (14, 15)),
        "line-height": Measure(20, "pt", open_points, (18, 22)),
        "indent": Measure(1, "cm", open_points, (1, 1.27)),
        "paragraph-gap": Measure(6, "pt", f"{open_points}: tối thiểu 6 pt", (6, 12)),
        "signature": Measure(14, "pt", f"{sizes}, số 7", (14, 14)),
        "signature-many": Measure(14, "pt", f"{sizes}, số 7", (14, 14)),
        "signature-room": Measure(26, "mm", HOUSE),
        "second-title": Measure(13, "pt", HOUSE, (12, 14)),
        "recipients-head": Measure(14, "pt", open_points, (14, 14)),
        "recipients": Measure(12, "pt", open_points, (12, 12)),
        "annex-label": Measure(14, "pt", open_points, (14, 15)),
        "table": Measure(12, "pt", HOUSE, (12, 14)),
        "note": Measure(11, "pt", HOUSE),
    }


def _conventions(parts: str, open_points: str) -> Conventions:
    return Conventions(
        heading=("ĐẢNG CỘNG SẢN VIỆT NAM",),
        heading_clause=f"{parts} 1",
        issuer_mark="*",
        subject_mark="-----",
        number_word="Số",
        number_joint="-",
        number_clause=f"{parts} 3",
        bases_are_dashed=True,
        bases_are_italic=False,
        bases_clause=open_points,
        end_mark=".",
        end_clause=open_points,
        posts_are_bold=False,
        recipients_are_underlined=True,
        filed="Lưu Văn phòng",
        recipients_clause=open_points,
    )


_OLD = "Hướng dẫn 36-HD/VPTW ngày 03/4/2018"
_NEW = "Hướng dẫn 05-HD/VPTW ngày 27/5/2026"

PARTY_36 = LayoutProfile(
    code="PARTY_36",
    name="Hướng dẫn 36-HD/VPTW của Văn phòng Trung ương Đảng",
    source="Hướng dẫn số 36-HD/VPTW, ngày 03 tháng 4 năm 2018 của Văn phòng Trung ương Đảng",
    in_force_from=date(2018, 4, 3),
    in_force_to=_NEW_BEGINS - timedelta(days=1),
    measures=_measures(
        f"{_OLD}, Mục I",
        f"{_OLD}, Phụ lục 3",
        {"top": (20, 20), "right": (15, 15), "bottom": (20, 20), "left": (30, 30)},
        f"{_OLD} ({_SECOND_HAND})",
    ),
    conventions=_conventions(f"{_OLD}, Mục II, khoản", f"{_OLD} ({_SECOND_HAND})"),
)
PARTY_05 = LayoutProfile(
    code="PARTY_05",
    name="Hướng dẫn 05-HD/VPTW của Văn phòng Trung ương Đảng",
    source="Hướng dẫn số 05-HD/VPTW, ngày 27 tháng 5 năm 2026 của Văn phòng Trung ương Đảng",
    in_force_from=_NEW_BEGINS,
    measures=_measures(
        f"{_NEW} ({_SECOND_HAND})",
        f"{_NEW} ({_SECOND_HAND})",
        {"top": (20, 25), "right": (15, 20), "bottom": (20, 25), "left": (30, 35)},
        f"{_NEW} ({_SECOND_HAND})",
    ),
    conventions=_conventions(f"{_NEW} ({_SECOND_HAND}), phần", f"{_NEW} ({_SECOND_HAND})"),
)
