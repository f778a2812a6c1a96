"""Limitations of a round, brought to where they stand by the real services."""

from agencies.access.enums import Role
from agencies.models import Membership
from coordination.evaluations.models import EvaluationRound
from coordination.findings import services as findings
from coordination.findings.enums import FindingKind, Remedy
from coordination.findings.models import Finding
from coordination.programs.models import Program
from coordination.tasks.models import Task
from tests.factories.evaluations import keeper_of
from tests.factories.people import make_member
from tests.factories.programs import make_program
from tests.factories.tasks import make_task


def make_limitation(
    round: EvaluationRound,
    remedy: Remedy = Remedy.OPEN,
    *,
    task: Task | None = None,
    text: str = "Thông tin giữa các bên có lúc chưa kịp thời",
    **said,
) -> Finding:
    """A limitation of a round that waits, is being remedied by a task, was remedied or waived."""
    program = round.programs.first()
    limitation = findings.add_finding(round, actor=keeper_of(program), kind=FindingKind.LIMITATION, text=text, **said)
    if remedy == Remedy.WAIVED:
        return findings.waive_limitation(limitation, actor=leader_over(program), reason="Đã hết nguyên nhân")
    if remedy != Remedy.OPEN:
        task = task or make_task(next_program(program), "completed" if remedy == Remedy.REMEDIED else "not_started")
        return findings.name_remedy(limitation, actor=keeper_of(program), task=task)
    return limitation


def next_program(program: Program) -> Program:
    """The signed program of the year after, between the same parties and kept by the same secretary."""
    parties = [party.agency for party in program.parties.select_related("agency").order_by("letterhead_order")]
    return make_program("signed", year=program.year + 1, agencies=parties, secretary=keeper_of(program))


def leader_over(program: Program) -> Membership:
    """A leader of the agency that drafted a program; the same one when there is one already."""
    drafter = program.drafting_agency
    return drafter.memberships.filter(role=Role.LEADER).first() or make_member(drafter, Role.LEADER)
