"""Reports of parties, urging letters and papers with a number, walked to their states by the real services."""

from datetime import date, timedelta

from agencies.access.enums import Role
from agencies.models import Agency, Membership
from coordination.partyreports import services as partyreports
from coordination.partyreports.models import PartyReport
from coordination.programs.models import Program
from coordination.tasks.models import Task
from coordination.urging import services as urging
from coordination.urging.models import UrgingLetter
from records import clock
from reports.documents.enums import PaperKind
from reports.documents.kinds import kind_of
from reports.issuing import services as issuing
from reports.issuing.models import IssuedDocument
from tests.factories.people import make_member
from tests.factories.programs import secretary_of
from tests.factories.tasks import make_task

TEXTS = {"steering": "Phân công cán bộ theo dõi.", "strengths": "Bám sát kế hoạch.", "proposals": "Bố trí kinh phí."}
OVERDUE = {"start_on": date(2022, 1, 1), "due_on": date(2022, 3, 15)}


def make_party_report(
    program: Program, agency: Agency, *, sent: bool = False, actor: Membership | None = None, **facts
) -> PartyReport:
    """The report of a party on a signed program's year, being written or sent."""
    actor = actor or secretary_of(agency)
    given = {"year": program.year, "cut_off_on": clock.today(), "texts": TEXTS} | facts
    report = partyreports.write_party_report(program, actor=actor, agency=agency, **given)
    return partyreports.send_party_report(report, actor=actor) if sent else report


def make_overdue_task(program: Program, lead: Agency, **facts) -> Task:
    """A task of another party whose day has passed."""
    return make_task(program, "in_progress", lead=lead, **OVERDUE | facts)


def make_letter(program: Program, addressee: Agency, *, actor: Membership | None = None, **facts) -> UrgingLetter:
    """A letter of the drafting agency to another one about a task of its that is overdue."""
    actor = actor or secretary_of(program.drafting_agency)
    tasks = facts.pop("tasks", None) or [make_overdue_task(program, addressee)]
    given = {"issuer": program.drafting_agency, "answer_by": clock.today() + timedelta(days=7)} | facts
    return urging.draw_up_letter(actor=actor, addressee=addressee, tasks=tasks, **given)


def leader_of(agency: Agency) -> Membership:
    """A leader acting in an agency; the same one when there is one already."""
    return agency.memberships.filter(role=Role.LEADER).first() or make_member(agency, Role.LEADER)


def number_and_issue(code: PaperKind, subject, *, actor: Membership, **facts) -> IssuedDocument:
    """An agency's own paper with the next number of its series, issued today."""
    kind = kind_of(code)
    symbol = kind.symbol(kind.issuer(subject).name_on(clock.today()))
    issuing.number_paper(kind, subject, actor=actor, **{"symbol": symbol, "dated_on": clock.today()} | facts)
    return issuing.issue_paper(kind, subject, actor=actor)
