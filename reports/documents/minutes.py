"""The minutes of a conference (biên bản): who came, what was said on each item, who was commended, the conclusions."""

from datetime import date

from django.db.models import prefetch_related_objects

from coordination.conferences.enums import ConferenceState, Presence
from coordination.conferences.models import AgendaItem, Conference, Speech
from records.wording import zero_padded
from reports.documents.blocks import Block, Paragraph
from reports.documents.commendations import announced
from reports.documents.meeting import (
    TO_FILL_IN,
    attendance_table,
    begins,
    chair,
    chaired_by,
    clock_time,
    named,
    presenter,
    with_title,
)
from reports.documents.numbered import numbered
from reports.documents.papers import PaperSection, Recipients, ReportPaper, SignatureBlock
from reports.documents.registered import Office, Registered, office_of
from reports.documents.wording import capitalised, hyphenated, paragraphs, sentence

ABBREVIATION = "BB"


def minutes(conference: Conference, *, day: date, registered: Registered | None = None) -> ReportPaper:
    """What the record of a conference says; a draft until the conference has been held.

    Rule: Decree 30/2020/NĐ-CP, Appendix III, sample of the minutes: the chair signs at the right, who wrote them at
    the left.
    Raises: RuleBroken where no layout rules are known.
    """
    prefetch_related_objects([conference], "unit__names", "organiser__names", "attendance", "speeches", "conclusions")
    office = office_of(conference.organiser, conference.unit, day, registered)
    agenda = conference.agenda.select_related("presenter_agency").prefetch_related("presenter_agency__names")
    return ReportPaper(
        state=office.state(is_draft=conference.state != ConferenceState.HELD),
        profile_code=office.profile_code,
        letterhead=office.letterhead(f"{ABBREVIATION}-{office.name.document_symbol}"),
        kind_name="BIÊN BẢN",
        subject=named(conference),
        opening=tuple(map(Paragraph, _facts(conference, registered))),
        sections=numbered(
            (
                _present(conference),
                _course(conference, list(agenda)),
                PaperSection(heading="KHEN THƯỞNG", blocks=announced(conference)),
                _conclusions(conference),
            )
        ),
        closing=_closing(conference),
        signatures=_signatures(conference, office),
        recipients=Recipients(("Các thành phần dự hội nghị", "Lưu: VT, hồ sơ hội nghị")),
        is_illustrative=conference.unit.is_illustrative,
    )


def _facts(conference: Conference, registered: Registered | None) -> tuple[str, ...]:
    role, led_by = chaired_by(conference)
    taker = registered.minute_taker if registered else ""
    return (
        f"Thời gian bắt đầu: {begins(conference)}.",
        f"Địa điểm: {sentence(conference.place) or TO_FILL_IN}",
        f"{role}: {sentence(led_by) or TO_FILL_IN}",
        f"Thư ký (người ghi biên bản): {sentence(taker) or TO_FILL_IN}",
    )


def _present(conference: Conference) -> PaperSection:
    rows = list(conference.attendance.all())
    blocks: tuple[Block, ...] = (attendance_table(rows), *_wrong_ranks(conference)) if rows else ()
    if guest := conference.guest_name:
        words = with_title(guest, hyphenated(conference.highest_guest_title))
        blocks = (Paragraph(f"Dự hội nghị có {words}."), *blocks)
    return PaperSection(heading="THÀNH PHẦN THAM DỰ", blocks=blocks)


def _wrong_ranks(conference: Conference) -> tuple[Paragraph, ...]:
    """How many came of a lower rank than was asked for; nothing where none did. Rule: R-PEOPLE-4."""
    came = conference.invitations.standing().filter(presence=Presence.SUBSTITUTE)
    wrong = sum(seat.is_wrong_rank for seat in came)
    if not wrong:
        return ()
    return (Paragraph(f"Trong số đại biểu đi thay, {zero_padded(wrong)} đại biểu chưa đúng thành phần theo giấy mời."),)


def _course(conference: Conference, agenda: list[AgendaItem]) -> PaperSection:
    """Each item of the agenda with its minutes and who spoke to it; words taken outside the agenda come last."""
    speeches = [speech for speech in conference.speeches.all() if not speech.is_registered]
    children = [
        PaperSection(
            number=str(number),
            heading=_headed(item, conference),
            level=2,
            blocks=(*paragraphs(item.minutes), *_spoken([one for one in speeches if one.agenda_item_id == item.pk])),
        )
        for number, item in enumerate(agenda, start=1)
    ]
    if others := _spoken([one for one in speeches if one.agenda_item_id is None]):
        children.append(PaperSection(number=str(len(children) + 1), heading="Ý kiến khác", level=2, blocks=others))
    return PaperSection(heading="NỘI DUNG", children=tuple(children))


def _headed(item: AgendaItem, conference: Conference) -> str:
    by = presenter(item, conference)
    return hyphenated(item.title) + (f" ({by})" if by else "")


def _spoken(speeches: list[Speech]) -> tuple[Paragraph, ...]:
    said = []
    for speech in speeches:
        who = capitalised(with_title(speech.speaker_name, hyphenated(speech.speaker_title)))
        said.append(Paragraph(f"- {who}: {sentence(speech.summary)}" if speech.summary else f"- {who} phát biểu."))
    return tuple(said)


def _conclusions(conference: Conference) -> PaperSection:
    concluded = [
        PaperSection(number=str(number), level=2, blocks=(Paragraph(sentence(one.text)),))
        for number, one in enumerate(conference.conclusions.all(), start=1)
    ]
    by = ""
    if person := conference.concluded_by:
        by = f"{capitalised(with_title(person.full_name, hyphenated(conference.concluded_by_title)))} kết luận:"
    return PaperSection(
        heading="KẾT LUẬN", blocks=(Paragraph(by),) if by and concluded else (), children=tuple(concluded)
    )


def _closing(conference: Conference) -> str:
    return f"Hội nghị kết thúc vào {clock_time(conference.ended_at)} cùng ngày"


def _signatures(conference: Conference, office: Office) -> tuple[SignatureBlock, ...]:
    """The chair signs first, printed at the right; whoever wrote the minutes at the left."""
    name, _title = chair(conference)
    given = office.registered
    return (
        SignatureBlock(lines=("CHỦ TRÌ",), signer=(given.signer if given and given.signer else name) or None),
        SignatureBlock(lines=("THƯ KÝ",), signer=(given.minute_taker if given else "") or None),
    )
