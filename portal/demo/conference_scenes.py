"""The evaluation of 2021 and the conference of the afternoon of 30/3/2022, after the public account, in our own words."""

from dataclasses import dataclass
from datetime import date, time

from coordination.conferences import services as conferences
from coordination.conferences.enums import AgendaKind, HalfDay, ProgramPurpose, SpeechKind
from coordination.findings import services as findings
from coordination.findings.enums import CauseKind, FindingKind
from coordination.models import Conference, EvaluationRound, Program, Task
from portal.demo import grading, outcomes, session
from portal.demo.directory import Cast
from portal.demo.event_records import (
    add_photos,
    announce_commendations,
    hear_reports,
    propose_commendations,
)
from portal.demo.invitations import call_the_roll, invite_people
from records import clock

CONFERENCE_DAY = date(2022, 3, 30)
TUAN_TITLE = "Phó Bí thư Thường trực Huyện ủy, Chủ tịch HĐND huyện"
DUNG_TITLE = "Chủ tịch UBND huyện"


@dataclass(frozen=True)
class Found:
    """A finding of the account: kind, which program it is about, heading, text."""

    kind: FindingKind
    program: str
    heading: str
    text: str
    cause: str = ""
    is_doubtful: bool = False


_S, _I, _L, _C, _LE = (
    FindingKind.STRENGTH, FindingKind.IMPACT, FindingKind.LIMITATION, FindingKind.CAUSE, FindingKind.LESSON,
)  # fmt: skip
FINDINGS = (
    Found(_S, "A", "Bám sát nhiệm vụ", "UBND huyện và Ban Tuyên giáo Huyện ủy bám sát nhiệm vụ của từng đơn vị để triển khai, "
          "đạt nhiều kết quả tích cực."),
    Found(_S, "A", "Phối hợp từ huyện đến cơ sở", "Việc phối hợp giữa Ban Tuyên giáo Huyện ủy, Ban Tuyên giáo cơ sở với UBND huyện "
          "và các xã, thị trấn được quan tâm."),
    Found(_S, "A", "Thông tin hai chiều", "Thông tin hai chiều giữa các bên được tăng cường."),
    Found(_S, "A", "Định hướng thông tin, tuyên truyền", "Định hướng thông tin gắn với nhiệm vụ chính trị, phát triển kinh tế - xã hội, "
          "đời sống dân sinh; giúp cơ quan chuyên môn thuộc UBND huyện và các xã, thị trấn triển khai nhiệm vụ chặt chẽ, toàn diện hơn."),
    Found(_I, "A", "Thống nhất, đồng thuận", "Góp phần tạo thống nhất trong Đảng, đồng thuận trong xã hội khi phát triển kinh tế - xã hội "
          "và giải quyết các vấn đề bức xúc của nhân dân."),
    Found(_S, "B", "Thực hiện tốt chương trình với UBND huyện", "Ủy ban MTTQ và các đoàn thể thực hiện tốt chương trình phối hợp với "
          "UBND huyện, toàn diện trên các lĩnh vực."),
    Found(_S, "B", "Vận động, tuyên truyền", "Vận động các tầng lớp nhân dân, đoàn viên, hội viên phát triển sản xuất, phát triển kinh tế - "
          "xã hội, chấp hành chủ trương của Đảng, chính sách, pháp luật của Nhà nước."),
    Found(_S, "B", "Đoàn kết, đổi mới", "Hệ thống MTTQ và các đoàn thể từ huyện đến cơ sở đoàn kết, thống nhất, đổi mới nội dung và "
          "phương thức hoạt động."),
    Found(_S, "B", "Phong trào nông thôn mới, giảm nghèo", "Các phong trào xây dựng nông thôn mới, giảm nghèo thu hút đông đảo nhân dân "
          "tham gia, tạo sức mạnh đại đoàn kết."),
    Found(_S, "B", "Quản lý nhà nước về đất đai, khoáng sản", "Phối hợp trong quản lý nhà nước về đất đai, tài nguyên khoáng sản, giải phóng "
          "mặt bằng, chế độ chính sách (câu trong nguồn bị mất chữ, cần đối chiếu).", is_doubtful=True),
    Found(_I, "B", "Hoàn thành chỉ tiêu năm 2021", "Góp phần nâng cao hiệu lực, hiệu quả quản lý nhà nước; huy động hệ thống chính trị và "
          "cộng đồng doanh nghiệp trong và ngoài huyện thực hiện thắng lợi các chỉ tiêu kinh tế - xã hội năm 2021."),
    Found(_L, "", "Hạn chế, tồn tại", "Các đại biểu đã phân tích, làm rõ những hạn chế, tồn tại trong quá trình phối hợp; còn 03 nhiệm vụ "
          "chưa hoàn thành, 07 nhiệm vụ hoàn thành chậm (số liệu minh họa)."),
    Found(_C, "", "Nguyên nhân khách quan", "Dịch bệnh làm gián đoạn các hoạt động tập trung đông người (minh họa).", CauseKind.OBJECTIVE),
    Found(_C, "", "Nguyên nhân chủ quan", "Một số cơ quan chủ trì chưa cập nhật tiến độ thường xuyên (minh họa).", CauseKind.SUBJECTIVE),
    Found(_LE, "", "Rút kinh nghiệm", "Các bên rút kinh nghiệm để công tác phối hợp năm sau được thực hiện tốt hơn."),
)  # fmt: skip

# A conclusion: what was asked, of whom, and which tasks of 2022 (program, number) carry it out.
CONCLUSIONS = (
    ("Tiếp tục thực hiện tốt công tác phối hợp; đẩy mạnh công tác tư tưởng đến cán bộ, đảng viên và nhân dân, tạo sự đồng thuận cao.",
     "btg ubnd mttq", (("A", 11), ("A", 12))),
    ("Phối hợp chặt chẽ trong thực thi pháp luật, triển khai kế hoạch phát triển kinh tế - xã hội, giải quyết các vấn đề nổi cộm, "
     "nhân dân quan tâm; bảo đảm an ninh chính trị, trật tự an toàn xã hội.", "ubnd btg ccb", (("A", 15), ("B", 10), ("B", 14))),
    ("Làm tốt công tác phòng, chống dịch.", "ubnd", (("A", 7), ("B", 21))),
    ("Đẩy mạnh xây dựng nông thôn mới nâng cao, nông thôn mới kiểu mẫu, chỉnh trang đô thị văn minh.",
     "ubnd mttq", (("B", 23), ("B", 24), ("B", 6))),
    ("Tăng cường nắm tình hình nhân dân; tuyên truyền, vận động nhân dân thực hiện giải phóng mặt bằng làm các công trình phúc lợi.",
     "mttq hnd pn ccb dtn", (("A", 6), ("B", 8), ("B", 15), ("B", 25))),
    ("Đẩy mạnh tuyên truyền, nhân rộng các mô hình kinh tế có hiệu quả.", "btg hnd", (("A", 16), ("B", 11))),
    ("Phối hợp đẩy nhanh tốc độ giảm nghèo, giúp đỡ hộ thoát nghèo có địa chỉ.", "mttq", (("B", 4), ("B", 17))),
    ("Các cơ quan, đơn vị có biện pháp khắc phục những hạn chế, tồn tại đã nêu tại hội nghị (minh họa).", "ubnd btg mttq", ()),
)  # fmt: skip

MINUTES = {
    AgendaKind.DISCUSSION: "Các đại biểu phân tích, làm rõ những hạn chế, tồn tại trong quá trình phối hợp; rút kinh nghiệm để công tác "
    "phối hợp được thực hiện tốt hơn.",
    AgendaKind.CONCLUSION: "Chủ tịch UBND huyện ghi nhận và đánh giá cao những kết quả đã đạt được; giao nhiệm vụ phối hợp năm 2022.",
    AgendaKind.SIGNING: "Thường trực HĐND, lãnh đạo UBND huyện, Ban Tuyên giáo Huyện ủy, lãnh đạo Ủy ban MTTQ và các tổ chức chính trị - "
    "xã hội huyện ký chương trình phối hợp công tác năm 2022.",
}  # fmt: skip

PHOTOS = (
    "Đồng chí Đặng Văn Tuấn, Phó Bí thư Thường trực Huyện ủy, Chủ tịch HĐND huyện phát biểu tại hội nghị",
    "Đồng chí Trần Việt Dũng, Chủ tịch UBND huyện kết luận hội nghị",
    "Ký chương trình phối hợp giữa Thường trực HĐND, UBND huyện với Ban Tuyên giáo Huyện ủy, Ủy ban MTTQ và các tổ chức "
    "chính trị - xã hội",
)


def evaluate_2021(cast: Cast, programs: dict[str, Program]) -> EvaluationRound:
    """The half-year and the year are graded, findings are written, the next scheme is prepared."""
    grading.grade_half_year(cast, programs)
    opened = grading.grade_2021(cast, programs)
    with clock.standing_at(clock.at(grading.CUT_OFF, 17)):
        _write_findings(cast, opened, programs)
        outcomes.find_again(cast, opened)
    grading.prepare_next_scheme(cast, opened.scheme)
    return opened


def _write_findings(cast: Cast, opened: EvaluationRound, programs: dict[str, Program]) -> None:
    limitation = None
    for found in FINDINGS:
        written = findings.add_finding(
            opened,
            actor=cast.secretary,
            kind=found.kind,
            heading=found.heading,
            text=found.text,
            program=programs.get(found.program),
            cause_kind=found.cause,
            of_limitation=limitation if found.kind in (_C, _LE) else None,
            is_doubtful=found.is_doubtful,
        )
        limitation = written if found.kind == _L else limitation


def plan_conference(cast: Cast, reviewed: dict[str, Program], signed: dict[str, Program]) -> Conference:
    """The People's Committee calls the conference that reviews 2021 and signs 2022."""
    secretary = cast.secretary
    with clock.standing_at(clock.at(date(2022, 3, 21), 9)):
        conference = conferences.plan_conference(
            cast.units["DH"],
            actor=secretary,
            title="Hội nghị đánh giá chương trình phối hợp năm 2021, ký kết chương trình năm 2022",
            full_title="Hội nghị đánh giá kết quả thực hiện chương trình phối hợp công tác giữa Thường trực HĐND, UBND huyện với "
            "Ban Tuyên giáo Huyện ủy và Ủy ban MTTQ và các tổ chức chính trị - xã hội huyện năm 2021, nhiệm vụ phối hợp năm 2022",
            held_on=CONFERENCE_DAY,
            half_day=HalfDay.AFTERNOON,
            starts_at=time(14, 0),
            place="Hội trường UBND huyện",
            review_year=2021,
            plan_year=2022,
            organiser=cast.agencies["ubnd"],
        )
        for program in reviewed.values():
            conferences.add_program(conference, program, actor=secretary, purpose=ProgramPurpose.REVIEW)
        for program in signed.values():
            conferences.add_program(conference, program, actor=secretary, purpose=ProgramPurpose.SIGN)
        _write_agenda(cast, conference, reviewed)
        session.lay_papers(cast, conference)
        conferences.name_chair(conference, actor=secretary, person=cast.people["dung"], title=DUNG_TITLE)
    invite_people(cast, conference)
    with clock.standing_at(clock.at(date(2022, 3, 25), 9)):
        propose_commendations(cast, conference)
    return conference


def _write_agenda(cast: Cast, conference: Conference, reviewed: dict[str, Program]) -> None:
    btg, mttq, vp = (cast.agencies[code] for code in ("btg", "mttq", "vp"))
    tuan, dung = f"Đồng chí Đặng Văn Tuấn, {TUAN_TITLE}", f"Đồng chí Trần Việt Dũng, {DUNG_TITLE}"
    rows = (
        (AgendaKind.OPENING, "Khai mạc, giới thiệu đại biểu", time(14, 0), vp, "", None),
        (AgendaKind.REPORT, "Báo cáo kết quả phối hợp giữa Ban Tuyên giáo Huyện ủy với UBND huyện năm 2021", time(14, 10), btg, "",
         reviewed["A"]),
        (AgendaKind.REPORT, "Báo cáo kết quả phối hợp giữa Thường trực HĐND huyện với Ủy ban MTTQ và các tổ chức chính trị – xã hội "
         "năm 2021, nhiệm vụ năm 2022", time(14, 30), mttq, "", reviewed["B"]),
        (AgendaKind.DISCUSSION, "Thảo luận, làm rõ hạn chế, tồn tại trong quá trình phối hợp", time(14, 50), None, "Các đại biểu", None),
        (AgendaKind.SPEECH, "Phát biểu", time(15, 30), None, tuan, None),
        (AgendaKind.CONCLUSION, "Kết luận hội nghị", time(15, 45), None, dung, None),
        (AgendaKind.SIGNING, "Ký kết chương trình phối hợp năm 2022", time(16, 0), None, "9 cơ quan, hai chương trình", None),
    )  # fmt: skip
    for kind, title, starts_at, agency, presenter, program in rows:
        conferences.add_agenda_item(
            conference, actor=cast.secretary, kind=kind, title=title, starts_at=starts_at, presenter_agency=agency,
            presenter=presenter, program=program,
        )  # fmt: skip


def hold_conference(cast: Cast, conference: Conference, tasks: dict[tuple[str, int], Task]) -> None:
    """The afternoon itself: attendance, reports, speeches, conclusions; the signing is a scene of its own."""
    secretary = cast.secretary
    conferences.open_conference(conference, actor=secretary)
    call_the_roll(cast, conference)
    session.run_agenda(cast, conference)
    with clock.standing_at(clock.at(CONFERENCE_DAY, 16)):
        session.write_minutes(cast, conference, MINUTES)
        _record_words(cast, conference)
        _conclude(cast, conference, tasks)


def _conclude(cast: Cast, conference: Conference, tasks: dict[tuple[str, int], Task]) -> None:
    secretary = cast.secretary
    for text, agencies, carried_out_by in CONCLUSIONS:
        conclusion = conferences.conclude(
            conference, actor=secretary, text=text, agencies=[cast.agencies[code] for code in agencies.split()]
        )
        for key in carried_out_by:
            conferences.link_task(conclusion, tasks[key], actor=secretary)


def _record_words(cast: Cast, conference: Conference) -> None:
    tuan, dung = cast.people["tuan"], cast.people["dung"]
    items = {item.kind: item for item in conference.agenda.all()}
    for person, title, kind, item in (
        (tuan, TUAN_TITLE, SpeechKind.DIRECTION, items[AgendaKind.SPEECH]),
        (dung, DUNG_TITLE, SpeechKind.CONCLUSION, items[AgendaKind.CONCLUSION]),
    ):
        conferences.record_speech(
            conference, actor=cast.secretary, kind=kind, person=person, speaker_name=person.full_name,
            speaker_title=title, agenda_item=item,
        )  # fmt: skip
    conferences.name_concluder(conference, actor=cast.secretary, person=dung, title=DUNG_TITLE)
    conferences.name_highest_guest(conference, actor=cast.secretary, person=tuan, title=TUAN_TITLE)


def close_with_press(cast: Cast, conference: Conference) -> None:
    """The reports that were heard, who is commended, and what the press made of it, with the passage its page lost."""
    hear_reports(cast, conference)
    announce_commendations(cast, conference)
    conferences.record_press(
        conference,
        actor=cast.secretary,
        title="Hội nghị đánh giá kết quả thực hiện chương trình phối hợp công tác",
        author="Kim Liên",
        source="Trung tâm Truyền thông và Văn hóa huyện Đầm Hà",
        damaged_passage="…cả hệ thống chính trị và các tầng nước về đất đai, tài nguyên khoáng sản, GPMB, chế độ chính sách…",
        doubt="Câu bị mất chữ giữa “các tầng” và “nước về đất đai”; chưa dùng làm số liệu khi chưa đối chiếu.",
    )
    add_photos(cast, conference, PHOTOS)
    conferences.close_conference(conference, actor=cast.secretary, ended_at=time(16, 45))
