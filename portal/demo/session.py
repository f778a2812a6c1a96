"""The afternoon of 30/3/2022 minute by minute: what lay under the items, when each began, how long it took."""

import io
from datetime import time

from coordination.conferences import services as conferences
from coordination.conferences.enums import AgendaKind, AgendaState
from coordination.models import Conference, PartyReport
from coordination.tasks.services import Upload
from portal.demo.directory import Cast
from portal.demo.evidence import illustrative_proof
from records import clock

# When each item in order began; the discussion went on for eight minutes longer than planned.
BEGAN = (time(14, 0), time(14, 10), time(14, 28), time(14, 50), time(15, 38), time(15, 47), time(16, 0))


def lay_papers(cast: Cast, conference: Conference) -> None:
    """What is discussed lies before everyone: questions for the discussion and the report the Front has sent."""
    item = conference.agenda.get(kind=AgendaKind.DISCUSSION)
    proof = illustrative_proof()
    conferences.attach_file(
        item,
        actor=cast.secretary,
        file=Upload("goi-y-thao-luan.pdf", io.BytesIO(proof), len(proof)),
        title="Gợi ý nội dung thảo luận (minh họa)",
    )
    last_report = conference.agenda.filter(kind=AgendaKind.REPORT).last()
    sent = PartyReport.objects.visible_to(cast.secretary).filter(year=2021, submitted_on__isnull=False)
    for report in sent:
        conferences.attach_report(last_report, report, actor=cast.secretary)


def run_agenda(cast: Cast, conference: Conference) -> None:
    """One item after the other as it began; the signing is still under way when the conference is closed."""
    for item, began in zip(conference.agenda.order_by("position"), BEGAN, strict=True):
        with clock.standing_at(clock.at(conference.held_on, began.hour, began.minute)):
            conferences.advance_agenda(item, actor=cast.secretary, state=AgendaState.RUNNING)


def write_minutes(cast: Cast, conference: Conference, minutes: dict[str, str]) -> None:
    """What the minutes say, by the kind of item; of the others nothing is known."""
    for item in conference.agenda.filter(kind__in=minutes):
        conferences.advance_agenda(item, actor=cast.secretary, state=item.status, minutes=minutes[item.kind])
