"""Papers to print in tests: invented text, no row of a database."""

from datetime import date

from reports.charts import PAPER, BarRow, MonthPoint, Segment, Tone, area_bars, cumulative
from reports.documents.blocks import Column, Figure, Paragraph, Row, Table
from reports.documents.papers import (
    Annex,
    Letterhead,
    PaperDay,
    PaperSection,
    PaperState,
    ProgramPaper,
    Recipients,
    ReportPaper,
    SignatureBlock,
)

LETTERS = (
    "a à á ả ã ạ ă ằ ắ ẳ ẵ ặ â ầ ấ ẩ ẫ ậ đ e è é ẻ ẽ "
    "ẹ ê ề ế ể ễ ệ i ì í ỉ ĩ ị o ò ó ỏ õ ọ ô ồ ố ổ ỗ "
    "ộ ơ ờ ớ ở ỡ ợ u ù ú ủ ũ ụ ư ừ ứ ử ữ ự y ỳ ý ỷ ỹ "
    "ỵ "
)
PARTIES = [
    ("TM. ỦY BAN NHÂN DÂN HUYỆN", "CHỦ TỊCH", "Trần Việt Dũng"),
    ("TM. THƯỜNG TRỰC HỘI ĐỒNG NHÂN DÂN HUYỆN", "CHỦ TỊCH", "Đặng Văn Tuấn"),
    ("TM. BAN THƯỜNG TRỰC ỦY BAN MTTQ VIỆT NAM HUYỆN", "CHỦ TỊCH", None),
    ("TM. BAN THƯỜNG VỤ LIÊN ĐOÀN LAO ĐỘNG HUYỆN", "CHỦ TỊCH", None),
    ("TM. BAN THƯỜNG VỤ HỘI NÔNG DÂN HUYỆN", "CHỦ TỊCH", None),
    ("TM. BAN THƯỜNG VỤ HỘI LIÊN HIỆP PHỤ NỮ HUYỆN", "CHỦ TỊCH", None),
    ("TM. BAN THƯỜNG VỤ HỘI CỰU CHIẾN BINH HUYỆN", "CHỦ TỊCH", None),
    ("TM. BAN THƯỜNG VỤ HUYỆN ĐOÀN", "BÍ THƯ", None),
]
TEXT = (
    "Các bên chủ động phối hợp trong công tác tuyên truyền, vận động Nhân dân thực hiện chủ trương của Đảng, chính "
    "sách, pháp luật của Nhà nước; kịp thời trao đổi thông tin hai chiều và giải quyết những vấn đề Nhân dân quan tâm."
)


def letterhead(**changes) -> Letterhead:
    given = {
        "issuer_lines": ("THƯỜNG TRỰC HĐND - UBND -", "ỦY BAN MTTQ VIỆT NAM", "HUYỆN ĐẦM HÀ"),
        "number": 2,
        "symbol": "CTPH-HĐND-UBND-MTTQ",
        "place": "Đầm Hà",
        "day": PaperDay.of(date(2022, 3, 30)),
    }
    return Letterhead(**{**given, **changes})


def signatures(parties: int) -> tuple[SignatureBlock, ...]:
    chosen = [PARTIES[n % len(PARTIES)] for n in range(parties)]
    return tuple(
        SignatureBlock(lines=(authority, title), signer=signer if n < 2 else None)
        for n, (authority, title, signer) in enumerate(chosen)
    )


def task_table() -> Table:
    heads = (("TT", 7, "center"), ("Nội dung nhiệm vụ", 38, "left"), ("Cơ quan chủ trì", 18, "left"))
    heads += (("Cơ quan phối hợp", 21, "left"), ("Thời gian", 16, "center"))
    rows = [Row(("Tuyên truyền, tư tưởng",))]
    rows += [
        Row(
            (
                f"{n}",
                "Tổ chức hội nghị thông tin thời sự tới cán bộ, đảng viên, hội viên",
                "Ban Tuyên giáo Huyện ủy",
                "UBND huyện; các tổ chức chính trị - xã hội",
                "Quý I/2022",
            )
        )
        for n in range(1, 19)
    ]
    return Table(caption="", columns=tuple(Column(*head) for head in heads), rows=tuple(rows))


def program_paper(parties: int = 2, *, paragraphs: int = 3, **changes) -> ProgramPaper:
    sections = tuple(
        PaperSection(
            number=number,
            heading=heading,
            children=tuple(
                PaperSection(
                    number=str(n),
                    heading=f"Nội dung thứ {n}" if n == 1 else "",
                    level=2,
                    blocks=(Paragraph(TEXT),),
                )
                for n in range(1, paragraphs + 1)
            ),
        )
        for number, heading in (
            ("I", "MỤC ĐÍCH, YÊU CẦU"),
            ("II", "NỘI DUNG PHỐI HỢP"),
            ("III", "PHƯƠNG THỨC PHỐI HỢP"),
            ("IV", "TỔ CHỨC THỰC HIỆN"),
        )
    )
    given = {
        "state": PaperState.FOR_SIGNING,
        "letterhead": letterhead(),
        "kind_name": "CHƯƠNG TRÌNH",
        "subject": "Phối hợp công tác năm 2022 giữa Thường trực Hội đồng nhân dân, Ủy ban nhân dân huyện "
        "với Ủy ban Mặt trận Tổ quốc Việt Nam và các tổ chức chính trị - xã hội huyện",
        "legal_bases": (
            "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015",
            "Căn cứ Luật Mặt trận Tổ quốc Việt Nam ngày 09 tháng 6 năm 2015",
        ),
        "opening": (Paragraph("Các bên thống nhất xây dựng Chương trình phối hợp công tác năm 2022 như sau:"),),
        "sections": sections,
        "closing": "Chương trình có hiệu lực kể từ ngày ký; trong quá trình thực hiện, nếu có vướng mắc, các bên phản "
        "ánh về Văn phòng HĐND và UBND huyện để tổng hợp, giải quyết",
        "signatures": signatures(parties),
        "recipients": Recipients(
            ("Thường trực Huyện ủy", "Các bên ký kết", "UBND các xã, thị trấn", "Lưu: VT, các bên")
        ),
        "annexes": (
            Annex(
                title="DANH MỤC NHIỆM VỤ PHỐI HỢP NĂM 2022",
                reference="(Kèm theo Chương trình số 02/CTPH-HĐND-UBND-MTTQ ngày 30 tháng 3 năm 2022)",
                blocks=(task_table(),),
            ),
        ),
    }
    return ProgramPaper(**{**given, **changes})


def bars() -> tuple[BarRow, ...]:
    counts = (
        ("Tuyên truyền, tư tưởng", 9, 1, 0),
        ("Xây dựng nông thôn mới", 6, 1, 1),
        ("Giải phóng mặt bằng", 3, 2, 1),
    )
    return tuple(
        BarRow(
            name,
            (
                Segment(Tone.ON_TIME, "Đúng hạn", on_time),
                Segment(Tone.LATE, "Hoàn thành chậm", late),
                Segment(Tone.MISSED, "Chưa hoàn thành", missed),
            ),
            note=f"{on_time + late}/{on_time + late + missed}",
        )
        for name, on_time, late, missed in counts
    )


def months() -> tuple[MonthPoint, ...]:
    due = (1, 3, 9, 11, 15, 22, 25, 27, 32, 35, 38, 46)
    done = (1, 3, 9, 11, 14, 22, 23, 26, 31, 33, 37, 43)
    return tuple(MonthPoint(f"T{n}", *pair) for n, pair in enumerate(zip(due, done, strict=True), start=1))


def report_paper(**changes) -> ReportPaper:
    columns = tuple(
        Column(*column) for column in (("Chương trình", 52), ("Nhiệm vụ", 24, "center"), ("Đúng hạn", 24, "center"))
    )
    results = (
        Paragraph("Năm 2021, các bên triển khai 46 nhiệm vụ; hoàn thành 43 nhiệm vụ, còn 03 nhiệm vụ. " + TEXT),
        Table(
            caption="Bảng 1. Tổng hợp kết quả theo chương trình",
            columns=columns,
            rows=(
                Row(("UBND huyện với Ban Tuyên giáo Huyện ủy", "18", "15")),
                Row(("Thường trực HĐND, UBND huyện với Ủy ban MTTQ", "28", "21")),
                Row(("Cộng", "46", "36"), is_total=True),
            ),
            note="Số liệu chốt đến hết ngày 31/12/2021.",
        ),
        Figure(
            caption="Biểu đồ 1. Kết quả nhiệm vụ theo lĩnh vực, năm 2021",
            svg=area_bars(bars(), title="Kết quả theo lĩnh vực", prefix="c1", size=PAPER, legend=True),
        ),
        Figure(
            caption="Biểu đồ 2. Lũy kế nhiệm vụ đến hạn và đã hoàn thành",
            svg=cumulative(
                months(),
                title="Lũy kế",
                due_label="Đến hạn",
                done_label="Đã hoàn thành",
                prefix="c2",
                size=PAPER,
            ),
        ),
    )
    given = {
        "state": PaperState.ISSUED,
        "letterhead": letterhead(issuer_lines=("ỦY BAN NHÂN DÂN", "HUYỆN ĐẦM HÀ"), number=58, symbol="BC-UBND"),
        "kind_name": "BÁO CÁO",
        "subject": "Kết quả thực hiện chương trình phối hợp công tác năm 2021, nhiệm vụ phối hợp năm 2022",
        "opening": (Paragraph(f"UBND huyện báo cáo kết quả như sau: {TEXT}"),),
        "sections": (
            PaperSection(
                number="I", heading="CÔNG TÁC LÃNH ĐẠO, CHỈ ĐẠO", blocks=(Paragraph(TEXT), Paragraph(LETTERS))
            ),
            PaperSection(number="II", heading="KẾT QUẢ THỰC HIỆN", blocks=results),
            PaperSection(
                number="III", heading="NHIỆM VỤ NĂM 2022", blocks=tuple(Paragraph(f"{n}. {TEXT}") for n in range(1, 6))
            ),
        ),
        "closing": f"Trên đây là báo cáo kết quả năm 2021; UBND huyện trân trọng báo cáo. {TEXT}",
        "signatures": (SignatureBlock(lines=("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), signer="Trần Việt Dũng"),),
        "recipients": Recipients(("Thường trực Huyện ủy", "Thường trực HĐND huyện", "Lưu: VT, TH")),
        "is_illustrative": True,
    }
    return ReportPaper(**{**given, **changes})
