"""The notice of a conference's conclusions (thông báo kết luận): what was heard, what was concluded, who does what."""

from datetime import date

from django.db.models import Prefetch, prefetch_related_objects

from agencies.models import Agency
from coordination.conferences.enums import AgendaKind, ConferenceState, SpeechKind
from coordination.conferences.models import Conclusion, Conference
from records import wording
from reports.documents.blocks import Paragraph
from reports.documents.meeting import in_sentence, met, organiser_name, with_title
from reports.documents.numbered import numbered
from reports.documents.papers import PaperSection, Recipients, ReportPaper
from reports.documents.registered import Registered, office_of
from reports.documents.wording import capitalised, hyphenated, listed, paragraphs, sentence

ABBREVIATION = "TB"
MOST_GROUPS = 12


def conclusion_notice(conference: Conference, *, day: date, registered: Registered | None = None) -> ReportPaper:
    """What was concluded at a conference and whom it was given to; a draft until the conference has been held.

    Rule: Decree 30/2020/NĐ-CP, Appendix III, sample of the notice; by usage date and place, who came, what was heard,
    then the conclusions.
    Raises: RuleBroken where no layout rules are known.
    """
    prefetch_related_objects(
        [conference],
        "unit__names",
        "organiser__names",
        "agenda",
        "attendance",
        "speeches",
        Prefetch("conclusions__agencies", queryset=Agency.objects.in_protocol_order()),
        "conclusions__agencies__names",
    )
    office = office_of(conference.organiser, conference.unit, day, registered)
    return ReportPaper(
        state=office.state(is_draft=conference.state != ConferenceState.HELD),
        profile_code=office.profile_code,
        letterhead=office.letterhead(f"{ABBREVIATION}-{office.name.document_symbol}"),
        kind_name="THÔNG BÁO",
        subject=_subject(conference),
        opening=tuple(map(Paragraph, _opening(conference))),
        sections=numbered((_assessment(conference), _asked(conference))),
        closing=f"{organiser_name(conference)} thông báo để các cơ quan, đơn vị biết, tổ chức thực hiện",
        signatures=(office.signature(),),
        recipients=Recipients(_recipients(conference)),
        is_illustrative=conference.unit.is_illustrative,
    )


def _concluder(conference: Conference) -> str:
    if conference.concluded_by is None:
        return ""
    return with_title(conference.concluded_by.full_name, hyphenated(conference.concluded_by_title))


def _subject(conference: Conference) -> str:
    """Whose conclusion it is, and of which conference."""
    by = f" của {_concluder(conference)}" if conference.concluded_by else ""
    return f"Kết luận{by} tại {in_sentence(conference)}"


def _opening(conference: Conference) -> tuple[str, ...]:
    held = f"{met(conference)}, {organiser_name(conference)} tổ chức {in_sentence(conference)}."
    groups = [hyphenated(row.group) for row in conference.attendance.all() if row.present != 0]
    came = f"Tham dự hội nghị có: {'; '.join(groups[:MOST_GROUPS])}." if groups else ""
    return tuple(said for said in (held, came, _heard(conference)) if said)


def _heard(conference: Conference) -> str:
    """After which reports and words the conclusions were drawn, as the agenda names them.

    Why not the programs themselves: not everyone who attends a conference may know of each of them. Rule: R-SEE-4.
    """
    agenda = list(conference.agenda.all())
    heard = [_lowered(hyphenated(item.title)) for item in agenda if item.kind == AgendaKind.REPORT]
    if any(item.kind == AgendaKind.DISCUSSION for item in agenda):
        heard.append("ý kiến thảo luận của các đại biểu")
    said = [
        speech
        for speech in conference.speeches.all()
        if speech.kind == SpeechKind.DIRECTION and not speech.is_registered
    ]
    heard += [f"phát biểu của {with_title(one.speaker_name, hyphenated(one.speaker_title))}" for one in said]
    who = _concluder(conference) or "chủ trì hội nghị"
    if not heard:
        return f"Tại hội nghị, {who} kết luận như sau:"
    return f"Sau khi nghe {'; '.join(heard)}, {who} kết luận như sau:"


def _lowered(text: str) -> str:
    return text[:1].lower() + text[1:]


def _assessment(conference: Conference) -> PaperSection:
    """What the minutes say under the conclusion itself, before the tasks."""
    said = [item for item in conference.agenda.all() if item.kind == AgendaKind.CONCLUSION]
    return PaperSection(
        heading="ĐÁNH GIÁ CHUNG", blocks=tuple(block for item in said for block in paragraphs(item.minutes))
    )


def _asked(conference: Conference) -> PaperSection:
    return PaperSection(
        heading=f"NHIỆM VỤ PHỐI HỢP NĂM {conference.plan_year}",
        children=tuple(
            PaperSection(number=str(number), level=2, blocks=_given(one, conference))
            for number, one in enumerate(conference.conclusions.all(), start=1)
        ),
    )


def _given(conclusion: Conclusion, conference: Conference) -> tuple[Paragraph, ...]:
    """What is asked, then who does it and by when."""
    agencies = [hyphenated(agency.name_on(conference.held_on).name) for agency in conclusion.agencies.all()]
    told = [f"Cơ quan thực hiện: {listed(agencies)}"] if agencies else []
    told += [f"thời hạn hoàn thành: {wording.day(conclusion.due_on)}"] if conclusion.due_on else []
    who = (Paragraph(sentence(capitalised("; ".join(told)))),) if told else ()
    return (Paragraph(sentence(conclusion.text)), *who)


def _recipients(conference: Conference) -> tuple[str, ...]:
    """Those who came, and whoever was given something to do, in protocol order."""
    given = {agency.pk: agency for one in conference.conclusions.all() for agency in one.agencies.all()}
    ranked = sorted(given.values(), key=lambda agency: (agency.protocol_order, agency.name_sorted, agency.pk))
    return (
        *(("Các thành phần dự hội nghị",) if conference.attendance.all() else ()),
        *(hyphenated(agency.name_on(conference.held_on).short_name) for agency in ranked),
        "Lưu: VT",
    )
