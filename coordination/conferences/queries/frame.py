"""What every page of a conference shows around its content: state, tabs with counts, what the reader may do."""

from dataclasses import dataclass

from agencies.models import Membership
from coordination.conferences.enums import ConferenceState
from coordination.conferences.models import Attendance, Conference, ConferenceProgram
from coordination.conferences.permissions import can_keep_record, can_run_conference
from coordination.conferences.queries.signing import programs_of
from records import clock


@dataclass(frozen=True)
class ConferenceFrame:
    """A conference with its attendance, the programs the reader sees and what the reader may do."""

    conference: Conference
    attendance: list[Attendance]
    links: list[ConferenceProgram]
    conclusions: int
    is_its_day: bool
    may_keep: bool
    may_run: bool

    @property
    def present(self) -> int:
        return sum(row.present for row in self._counted)

    @property
    def invited(self) -> int:
        return sum(row.invited for row in self._counted)

    @property
    def by_name(self) -> bool:
        """Whether anybody is invited by name, so that there are seats to tick."""
        return any(row.is_by_name for row in self.attendance)

    @property
    def is_counted(self) -> bool:
        """Whether any group's numbers are known; unknown ones are never shown as zero."""
        return bool(self._counted)

    @property
    def may_open(self) -> bool:
        return self.may_run and self.conference.state == ConferenceState.PLANNED

    @property
    def may_close(self) -> bool:
        return self.may_run and self.conference.state == ConferenceState.RUNNING

    @property
    def _counted(self) -> list[Attendance]:
        return [row for row in self.attendance if row.present is not None and row.invited is not None]


def conference_frame(actor: Membership, conference: Conference) -> ConferenceFrame:
    """The frame of a conference's pages for a reader who may see it."""
    return ConferenceFrame(
        conference=conference,
        attendance=list(conference.attendance.select_related("agency")),
        links=programs_of(actor, conference),
        conclusions=conference.conclusions.count(),
        is_its_day=clock.today() >= conference.held_on,
        may_keep=bool(can_keep_record(actor, conference)),
        may_run=bool(can_run_conference(actor, conference)),
    )
