"""The Committee writes its report on 2021 with the Propaganda Board: drafted by the portal, one part edited by hand."""

from datetime import date

from coordination.models import Program
from portal.demo.directory import Cast
from records import clock
from reports.composed.enums import ReportKind
from reports.composed.models import ComposedReport
from reports.composer import services as composer

CUT_OFF = date(2022, 3, 28)
CLOSING = (
    "Trên đây là báo cáo kết quả thực hiện chương trình phối hợp công tác năm {{nam}}, nhiệm vụ phối hợp năm {{nam_sau}}; "
    "UBND huyện đề nghị các bên tiếp tục phối hợp thực hiện"
)
LESSON = (
    "- Các bên rút kinh nghiệm để công tác phối hợp năm sau được thực hiện tốt hơn.\n"
    "- Duy trì giao ban hằng quý giữa Ban Tuyên giáo Huyện ủy và UBND huyện; {{dung_han}}/{{so_nhiem_vu}} nhiệm vụ đúng hạn "
    "là kết quả của việc giao ban đều (minh họa)."
)


def write_a_report(cast: Cast, program: Program) -> ComposedReport:
    """A template, a report over the figures of the evaluation's day, and a lesson the secretary wrote anew."""
    with clock.standing_at(clock.at(date(2022, 3, 29), 9)):
        ubnd, secretary = cast.agencies["ubnd"], cast.secretary
        composer.write_template(ubnd, actor=secretary, kind=ReportKind.PROGRAM, key="ket", text=CLOSING, revision=0)
        report = composer.begin_year_report(program, actor=secretary, year=2021, issuer=ubnd, cut_off_on=CUT_OFF)
        lesson = report.blocks.get(key="iii.bai-hoc")
        words = {"revision": lesson.revision, "heading": lesson.heading, "text": LESSON}
        composer.write_block(report, lesson, actor=secretary, **words)
    return report
