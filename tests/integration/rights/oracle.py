"""Who may know what, computed from plain rows and written rules, without the code under test.

Why twice: an error in `visible_to` or in a predicate shows as a difference between the two.
"""

from collections import defaultdict
from dataclasses import dataclass

from agencies.models import Agency, AgencySuccession, Membership, OfficeService
from coordination.models import (
    Attendance,
    Conference,
    ConferenceProgram,
    ConsultationRound,
    EvaluationRound,
    Program,
    ProgramParty,
    Task,
    TaskRole,
)
from records import clock
from reports.models import IssuedDocument

WORKS = {"official", "leader", "secretary", "organiser"}
SETTLED = {"agreed", "submitted", "signing", "in_force", "evaluating", "closed", "superseded"}
SIGNED = {"in_force", "evaluating", "closed", "superseded"}


@dataclass(frozen=True)
class Standing:
    """What decides what a person may know: the role, the agencies acted for and the units these lie in."""

    role: str
    units: frozenset[int]
    mine: frozenset[int]
    member: int | None = None

    @property
    def works(self) -> bool:
        return self.role in WORKS


NOBODY = Standing("", frozenset(), frozenset())


class Oracle:
    """The facts as they lie in the tables, and the rules R-SEE-1 to R-SEE-6 over them."""

    def __init__(self):
        self.state = dict(Program.objects.values_list("pk", "state"))
        self.drafter = dict(Program.objects.values_list("pk", "drafting_agency_id"))
        self.parties = _sets(ProgramParty.objects.values_list("program_id", "agency_id"))
        self.program_of = dict(Task.objects.values_list("pk", "program_id"))
        self.workers = _sets(TaskRole.objects.values_list("task_id", "agency_id"))
        self.helpers = _sets(TaskRole.objects.values_list("task__program_id", "agency_id"))
        self.round_unit = dict(EvaluationRound.objects.values_list("pk", "unit_id"))
        self.round_programs = _sets(EvaluationRound.objects.values_list("pk", "programs"))
        self.conference_unit = dict(Conference.objects.values_list("pk", "unit_id"))
        self.organiser = dict(Conference.objects.values_list("pk", "organiser_id"))
        self.guests = _sets(Attendance.objects.values_list("conference_id", "agency_id"))
        self.conference_programs = _sets(ConferenceProgram.objects.values_list("conference_id", "program_id"))
        self.consultation = {
            pk: (program, closed)
            for pk, program, closed in ConsultationRound.objects.values_list("pk", "program_id", "closed_at")
        }
        self.document = {
            pk: about for pk, *about in IssuedDocument.objects.values_list("pk", "kind", "program_id", "conference_id")
        }

    @classmethod
    def standing_of(cls, membership: Membership | None) -> Standing:
        """Where a person stands today: a membership counts on its days and while the account is active."""
        today = clock.today()
        if membership is None or not membership.user.is_active or membership.revoked_at:
            return NOBODY
        agency = membership.agency
        if not _holds(membership.valid_from, membership.valid_to) or not _holds(agency.valid_from, agency.valid_to):
            return NOBODY
        services = OfficeService.objects.values_list("office_id", "served_id", "valid_from", "valid_to")
        mine = {agency.pk} | {served for office, served, *days in services if office == agency.pk and _holds(*days)}
        passed = AgencySuccession.objects.filter(is_main=True, effective_on__lte=today, predecessor__valid_to__lt=today)
        pairs = list(passed.values_list("predecessor_id", "successor_id"))
        while taken := {old for old, heir in pairs if heir in mine} - mine:
            mine |= taken
        units = Agency.objects.filter(pk__in=mine).values_list("unit_id", flat=True)
        return Standing(membership.role, frozenset(units), frozenset(mine), membership.pk)

    def sees(self, who: Standing, owner: tuple) -> bool:
        """Whether a person may know what stands in an object."""
        kind, key = owner
        return getattr(self, f"_{kind.replace(' ', '_')}")(who, key)

    def _makes(self, who: Standing, program: int) -> bool:
        return who.works and bool(who.mine & (self.parties[program] | {self.drafter[program]}))

    def _program(self, who: Standing, program: int) -> bool:
        helps = self.state[program] in SETTLED and bool(who.mine & self.helpers[program])
        return self._makes(who, program) or (who.works and helps)

    def _drafting(self, who: Standing, program: int) -> bool:
        return self._makes(who, program)

    def _paper(self, who: Standing, program: int) -> bool:
        return self._makes(who, program) or (self.state[program] in SIGNED and self._program(who, program))

    def _task(self, who: Standing, task: int) -> bool:
        program = self.program_of[task]
        works = self.state[program] in SETTLED and bool(who.mine & self.workers[task])
        return self._makes(who, program) or (who.works and works)

    def _task_in_paper(self, who: Standing, task: int) -> bool:
        return self._paper(who, self.program_of[task])

    def _round(self, who: Standing, round: int) -> bool:
        return self.round_unit[round] in who.units and any(
            self._makes(who, program) for program in self.round_programs[round]
        )

    def _finding_about(self, who: Standing, key: tuple[int, int]) -> bool:
        round, program = key
        return self._round(who, round) and self._program(who, program)

    def _judgement_by(self, who: Standing, key: tuple[int, int]) -> bool:
        round, agency = key
        keeps = who.role == "secretary" and any(
            self.drafter[program] in who.mine for program in self.round_programs[round]
        )
        return self._round(who, round) and (keeps or agency in who.mine)

    def _table_of(self, who: Standing, key: tuple[int, int]) -> bool:
        program, sender = key
        return who.member == sender and self._program(who, program)

    def _comment_by(self, who: Standing, key: tuple[int, int]) -> bool:
        round, agency = key
        program, closed = self.consultation[round]
        return self._makes(who, program) and bool(closed or {agency, self.drafter[program]} & who.mine)

    def _conference(self, who: Standing, conference: int) -> bool:
        brings = set().union(*(self.parties[program] for program in self.conference_programs[conference]))
        known = brings | self.guests[conference] | {self.organiser[conference]}
        return who.works and self.conference_unit[conference] in who.units and bool(who.mine & known)

    def _proposal_by(self, who: Standing, key: tuple[int, int]) -> bool:
        conference, agency = key
        return self._conference(who, conference) and bool(who.mine & {agency, self.organiser[conference]})

    def _report(self, who: Standing, conference: int) -> bool:
        programs = self.conference_programs[conference]
        return self._conference(who, conference) and all(self._makes(who, program) for program in programs)

    def _document(self, who: Standing, document: int) -> bool:
        kind, program, conference = self.document[document]
        if program:
            return self._paper(who, program)
        return self._report(who, conference) if kind == "conference_report" else self._conference(who, conference)

    def _party_report(self, who: Standing, key: tuple[int, int, bool]) -> bool:
        program, agency, is_sent = key
        return who.works and (agency in who.mine or (is_sent and self._makes(who, program)))

    def _composed_by(self, who: Standing, issuer: int) -> bool:
        """What an office writes of a program it makes: nobody outside the office reads it before it is issued."""
        return who.works and issuer in who.mine

    def _letter_of(self, who: Standing, issuer: int) -> bool:
        return who.works and issuer in who.mine


def _holds(first, last) -> bool:
    """Whether a period holds today, by its first and last day."""
    return first <= clock.today() and (last is None or clock.today() <= last)


def _sets(pairs) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for one, other in pairs:
        found[one].add(other)
    return found
