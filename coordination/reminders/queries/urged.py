"""What some notices tell of beside tasks and programs: official letters, reports written in the portal, conferences."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from agencies.models import Membership
from coordination.register.awaited import ReportTold, reports_told
from coordination.reminders.enums import OF_TURNS
from coordination.reminders.models import Notice
from coordination.reminders.queries.meetings import Meetings, meetings_behind
from coordination.urging.queries import Received, letters_about

_TURNS = {occasion: turn for turn, occasion in OF_TURNS.items()}


@dataclass(frozen=True)
class Behind:
    """Under the number of a notice the letter, the report or the conference it tells of, where it still stands."""

    letters: dict[int, Received] = field(default_factory=dict)
    reports: dict[int, ReportTold] = field(default_factory=dict)
    meetings: Meetings = field(default_factory=Meetings)

    def __or__(self, other: "Behind") -> "Behind":
        return Behind(self.letters | other.letters, self.reports | other.reports, self.meetings | other.meetings)

    def awaits(self, notice: Notice) -> bool:
        """Whether the letter, the report or the conference a notice tells of still waits for what it told."""
        if notice.conference_id is not None:
            return self.meetings.awaits(notice)
        if notice.report is None:
            return notice.pk in self.letters and self.letters[notice.pk].waits
        report = self.reports.get(notice.pk)
        return report is not None and report.awaits(_TURNS[notice.reason], notice.about_on)


def papers_behind(actor: Membership, notices: Iterable[Notice], today: date) -> Behind:
    """The papers of the actor's notices. No query where none tells of one."""
    notices = list(notices)
    letters = {one.pk: (one.task_id, one.about_on) for one in notices if one.is_of_letter}
    found = letters_about(actor, set(letters.values()))
    reports = reports_told({one.report for one in notices if one.report is not None})
    return Behind(
        letters={number: found[thing] for number, thing in letters.items() if thing in found},
        reports={one.pk: reports[one.report] for one in notices if one.report in reports},
        meetings=meetings_behind(actor, notices, today),
    )
