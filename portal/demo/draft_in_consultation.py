"""A thematic program that is still a draft: sent to its parties for comments, so that there is something to try."""

from datetime import date

from coordination.consultation import services as consultation
from coordination.consultation.enums import Silence
from coordination.consultation.models import ConsultationRound
from coordination.models import Program, ProgramParty
from coordination.programs import services as programs
from coordination.programs.enums import ProgramKind
from portal.demo.directory import Cast
from portal.demo.program_scenes import write_parts
from portal.demo.program_texts import BASES_B, Part
from records import clock

PARTIES = ("ubnd", "mttq", "hnd", "pn", "ccb", "dtn")
DRAFTED_ON, SENT_ON, UNTIL = date(2022, 3, 24), date(2022, 3, 25), date(2022, 4, 8)
TEXT = (
    Part("I", "Mục đích, yêu cầu", parts=(
        Part("1", "", "Phát huy vai trò của Mặt trận và các đoàn thể trong tuyên truyền, vận động nhân dân xây dựng nông thôn mới "
             "nâng cao, nông thôn mới kiểu mẫu."),
        Part("2", "", "Việc phối hợp thiết thực, không trùng lặp với chương trình phối hợp công tác hằng năm."),
    )),
    Part("II", "Nội dung phối hợp", parts=(
        Part("1", "Tuyên truyền, vận động", "Tuyên truyền để nhân dân hiểu tiêu chí, tự nguyện hiến đất, góp công, chỉnh trang nhà ở, "
             "vườn, ngõ."),
        Part("2", "Nhân rộng mô hình", "Mỗi đoàn thể giúp xây dựng ít nhất một mô hình kinh tế hoặc tuyến đường tự quản."),
        Part("3", "Giám sát cộng đồng", "Ủy ban MTTQ chủ trì giám sát việc huy động, sử dụng đóng góp của nhân dân."),
    )),
    Part("III", "Phương thức phối hợp", parts=(
        Part("1", "", "Sáu tháng một lần, các bên trao đổi kết quả và khó khăn, vướng mắc."),
    )),
    Part("IV", "Tổ chức thực hiện", "Văn phòng HĐND và UBND huyện là đầu mối theo dõi, tổng hợp."),
)  # fmt: skip


def send_a_draft(cast: Cast) -> Program:
    """Draft it, ask for comments; two parties have written, one has nothing to say, the others still have time."""
    with clock.standing_at(clock.at(DRAFTED_ON, 9)):
        program = _drafted(cast)
    with clock.standing_at(clock.at(SENT_ON, 8)):
        asked = consultation.open_round(program, actor=cast.secretary, until=UNTIL, silence=Silence.NO_COMMENTS)
    with clock.standing_at(clock.at(date(2022, 3, 28), 10)):
        _comment(
            cast,
            asked,
            "mttq",
            "1",
            text="Sáu tháng một lần là thưa; việc vướng ở cơ sở cần được trao đổi sớm hơn.",
            proposed="Mỗi quý một lần, các bên trao đổi kết quả và khó khăn, vướng mắc; khi phát sinh thì trao đổi ngay.",
        )
    with clock.standing_at(clock.at(date(2022, 3, 29), 15)):
        _comment(
            cast, asked, "hnd", "2", text="Đề nghị nêu rõ mô hình do đoàn thể nào chủ trì để tránh trùng lặp ở một xã."
        )
        consultation.declare_no_comments(
            asked, actor=cast.members["chuyen-vien-hlhpn"], party=_party(cast, asked, "pn")
        )
    return program


def _drafted(cast: Cast) -> Program:
    program = programs.create_program(
        actor=cast.secretary,
        year=2022,
        kind=ProgramKind.THEMATIC,
        title="Chương trình phối hợp tuyên truyền, vận động xây dựng nông thôn mới nâng cao, nông thôn mới kiểu mẫu "
        "giai đoạn 2022 – 2024",
        short_title="Xây dựng nông thôn mới 2022 – 2024",
        period_start=date(2022, 4, 15),
        period_end=date(2024, 12, 31),
        parties=[programs.PartyDraft(cast.agencies[code], is_lead=code == "ubnd") for code in PARTIES],
        drafting_agency=cast.agencies["vp"],
        place="Đầm Hà",
    )
    programs.set_legal_bases(program, actor=cast.secretary, texts=list(BASES_B[:2]))
    write_parts(cast, program, TEXT, None)
    return program


def _comment(cast: Cast, asked: ConsultationRound, agency: str, numbering: str, **words: str) -> None:
    """An official's comment on a sub-item of the part it belongs to: on methods for the Front, on models for farmers."""
    heading = {"mttq": "Phương thức phối hợp", "hnd": "Nội dung phối hợp"}[agency]
    section = asked.program.sections.get(parent__heading=heading, numbering=numbering)
    consultation.comment(
        asked,
        actor=cast.members[f"chuyen-vien-{agency}"],
        party=_party(cast, asked, agency),
        place=f"section-{section.pk}",
        **words,
    )


def _party(cast: Cast, asked: ConsultationRound, agency: str) -> ProgramParty:
    return asked.program.parties.get(agency=cast.agencies[agency])
