"""Commendations as papers print them: the forms by their names, what the minutes tell of those announced."""

from coordination.conferences.enums import CommendationForm, CommendationState, Commended
from coordination.conferences.models import Commendation, Conference
from records import wording
from records.wording import zero_padded
from reports.documents.blocks import Paragraph
from reports.documents.wording import hyphenated, sentence

# As the law calls them; a paper is Vietnamese whatever language its reader works in.
FORMS = {
    CommendationForm.CERTIFICATE: "Giấy khen",
    CommendationForm.MERIT: "Bằng khen",
    CommendationForm.MEDAL: "Kỷ niệm chương",
    CommendationForm.LETTER: "Thư khen",
    CommendationForm.PRAISE: "Biểu dương tại hội nghị",
}


def announced(conference: Conference) -> tuple[Paragraph, ...]:
    """Who was commended by a decision the conference could announce, each with form and decision; nothing otherwise.

    Why no proposal and no later decision: minutes tell what happened in the room, and who is proposed stays between
    those who proposed and those who decide. Rule: R-SEE-17, R-COMMEND-3.
    """
    granted = conference.commendations.filter(state=CommendationState.GRANTED, decided_on__lte=conference.held_on)
    rows = list(granted.order_by("position"))
    if not rows:
        return ()
    return (Paragraph(f"Hội nghị công bố khen thưởng {_counted(rows)}:"), *map(_told, rows))


def _counted(rows: list[Commendation]) -> str:
    """How many collectives and how many persons: "02 tập thể, 01 cá nhân"."""
    collectives = sum(row.commended == Commended.COLLECTIVE for row in rows)
    counts = ((collectives, "tập thể"), (len(rows) - collectives, "cá nhân"))
    return ", ".join(f"{zero_padded(count)} {what}" for count, what in counts if count)


def _told(row: Commendation) -> Paragraph:
    form, by = FORMS[CommendationForm(row.form)], hyphenated(row.granted_by)
    given = f"{form} của {by}" if by else form
    decision = f"Quyết định số {hyphenated(row.decision_number)} ngày {wording.day(row.decided_on)}"
    return Paragraph(sentence(f"- {hyphenated(row.recipient)}: {given} ({decision})"))
