"""Decree 30/2020/NĐ-CP, Appendix I: papers of State bodies, and of whoever signs together with one."""

from datetime import date

from reports.documents.layout_profiles.measures import Conventions, LayoutProfile, Measure

GENERAL = "Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I, Mục I, khoản"
PARTS = "Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I, Mục II, khoản"
OTHER_PARTS = "Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I, Mục III, khoản"
HOUSE = "Cổng tự chọn; nghị định không quy định"

ND30 = LayoutProfile(
    code="ND30",
    name="Nghị định 30/2020/NĐ-CP",
    source="Nghị định 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020, Phụ lục I",
    in_force_from=date(2020, 3, 5),
    measures={
        "margin-top": Measure(20, "mm", f"{GENERAL} 3", (20, 25)),
        "margin-right": Measure(15, "mm", f"{GENERAL} 3", (15, 20)),
        # 22, not 20: the smallest line (10 pt) then still ends above the 25 mm that strict offices measure.
        "margin-bottom": Measure(22, "mm", f"{GENERAL} 3", (20, 25)),
        "margin-left": Measure(30, "mm", f"{GENERAL} 3", (30, 35)),
        "landscape-binding-edge": Measure(30, "mm", f"{GENERAL} 3, trang xoay: lề đóng quyển ở trên", (30, 35)),
        "landscape-side": Measure(20, "mm", f"{GENERAL} 3, trang xoay: lề trên, dưới thành lề bên", (20, 25)),
        "page-number": Measure(13, "pt", f"{GENERAL} 7", (13, 14)),
        "national": Measure(12, "pt", f"{PARTS} 1, điểm a", (12, 13)),
        "motto": Measure(13, "pt", f"{PARTS} 1, điểm b", (13, 14)),
        "superior": Measure(12, "pt", f"{PARTS} 2", (12, 13)),
        "issuer": Measure(12, "pt", f"{PARTS} 2", (12, 13)),
        "issuer-rule": Measure(36, "%", f"{PARTS} 2: từ 1/3 đến 1/2 độ dài dòng chữ", (33.4, 50)),
        "number": Measure(13, "pt", f"{PARTS} 3", (13, 13)),
        "place": Measure(13, "pt", f"{PARTS} 4", (13, 14)),
        "about": Measure(12, "pt", f"{PARTS} 5, điểm b", (12, 13)),
        "title": Measure(14, "pt", f"{PARTS} 5, điểm a", (13, 14)),
        "subject": Measure(14, "pt", f"{PARTS} 5, điểm a", (13, 14)),
        "subject-rule": Measure(38, "%", f"{PARTS} 5, điểm a: từ 1/3 đến 1/2 độ dài dòng chữ", (33.4, 50)),
        "body": Measure(14, "pt", f"{PARTS} 6", (13, 14)),
        "line-height": Measure(1.3, "", f"{PARTS} 6: dòng đơn đến 1,5 dòng (mỗi dòng 1,149 em)", (1.149, 1.7235)),
        "indent": Measure(1.27, "cm", f"{PARTS} 6", (1, 1.27)),
        "paragraph-gap": Measure(6, "pt", f"{PARTS} 6: tối thiểu 6 pt", (6, 12)),
        "signature": Measure(14, "pt", f"{PARTS} 7", (13, 14)),
        "signature-many": Measure(13, "pt", f"{PARTS} 7, nhiều người ký", (13, 14)),
        "signature-room": Measure(26, "mm", f"{PARTS} 7 và 8: chỗ cho chữ ký và con dấu trùm một phần ba"),
        "second-title": Measure(13, "pt", HOUSE, (12, 14)),
        "recipients-head": Measure(12, "pt", f"{PARTS} 9", (12, 12)),
        "recipients": Measure(11, "pt", f"{PARTS} 9", (11, 11)),
        "annex-label": Measure(14, "pt", f"{OTHER_PARTS} 1", (14, 14)),
        "table": Measure(12, "pt", HOUSE, (12, 13)),
        "note": Measure(11, "pt", HOUSE),
    },
    conventions=Conventions(
        heading=("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"),
        heading_clause=f"{PARTS} 1",
        number_word="Số:",
        number_joint="/",
        number_clause=f"{PARTS} 3",
        bases_clause=f"{PARTS} 6",
        end_mark="./.",
        end_clause=f"{PARTS} 6",
        filed="Lưu: VT",
        recipients_clause=f"{PARTS} 9",
    ),
)
