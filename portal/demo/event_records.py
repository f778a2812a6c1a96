"""What stays of the conference of 30/3/2022 beside its papers: reports heard, commendations, drawn photos. Invented
but for the captions, which the public account gives.
"""

from collections.abc import Sequence
from datetime import date
from io import BytesIO

from coordination.conferences import services as conferences
from coordination.conferences.enums import AgendaKind, CommendationForm, Commended
from coordination.conferences.models import Conference
from coordination.partyreports import services as partyreports
from coordination.partyreports.models import PartyReport, ReportCall
from coordination.programs.models import Program
from coordination.tasks.services import Upload
from portal.demo.directory import Cast
from portal.demo.pictures import illustrative_photo
from records import clock

DRAWN = "Hình minh họa"
GRANTED_BY = "Chủ tịch UBND huyện"
# Who proposes, who is proposed as what, for which form, what for, and the decision where there is one.
COMMENDED = (
    ("ubnd", "Ủy ban MTTQ Việt Nam huyện", Commended.COLLECTIVE, CommendationForm.CERTIFICATE,
     "Chủ động phối hợp vận động nhân dân hiến đất, giải phóng mặt bằng; nhiệm vụ chủ trì năm 2021 hoàn thành đúng hạn "
     "đạt tỷ lệ cao (minh họa).", "1042/QĐ-UBND"),
    ("mttq", "Chủ tịch Hội Nông dân huyện", Commended.OFFICE, CommendationForm.CERTIFICATE,
     "Chỉ đạo nhân rộng mô hình kinh tế có hiệu quả trong hội viên (minh họa).", ""),
    ("mttq", "Chi hội Nông dân thôn Tân Hợp", Commended.COLLECTIVE, CommendationForm.LETTER,
     "Hội viên giúp nhau thoát nghèo có địa chỉ (minh họa).", ""),
)  # fmt: skip


def ask_for_reports(cast: Cast, program: Program) -> ReportCall:
    """The office asks the parties for their reports on 2021 by 18/3/2022."""
    with clock.standing_at(clock.at(date(2022, 3, 1), 10)):
        return partyreports.call_for_reports(
            program,
            actor=cast.secretary,
            year=2021,
            due_on=date(2022, 3, 18),
            cut_off_on=date(2021, 12, 31),
            note="Gửi kèm số liệu theo biểu của chương trình (minh họa).",
        )


def hear_reports(cast: Cast, conference: Conference) -> None:
    """Each report of the agenda was heard; the one on the program with the Front was the Front's own."""
    sent = PartyReport.objects.sent().filter(program__conference_links__conference=conference, year=2021)
    by_program = {report.program_id: report for report in sent}
    for item in conference.agenda.filter(kind=AgendaKind.REPORT).select_related("presenter_agency", "program"):
        heard = conferences.Heard(
            item.title,
            presented_by=item.presenter_agency,
            presenter=item.presenter,
            agenda_item=item,
            program=item.program,
            party_report=by_program.get(item.program_id),
        )
        conferences.hear_report(conference, actor=cast.secretary, heard=heard)


def propose_commendations(cast: Cast, conference: Conference) -> None:
    """Three proposals, made while the conference is prepared."""
    accounts = {"ubnd": "thu-ky", "mttq": "chu-tich-mttq"}
    for code, recipient, commended, form, reason, _decision in COMMENDED:
        conferences.propose_commendation(
            conference,
            actor=cast.members[accounts[code]],
            proposed_by=cast.agencies[code],
            proposal=conferences.Proposal(commended, recipient, form, reason, granted_by=GRANTED_BY),
        )


def announce_commendations(cast: Cast, conference: Conference) -> None:
    """One of the proposals was granted the day before, so that the conference announces it."""
    decisions = {recipient: decision for _code, recipient, *_what, decision in COMMENDED if decision}
    for row in conference.commendations.filter(recipient__in=decisions):
        given = {"decision_number": decisions[row.recipient], "decided_on": date(2022, 3, 29)}
        conferences.grant_commendation(row, actor=cast.secretary, **given)


def add_photos(cast: Cast, conference: Conference, captions: Sequence[str]) -> None:
    """The photos of the account by their captions, each with a drawing in the place of the picture."""
    for place, caption in enumerate(captions):
        drawn = illustrative_photo(place)
        upload = Upload(f"hoi-nghi-{place + 1}.jpg", BytesIO(drawn), len(drawn))
        conferences.add_photo(conference, actor=cast.secretary, caption=caption, credit=DRAWN, upload=upload)
