"""The invitation to a conference (giấy mời): to whom, what for, when and where, with the agenda."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from django.db.models import prefetch_related_objects

from coordination.conferences.enums import Rank
from coordination.conferences.models import Conference, Invitation
from records import wording
from reports.documents.blocks import Paragraph
from reports.documents.enums import PaperKind
from reports.documents.meeting import agenda_table, begins, chaired_by, in_sentence, organiser_name
from reports.documents.papers import Annex, PaperSection, Recipients, ReportPaper
from reports.documents.registered import Registered, office_of, registered
from reports.documents.wording import capitalised, hyphenated, sentence

ABBREVIATION = "GM"


def invitation(conference: Conference, *, day: date, registered: Registered | None = None) -> ReportPaper:
    """The organiser invites the groups on the list of those who attend.

    Rule: Decree 30/2020/NĐ-CP, Appendix III, sample of the invitation.
    Raises: RuleBroken where no layout rules are known.
    """
    prefetch_related_objects([conference], "unit__names", "organiser__names", "attendance", "chairs")
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


def own_invitation(seat: Invitation, *, day: date) -> ReportPaper:
    """The invitation of one seat: the same paper, under the same number, to the holder of one post.

    Why its own paper: it is handed or mailed to one agency, which may not see whom else was invited.
    Raises: RuleBroken where no layout rules are known.
    """
    return own_invitations(seat.conference, [seat], day=day)[0]


def own_invitations(conference: Conference, seats: Sequence[Invitation], *, day: date) -> list[ReportPaper]:
    """The invitations of some seats of a conference, in their order; what they share is made once.

    Raises: RuleBroken where no layout rules are known.
    """
    paper = invitation(conference, day=day, registered=registered(PaperKind.INVITATION, conference))
    opening = (Paragraph(_asks(conference, bool(paper.annexes), whom="đồng chí")),)
    return [
        replace(paper, addressees=(hyphenated(_addressed(seat)),), opening=opening, closing=_closing(conference, seat))
        for seat in seats
    ]


def _addressed(invitation: Invitation) -> str:
    """Such as "Đồng chí Trần Việt Dũng, Chủ tịch UBND huyện", or the post alone where its holder is not known."""
    if not invitation.person_name:
        return invitation.full_title
    return f"Đồng chí {invitation.person_name}, {invitation.full_title}"


def _invited(conference: Conference) -> tuple[str, ...]:
    """The groups on the list. Why no party is named where there is none: R-SEE-4, not all may know of each program."""
    groups = tuple(hyphenated(row.group) for row in conference.attendance.all())
    return groups or ("Các đại biểu dự hội nghị",)


def _asks(conference: Conference, has_agenda: bool, *, whom: str = "các đại biểu") -> str:
    enclosed = " (chương trình gửi kèm)" if has_agenda else ""
    return f"{organiser_name(conference)} trân trọng kính mời {whom} tới dự {in_sentence(conference)}{enclosed}."


def _sections(conference: Conference) -> tuple[PaperSection, ...]:
    role, led_by = chaired_by(conference)
    told = (
        ("Thời gian", capitalised(begins(conference))),
        ("Địa điểm", hyphenated(conference.place)),
        (role, capitalised(led_by)),
    )
    said = [f"{what}: {how}" for what, how in told if how]
    return tuple(
        PaperSection(number=str(number), level=2, blocks=(Paragraph(sentence(line)),))
        for number, line in enumerate(said, start=1)
    )


def _closing(conference: Conference, invitation: Invitation | None = None) -> str:
    """Who may come in one's place, and by when to say so."""
    short = hyphenated(conference.organiser.name_on(conference.held_on).short_name)
    until = f"trước ngày {wording.day(conference.reply_by)}" if conference.reply_by else "trước ngày họp"
    if invitation is None:
        return (
            "Đề nghị các đại biểu đến dự đúng thành phần, đúng thời gian; trường hợp cử người dự thay, "
            f"đề nghị thông báo cho {short} {until}"
        )
    may_come = {
        Rank.HEAD: "Đề nghị đồng chí trực tiếp dự hội nghị, không cử người dự thay; trường hợp không dự được, "
        "thông báo rõ lý do cho",
        Rank.DEPUTY: "Trường hợp không dự được, đề nghị cử cấp phó dự thay và thông báo cho",
        Rank.OFFICIAL: "Trường hợp không dự được, đề nghị cử người dự thay và thông báo cho",
    }[Rank(invitation.rank_asked)]
    return f"{may_come} {short} {until}"


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
