"""The report of one party on its year in a program (báo cáo thành phần), from which the lead agency makes its own."""

from datetime import date

from django.db.models import prefetch_related_objects

from agencies.models import Membership
from coordination.figures.tally import Tally
from coordination.partyreports.models import PartyReport
from coordination.partyreports.queries import PartyFigures, party_figures
from records import wording
from reports.composed.values import share
from reports.documents.annexes import in_order
from reports.documents.blocks import Paragraph
from reports.documents.citing import cited, kind_word, subject_of
from reports.documents.numbered import numbered
from reports.documents.papers import Annex, PaperSection, Recipients, ReportPaper
from reports.documents.registered import Office, Registered, office_of
from reports.documents.report_tables import results_of_party
from reports.documents.task_tables import names_on
from reports.documents.wording import hyphenated, paragraphs

ABBREVIATION = "BC"


def party_report(
    report: PartyReport, *, actor: Membership, day: date, registered: Registered | None = None
) -> ReportPaper:
    """What a party reports of its year: its own words, the counts of the tasks it led, a row for each of its tasks.

    Rule: R-PARTYREPORT-1, R-PARTYREPORT-4. Figures are judged on the day the party chose; a draft until it is sent.
    Raises: RuleBroken where no layout rules are known.
    """
    prefetch_related_objects(
        [report], "agency__names", "program__unit__names", "program__drafting_agency__names", "program__parties__agency"
    )
    program = report.program
    office = office_of(report.agency, program.unit, day, registered)
    annexes = _annexes(report, office.day)
    return ReportPaper(
        state=office.state(is_draft=not report.is_sent),
        profile_code=office.profile_code,
        letterhead=office.letterhead(f"{ABBREVIATION}-{office.name.document_symbol}"),
        kind_name="BÁO CÁO",
        subject=f"Kết quả thực hiện {kind_word(program)} {_lowered(subject_of(program, program.title))}"
        f"{_of_year(report)}",
        addressees=_addressees(report, office),
        opening=(Paragraph(_opening(report, office)),),
        sections=numbered(_sections(report, actor, annexes)),
        closing=f"Trên đây là báo cáo của {hyphenated(office.name.name)} về kết quả thực hiện {kind_word(program)} "
        f"năm {report.year}",
        signatures=(office.signature(),),
        recipients=Recipients(("Như trên", "Các bên ký kết", "Lưu: VT")),
        annexes=annexes,
        is_illustrative=program.unit.is_illustrative,
    )


def _lowered(text: str) -> str:
    return text[:1].lower() + text[1:]


def _of_year(report: PartyReport) -> str:
    """The year reported on, where the program's own name does not say it already."""
    return "" if f"năm {report.year}" in report.program.title else f", năm {report.year}"


def _addressees(report: PartyReport, office: Office) -> tuple[str, ...]:
    """The lead party and whoever keeps the program; not the party itself."""
    lead = [party.agency for party in report.program.parties.all() if party.is_lead]
    asked = dict.fromkeys([*lead, report.program.drafting_agency])
    return tuple(hyphenated(one.name_on(office.day).name) for one in asked if one != report.agency)


def _opening(report: PartyReport, office: Office) -> str:
    own = hyphenated(office.name.name)
    return f"Thực hiện {cited(report.program)}, {own} báo cáo kết quả năm {report.year} như sau:"


def _sections(report: PartyReport, actor: Membership, annexes: tuple[Annex, ...]) -> tuple[PaperSection, ...]:
    return (
        PaperSection(heading="CÔNG TÁC LÃNH ĐẠO, CHỈ ĐẠO, TRIỂN KHAI", blocks=paragraphs(report.steering)),
        PaperSection(
            heading="KẾT QUẢ THỰC HIỆN NHIỆM VỤ",
            blocks=(Paragraph(_counted(report, _led(report, actor), annexes)), *paragraphs(report.results)),
        ),
        _assessment(report),
        PaperSection(heading=f"NHIỆM VỤ TRỌNG TÂM NĂM {report.year + 1}", blocks=paragraphs(report.next_year)),
        PaperSection(heading="KIẾN NGHỊ, ĐỀ XUẤT", blocks=paragraphs(report.proposals)),
    )


def _assessment(report: PartyReport) -> PaperSection:
    parts = (
        ("Ưu điểm", report.strengths),
        ("Tồn tại, hạn chế", report.limitations),
        ("Nguyên nhân", report.causes),
        ("Bài học kinh nghiệm", report.lessons),
    )
    said = [(heading, paragraphs(text)) for heading, text in parts if text.strip()]
    return PaperSection(
        heading="ĐÁNH GIÁ CHUNG",
        children=tuple(
            PaperSection(number=str(number), heading=heading, level=2, blocks=blocks)
            for number, (heading, blocks) in enumerate(said, start=1)
        ),
    )


def _led(report: PartyReport, actor: Membership) -> Tally:
    """The tasks of the year the party led, as every other page counts them; once it is sent, as they were counted then.

    Rule: R-PARTYREPORT-4.
    """
    kept = PartyFigures.kept_in(report)
    figures = kept or party_figures(actor, report.program, report.agency, report.year, as_of=report.cut_off_on)
    return figures.led


def _counted(report: PartyReport, led: Tally, annexes: tuple[Annex, ...]) -> str:
    """The sentence a busy reader asks for, every count with what it is out of."""
    until = f"Đến hết ngày {wording.day(report.cut_off_on)}"
    where = f" (chi tiết tại {annexes[0].label})" if annexes else ""
    if not led.total:
        ongoing = f"; chủ trì {_n(led.ongoing)} nhiệm vụ thường xuyên" if led.ongoing else ""
        return f"{until}, cơ quan không chủ trì nhiệm vụ nào có thời hạn{ongoing}{where}."
    said = (
        f"{until}, cơ quan chủ trì {_n(led.total)} nhiệm vụ có thời hạn, hoàn thành {_n(led.done)} nhiệm vụ "
        f"({share(led.done, led.total)}), trong đó {_n(led.on_time)} nhiệm vụ đúng hạn, {_n(led.late)} nhiệm vụ "
        "hoàn thành chậm"
    )
    if led.overdue:
        said += f"; còn {_n(led.overdue)} nhiệm vụ đến hạn chưa hoàn thành"
    if led.in_time:
        said += f"; {_n(led.in_time)} nhiệm vụ đang trong hạn"
    if led.ongoing:
        said += f"; ngoài ra có {_n(led.ongoing)} nhiệm vụ thường xuyên, không tính tỷ lệ"
    return f"{said}{where}."


def _annexes(report: PartyReport, on: date) -> tuple[Annex, ...]:
    """The tasks the party led, then those it had another part in; a part without rows is left out."""
    names = names_on(report.program.unit, on)
    parts = (("CHỦ TRÌ", True), ("PHỐI HỢP", False))
    tables = [
        (
            f"KẾT QUẢ NHIỆM VỤ {part} NĂM {report.year}",
            results_of_party(
                report.program,
                report.agency,
                names,
                year=report.year,
                cut_off=report.cut_off_on,
                on=on,
                leads=leads,
            ),
        )
        for part, leads in parts
    ]
    told = [(title, table) for title, table in tables if table.rows]
    until = f"(Số liệu chốt đến hết ngày {wording.day(report.cut_off_on)})"
    return in_order([Annex(title=title, reference=until, blocks=(table,), is_landscape=True) for title, table in told])


def _n(count: int) -> str:
    return wording.zero_padded(int(count))
