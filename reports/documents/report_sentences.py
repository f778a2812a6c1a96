"""Every sentence the portal writes into a report of results. Numbers stand in it as tokens, never as digits.

Why tokens: the paper fills them at once; in a report written block by block they stay linked to the frozen figures.
"""

from collections.abc import Iterable, Iterator

from agencies.models import AgencyName
from coordination.figures.tally import Tally
from records import wording
from reports.composed.counts import Part, ReportFacts, YearCounts
from reports.composed.tokens import token
from reports.composed.values import AGENCY, AREA, last_month
from reports.documents.citing import cited, subject_of
from reports.documents.report_about import ReportAbout
from reports.documents.wording import hyphenated, lines, listed, sentence

# More programs than these are counted in a sentence, not named.
MOST_NAMED = 10
_LED_NOTHING = "Không chủ trì nhiệm vụ; phối hợp thực hiện nhiệm vụ của các cơ quan chủ trì."


def opening(about: ReportAbout) -> str:
    """What was carried out, and who reports it."""
    name = hyphenated(about.issuer_name.name)
    if not about.reviewed:
        return f"{name} báo cáo kết quả như sau:"
    if len(about.reviewed) > MOST_NAMED:
        carried_out = f"{len(about.reviewed)} chương trình phối hợp công tác năm {{{{nam}}}}"
    else:
        carried_out = "; ".join(cited(program) for program in about.reviewed)
    return f"Thực hiện {carried_out}, {name} báo cáo kết quả như sau:"


def steering(about: ReportAbout) -> str:
    """When and by whom the programs were signed, who kept them together, what the parties did of their own."""
    said = []
    signed = [program for program in about.reviewed if program.signed_on]
    if signed:
        named = "; ".join(
            f"{subject_of(program, program.short_title)} ({token(f'chuong_trinh.{program.slug}.so_ben')} bên ký kết, "
            f"ký ngày {wording.day(program.signed_on)})"
            for program in signed[:MOST_NAMED]
        )
        more = "; cùng các chương trình khác" if len(signed) > MOST_NAMED else ""
        said.append(
            "Năm {{nam}}, các bên đã ký kết và triển khai {{so_chuong_trinh_ky}} chương trình phối hợp: "
            f"{named}{more}."
        )
    offices = about.offices()
    if offices:
        said.append(f"{listed(offices)} là cơ quan đầu mối soạn thảo các chương trình.")
    said += [f"- {_named(about, report)}: {line}" for report in about.said for line in _lines(report.steering)]
    return "\n".join(said)


def overall(counts: YearCounts) -> str:
    """The sentence a busy reader asks for, every count with what it is out of."""
    said = (
        "Năm {{nam}}, các bên triển khai {{so_nhiem_vu}} nhiệm vụ có thời hạn thuộc {{so_chuong_trinh}} chương trình. "
        "Đến hết ngày {{ngay_chot}}, hoàn thành {{hoan_thanh}}/{{so_nhiem_vu}} nhiệm vụ ({{ty_le_hoan_thanh}}), "
        "trong đó {{dung_han}} nhiệm vụ đúng hạn, {{cham}} nhiệm vụ hoàn thành chậm"
    )
    if counts.all.overdue:
        said += "; còn {{chua_xong}} nhiệm vụ đến hạn chưa hoàn thành"
    if counts.all.in_time:
        said += "; {{trong_han}} nhiệm vụ đang trong hạn"
    if counts.all.ongoing:
        said += "; ngoài ra có {{thuong_xuyen}} nhiệm vụ thường xuyên, không tính tỷ lệ"
    return f"{said}. Tỷ lệ đúng hạn trên số nhiệm vụ đến hạn đạt {{{{ty_le_dung_han}}}}."


def by_area(counts: YearCounts) -> str:
    """Which areas did all on time, and which still owe results."""
    if not counts.areas:
        return "Chưa có nhiệm vụ nào được phân theo lĩnh vực."
    due = [part for part in counts.areas if part.tally.due]
    whole = [
        f"{part.name} ({_of(AREA, part, 'dung_han')}/{_of(AREA, part, 'den_han')} nhiệm vụ)"
        for part in due
        if part.tally.on_time == part.tally.due
    ]
    owing = [f"{part.name} ({_of(AREA, part, 'chua_xong')} nhiệm vụ)" for part in due if part.tally.overdue]
    said = [f"Lĩnh vực hoàn thành đúng hạn toàn bộ nhiệm vụ đến hạn: {listed(whole)}."] if whole else []
    said += [f"Lĩnh vực còn nhiệm vụ đến hạn chưa hoàn thành: {listed(owing)}."] if owing else []
    return " ".join(said)


def over_months(counts: YearCounts) -> str:
    """How far the year had come at the end of the last month counted."""
    if last_month(counts) is None or not counts.months[-1].due:
        return "Chưa có nhiệm vụ nào đến hạn."
    return (
        "Đến hết tháng {{luy_ke.thang}}/{{nam}}, lũy kế có {{luy_ke.den_han}} nhiệm vụ đến hạn, đã hoàn thành "
        "{{luy_ke.hoan_thanh}} nhiệm vụ."
    )


def of_area(part: Part) -> str:
    """What came of the tasks of one area."""
    return f"{_what_came(AREA, part, 'Triển khai')}."


def of_agency(about: ReportAbout, part: Part) -> str:
    """What came of the tasks an agency led, then what it reported itself."""
    own = [line for report in about.said if report.agency.code == part.code for line in _lines(report.results)]
    return "\n".join([f"{_what_came(AGENCY, part, 'Chủ trì')}.", *own])


def of_parties_that_led_nothing(about: ReportAbout, counts: YearCounts) -> Iterator[tuple[str, str, str]]:
    """What parties reported that led no task: code, name and words of each, in order of precedence.

    Why: a party that only helps would otherwise be missing from the results it reported.
    """
    led, told = {part.code for part in counts.agencies}, {}
    for report in about.said:
        if report.agency.code not in led and (own := _lines(report.results)):
            told.setdefault((report.agency.code, _named(about, report)), []).extend(own)
    for (code, name), own in told.items():
        yield code, name, "\n".join([_LED_NOTHING, *own])


def against_the_year_before(facts: ReportFacts) -> str:
    """How the year moved against the one before; nothing where that had no tasks."""
    if facts.before is None:
        return ""
    return (
        "So với năm {{nam_truoc.nam}} ({{nam_truoc.so_nhiem_vu}} nhiệm vụ, hoàn thành {{nam_truoc.ty_le_hoan_thanh}}, "
        "đúng hạn {{nam_truoc.ty_le_dung_han}}), số nhiệm vụ {{chenh.so_nhiem_vu}}, tỷ lệ hoàn thành "
        "{{chenh.ty_le_hoan_thanh}}, tỷ lệ đúng hạn {{chenh.ty_le_dung_han}}."
    )


def planned(about: ReportAbout, facts: ReportFacts) -> str:
    """How many tasks the programs of the year planned have, and where they are listed."""
    if not about.signed:
        return ""
    titles = [hyphenated(program.short_title) for program in about.signed]
    named = f": {listed(titles)}" if len(titles) <= MOST_NAMED else ""
    where = " (danh mục tại {{phu_luc.ke_hoach}})" if facts.planned[0] else ""
    until = "; trong đó tập trung:" if about.asked else "."
    return (
        f"Năm {about.plan_year}, các bên phối hợp thực hiện {{{{ke_hoach.so_nhiem_vu}}}} nhiệm vụ thuộc "
        f"{{{{ke_hoach.so_chuong_trinh}}}} chương trình{named}{where}{until}"
    )


def asked(about: ReportAbout) -> list[str]:
    """What the conference asked for, numbered in the order it was concluded."""
    return [f"{number}. {sentence(' '.join(text.split()))}" for number, text in enumerate(about.asked, start=1)]


def closing(about: ReportAbout) -> str:
    """The last sentence, without its mark."""
    return (
        f"Trên đây là báo cáo kết quả thực hiện chương trình phối hợp công tác năm {about.year}, nhiệm vụ phối hợp năm "
        f"{about.plan_year}; {hyphenated(about.issuer_name.name)} báo cáo các cơ quan, đơn vị biết, phối hợp thực hiện"
    )


def recipients(about: ReportAbout) -> str:
    """The recipients of the programs reported on, each once, the file copy last."""
    every = [line.strip().rstrip(";.") for program in about.reviewed for line in lines(program.recipients)]
    kept = [line for line in dict.fromkeys(every) if not line.lower().startswith("lưu")]
    filed = next((line for line in every if line.lower().startswith("lưu")), "Lưu: VT")
    return "\n".join([*(kept or ["Các bên ký kết"]), filed])


def proposed(about: ReportAbout) -> Iterator[str]:
    """What the parties proposed in their reports, each by its name."""
    for report in about.said:
        yield from (f"- {_named(about, report)}: {line}" for line in _lines(report.proposals))


def of_parties(about: ReportAbout, part: str) -> list[str]:
    """What the parties wrote of their own year under one heading of their reports."""
    return [f"- {_named(about, report)}: {line}" for report in about.said for line in _lines(getattr(report, part))]


def _what_came(family: str, part: Part, verb: str) -> str:
    """The counts of one line of a breakdown in words; parts with nothing in them are not told."""
    told, tally = _teller(family, part), part.tally
    if not tally.total:
        return f"{verb} {told('thuong_xuyen')} nhiệm vụ thường xuyên" if tally.ongoing else f"{verb} 00 nhiệm vụ"
    said = (
        f"{verb} {told('so_nhiem_vu')} nhiệm vụ, hoàn thành {told('hoan_thanh')} nhiệm vụ ({told('ty_le_hoan_thanh')})"
    )
    return said + "".join(_rest(told, tally))


def _rest(told, tally: Tally) -> Iterable[str]:
    if tally.on_time:
        yield f", trong đó {told('dung_han')} nhiệm vụ đúng hạn"
    if tally.late:
        yield f", {told('cham')} nhiệm vụ hoàn thành chậm"
    if tally.overdue:
        yield f"; còn {told('chua_xong')} nhiệm vụ đến hạn chưa hoàn thành"
    if tally.in_time:
        yield f"; {told('trong_han')} nhiệm vụ đang trong hạn"
    if tally.ongoing:
        yield f"; ngoài ra có {told('thuong_xuyen')} nhiệm vụ thường xuyên"


def _teller(family: str, part: Part):
    return lambda measure: _of(family, part, measure)


def _of(family: str, part: Part, measure: str) -> str:
    return token(f"{family}.{part.code}.{measure}")


def _named(about: ReportAbout, report) -> str:
    name: AgencyName = report.agency.name_on(about.on)
    return hyphenated(name.name)


def _lines(text: str) -> list[str]:
    """The lines of what somebody typed, each ended as a sentence, without the dash it began with."""
    return [sentence(line.strip().lstrip("-+• ").strip()) for line in text.splitlines() if line.strip()]
