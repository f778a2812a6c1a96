"""The 29 facts of the public account of 30/3/2022: where each is kept, and the words by which a reader finds it.

A place is a page of the portal as the secretary of Đầm Hà sees it, or one of the two papers.
"""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Fact:
    """One fact, the row that holds it, the place that shows it and what is read there."""

    number: int
    says: str
    kept_in: str
    place: str
    words: tuple[str, ...]

    def missing_from(self, told: str) -> list[str]:
        """Which of its words a page or a paper does not hold, wherever its lines end and whatever its dashes are."""
        squeezed = _squeezed(told)
        return [words for words in self.words if _squeezed(words) not in squeezed]


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text.replace("–", "-"))


_CONFERENCE, _PEOPLE, _RECORDS = "conference", "conference-people", "conference-records"
_MINUTES, _CONCLUSIONS, _EVALUATION = "conference-minutes", "conference-conclusions", "evaluation"
_SIGNING_A, _SIGNING_B, _REPORT, _AGENCIES = "signing-A", "signing-B", "report-paper", "agencies"
_TUAN = "Đặng Văn Tuấn, Phó Bí thư Thường trực Huyện ủy, Chủ tịch HĐND huyện"
_DUNG = "Trần Việt Dũng, Chủ tịch UBND huyện"

FACTS = (
    Fact(1, "Held on the afternoon of 30/3/2022 by the People's Committee", "Conference.held_on, half_day, organiser",
         _CONFERENCE, ("Chiều", "30/3/2022", "UBND huyện")),
    Fact(2, "Evaluates 2021 and sets the tasks of 2022", "Conference.review_year, plan_year",
         _REPORT, ("năm 2021, nhiệm vụ phối hợp năm 2022",)),
    Fact(3, "The title names all parties", "Conference.full_title", _CONFERENCE,
         ("giữa Thường trực HĐND, UBND huyện với Ban Tuyên giáo Huyện ủy và Ủy ban MTTQ và các tổ chức chính trị",)),
    Fact(4, "Who attended", "Attendance", _PEOPLE,
         ("Thường trực Huyện ủy", "Thường trực HĐND huyện", "Lãnh đạo UBND huyện", "Thủ trưởng các cơ quan, đơn vị liên quan")),
    Fact(5, "The report of the Propaganda Board and the Committee was heard", "AgendaItem(program A)", _CONFERENCE,
         ("Báo cáo kết quả phối hợp giữa Ban Tuyên giáo Huyện ủy với UBND huyện năm 2021",)),
    Fact(6, "The report of the Council, the Front and the organisations was heard", "AgendaItem(program B)", _CONFERENCE,
         ("Báo cáo kết quả phối hợp giữa Thường trực HĐND huyện với Ủy ban MTTQ", "nhiệm vụ năm 2022")),
    Fact(7, "The Front and the organisations did well in their program with the Committee", "Finding(B)", _EVALUATION,
         ("thực hiện tốt chương trình phối hợp với UBND huyện",)),
    Fact(8, "Each unit's tasks were followed closely, with good results", "Finding(A)", _EVALUATION,
         ("bám sát nhiệm vụ của từng đơn vị", "nhiều kết quả tích cực")),
    Fact(9, "From the district to the grassroots boards and the communes", "Finding(A); Agency of the communes",
         _EVALUATION, ("Ban Tuyên giáo cơ sở với UBND huyện và các xã, thị trấn",)),
    Fact(10, "Two-way information was strengthened", "Finding(A)", _EVALUATION, ("Thông tin hai chiều",)),
    Fact(11, "Orientation tied to the economy and people's life helped the specialised agencies", "Finding(A)",
         _EVALUATION, ("đời sống dân sinh", "cơ quan chuyên môn thuộc UBND huyện")),
    Fact(12, "Unity in the Party, consensus in society, pressing issues solved", "Finding(A, impact)", _EVALUATION,
         ("thống nhất trong Đảng, đồng thuận trong xã hội", "vấn đề bức xúc của nhân dân")),
    Fact(13, "Đặng Văn Tuấn spoke, with two offices", "Speech.speaker_title", _MINUTES, (_TUAN,)),
    Fact(14, "People, union and association members were mobilised", "Finding(B)", _EVALUATION,
         ("các tầng lớp nhân dân, đoàn viên, hội viên",)),
    Fact(15, "The system is united and renews its methods", "Finding(B)", _EVALUATION,
         ("từ huyện đến cơ sở đoàn kết, thống nhất, đổi mới nội dung",)),
    Fact(16, "Movements for the new countryside and against poverty", "Finding(B)", _EVALUATION,
         ("phong trào xây dựng nông thôn mới, giảm nghèo", "sức mạnh đại đoàn kết")),
    Fact(17, "A damaged passage on land, minerals and site clearance", "PressAccount.damaged_passage", _RECORDS,
         ("các tầng nước về đất đai, tài nguyên khoáng sản, GPMB", "mất chữ")),
    Fact(18, "The targets of 2021 were met with businesses in and outside the district", "Finding(B, impact)",
         _EVALUATION, ("doanh nghiệp trong và ngoài huyện", "chỉ tiêu kinh tế - xã hội năm 2021")),
    Fact(19, "Limitations were analysed and lessons drawn", "Finding(limitation, lesson)", _EVALUATION,
         ("làm rõ những hạn chế, tồn tại", "rút kinh nghiệm")),
    Fact(20, "Trần Việt Dũng concluded and praised the results", "Conference.concluded_by; AgendaItem.minutes", _MINUTES,
         (_DUNG, "đánh giá cao những kết quả đã đạt được")),
    Fact(21, "Coordination, ideological work, consensus", "Conclusion 1", _CONCLUSIONS,
         ("đẩy mạnh công tác tư tưởng", "đồng thuận cao")),
    Fact(22, "Law enforcement, plan, hot issues, security and order", "Conclusion 2", _CONCLUSIONS,
         ("thực thi pháp luật", "vấn đề nổi cộm", "trật tự an toàn xã hội")),
    Fact(23, "Epidemic prevention", "Conclusion 3", _CONCLUSIONS, ("phòng, chống dịch",)),
    Fact(24, "Advanced and model new countryside, civilised town: three tasks", "Conclusion 4 and its tasks", _CONCLUSIONS,
         ("nông thôn mới nâng cao, nông thôn mới kiểu mẫu, chỉnh trang đô thị văn minh", "02.23", "02.24", "02.06")),
    Fact(25, "Grasp the people's situation, clear sites for welfare works", "Conclusion 5", _CONCLUSIONS,
         ("nắm tình hình nhân dân", "giải phóng mặt bằng làm các công trình phúc lợi")),
    Fact(26, "Replicate effective economic models", "Conclusion 6", _CONCLUSIONS, ("nhân rộng các mô hình kinh tế có hiệu quả",)),
    Fact(27, "Faster poverty reduction, help to named households", "Conclusion 7", _CONCLUSIONS,
         ("giảm nghèo, giúp đỡ hộ thoát nghèo có địa chỉ",)),
    Fact(28, "The programs of 2022 were signed by all parties", "SignatureSlot; Conference.program_links", _SIGNING_B,
         ("Thường trực HĐND huyện", "UBND huyện", "Ủy ban MTTQ Việt Nam huyện", "Hội Cựu chiến binh huyện", "8/8")),
    Fact(29, "Three photo captions; author Kim Liên", "Photo.caption; PressAccount.author", _RECORDS,
         (_TUAN + " phát biểu", _DUNG + " kết luận", "Ký chương trình phối hợp giữa Thường trực HĐND", "Kim Liên")),
)  # fmt: skip
