"""The invitation to a conference (giấy mời): to whom, what for, when and where, with the agenda."""

from datetime import date

from django.db.models import prefetch_related_objects

from coordination.conferences.models import Conference
from reports.documents.blocks import Paragraph
from reports.documents.meeting import agenda_table, begins, chair, in_sentence, organiser_name, with_title
from reports.documents.papers import Annex, PaperSection, Recipients, ReportPaper
from reports.documents.registered import Registered, office_of
from reports.documents.wording import capitalised, hyphenated, sentence

ABBREVIATION = "GM"


def invitation(conference: Conference, *, day: date, registered: Registered | None = None) -> ReportPaper:
    """The organiser invites the groups on the list of those who attend.

    Rule: Decree 30/2020/NĐ-CP, Appendix III, sample of the invitation.
    Raises: RuleBroken where no layout rules are known.
    """
    prefetch_related_objects([conference], "unit__names", "organiser__names", "attendance")
    office = office_of(conference.organiser, conference.unit, day, registered)
    agenda = list(conference.agenda.select_related("presenter_agency").prefetch_related("presenter_agency__names"))
    return ReportPaper(
        state=office.state(is_draft=False),
        profile_code=office.profile_code,
        letterhead=office.letterhead(f"{ABBREVIATION}-{office.name.document_symbol}"),
        kind_name="GIẤY MỜI",
        subject=f"Dự {in_sentence(conference)}",
        addressees=_invited(conference),
        opening=(Paragraph(_asks(conference, bool(agenda))),),
        sections=_sections(conference),
        closing=_closing(conference),
        signatures=(office.signature(),),
        recipients=Recipients(("Như trên", "Lưu: VT")),
        annexes=_annexes(conference, agenda),
        is_illustrative=conference.unit.is_illustrative,
    )


def _invited(conference: Conference) -> tuple[str, ...]:
    """The groups on the list. Why no party is named where there is none: R-SEE-4, not all may know of each program."""
    groups = tuple(hyphenated(row.group) for row in conference.attendance.all())
    return groups or ("Các đại biểu dự hội nghị",)


def _asks(conference: Conference, has_agenda: bool) -> str:
    enclosed = " (chương trình gửi kèm)" if has_agenda else ""
    return f"{organiser_name(conference)} trân trọng kính mời các đại biểu tới dự {in_sentence(conference)}{enclosed}."


def _sections(conference: Conference) -> tuple[PaperSection, ...]:
    name, title = chair(conference)
    told = (
        ("Thời gian", capitalised(begins(conference))),
        ("Địa điểm", hyphenated(conference.place)),
        ("Chủ trì", capitalised(with_title(name, title)) if name else ""),
    )
    said = [f"{what}: {how}" for what, how in told if how]
    return tuple(
        PaperSection(number=str(number), level=2, blocks=(Paragraph(sentence(line)),))
        for number, line in enumerate(said, start=1)
    )


def _closing(conference: Conference) -> str:
    short = hyphenated(conference.organiser.name_on(conference.held_on).short_name)
    return (
        "Đề nghị các đại biểu đến dự đúng thành phần, đúng thời gian; trường hợp cử người dự thay, đề nghị thông báo "
        f"cho {short} trước ngày họp"
    )


def _annexes(conference: Conference, agenda: list) -> tuple[Annex, ...]:
    if not agenda:
        return ()
    return (
        Annex(
            title="CHƯƠNG TRÌNH HỘI NGHỊ",
            reference=f"(Kèm theo Giấy mời của {organiser_name(conference)})",
            blocks=(agenda_table(conference, agenda),),
        ),
    )
