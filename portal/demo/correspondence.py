"""What the offices of Đầm Hà write each other around the conference: reports of parties on 2021, an urging letter."""

from datetime import date

from coordination.models import Program
from coordination.partyreports import services as partyreports
from coordination.partyreports.models import PartyReport
from coordination.urging import services as urging
from coordination.urging.models import UrgingLetter
from coordination.urging.queries import overdue_by_lead
from portal.demo.directory import Cast
from records import clock

CUT_OFF = date(2021, 12, 31)
FRONT = {
    "steering": "Ban Thường trực phân công từng thành viên phụ trách nhiệm vụ chủ trì; giao ban với các tổ chức chính trị - xã "
    "hội hằng quý (minh họa).",
    "results": "Các phong trào thi đua được các khu dân cư hưởng ứng; hồ sơ minh chứng lưu tại cơ quan (minh họa).",
    "strengths": "Bám sát nội dung chương trình phối hợp, chủ động phối hợp với UBND huyện và các tổ chức thành viên.",
    "limitations": "Một số nhiệm vụ hoàn thành chậm so với thời hạn (minh họa).",
    "causes": "Dịch bệnh làm gián đoạn các hoạt động tập trung đông người (minh họa).",
    "lessons": "Xác định rõ sản phẩm, thời hạn của từng nhiệm vụ ngay từ đầu năm.",
    "next_year": "Vận động nhân dân hiến đất, xây dựng nông thôn mới nâng cao.\nGiúp đỡ hộ thoát nghèo có địa chỉ.",
    "proposals": "Đề nghị UBND huyện cung cấp thông tin quy hoạch, giải phóng mặt bằng sớm hơn (minh họa).",
}
FARMERS = {"strengths": "Hội viên tích cực tham gia các mô hình kinh tế (minh họa)."}


def report_on_2021(cast: Cast, program: Program) -> list[PartyReport]:
    """The Front sends its report on 2021; the Farmers' Union is still writing."""
    written = []
    with clock.standing_at(clock.at(date(2022, 3, 16), 15)):
        for code, account, texts in (("mttq", "chu-tich-mttq", FRONT), ("hnd", "chuyen-vien-hnd", FARMERS)):
            given = {"agency": cast.agencies[code], "year": 2021, "cut_off_on": CUT_OFF, "texts": texts}
            written.append(partyreports.write_party_report(program, actor=cast.members[account], **given))
        partyreports.send_party_report(written[0], actor=cast.members["chu-tich-mttq"])
    return written


def urge_on(cast: Cast) -> UrgingLetter:
    """After the conference the Committee draws up a letter about what is overdue; it waits for its number."""
    with clock.standing_at(clock.at(date(2022, 3, 30), 17)):
        urged = next(one for one in overdue_by_lead(cast.secretary, clock.today()) if one.agency.code == "btg")
        return urging.draw_up_letter(
            actor=cast.secretary,
            issuer=cast.agencies["ubnd"],
            addressee=urged.agency,
            tasks=urged.tasks,
            answer_by=date(2022, 4, 8),
        )
