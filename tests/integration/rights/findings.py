"""A limitation in each of its standings, in a round open or closed, and every act on one."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from agencies.access.enums import Role
from agencies.models import Membership
from coordination.evaluations import services as evaluations
from coordination.findings import permissions
from coordination.findings import services as findings
from coordination.findings.enums import FindingKind, Remedy
from coordination.findings.models import Finding
from coordination.programs.models import Program
from coordination.tasks.models import Task
from tests.factories.evaluations import make_scheme
from tests.factories.programs import make_program
from tests.factories.tasks import make_draft, make_task
from tests.integration.rights.cast import Cast

STATES = ("open", "given", "waived", "open, round closed")


@dataclass(frozen=True)
class Stage:
    """A limitation for each state; the program that follows takes the tasks that mend them."""

    cast: Cast
    following: Program
    task: Task
    limitations: dict[str, Finding]


def set_stage(cast: Cast) -> Stage:
    between = {"agencies": cast.parties, "secretary": cast.secretary}
    scheme = make_scheme(cast.unit, cast.secretary)
    rounds = {
        year: evaluations.open_round(
            cast.unit,
            actor=cast.secretary,
            year=year,
            programs=[make_program("signed", year=year, **between)],
            scheme=scheme,
            cut_off_on=date(2022, 3, 1),
        )
        for year in (2021, 2022)
    }
    following = make_program("signed", year=2023, **between)
    task = make_task(following, lead=cast.agencies["party"])
    made = {state: _limitation(rounds[2021 if "closed" in state else 2022], cast, state) for state in STATES}
    findings.name_remedy(made["given"], actor=cast.secretary, task=task)
    findings.waive_limitation(made["waived"], actor=cast.members["drafter", Role.LEADER], reason="Không còn")
    evaluations.close_round(rounds[2021], actor=cast.secretary, narrative="Chốt.")
    fresh = Finding.objects.select_related("round", "remedied_by").in_bulk([one.pk for one in made.values()])
    return Stage(cast, following, task, {state: fresh[one.pk] for state, one in made.items()})


def _limitation(round, cast: Cast, text: str) -> Finding:
    return findings.add_finding(round, actor=cast.secretary, kind=FindingKind.LIMITATION, text=text)


def viewed(stage: Stage):
    """The model with its `visible_to`, the predicate that must agree with it."""
    return [(Finding, permissions.can_view_finding)]


def reached(stage: Stage) -> set[str]:
    """The standings the staged limitations are in."""
    return {limitation.remedy for limitation in stage.limitations.values()}


EVERY_STATE = {Remedy.OPEN, Remedy.GIVEN, Remedy.WAIVED}  # what is remedied or came back answers as these do


def acts(stage: Stage, state: str) -> dict[str, Callable[[Membership], object] | None]:
    """Every predicate and every service about a finding, asked of the one in this state."""
    one = stage.limitations[state]
    said = {"kind": FindingKind.LIMITATION, "text": "Chậm gửi báo cáo"}
    return {
        "can_view_finding": lambda actor: permissions.can_view_finding(actor, one),
        "can_write_finding": lambda actor: permissions.can_write_finding(actor, one),
        "can_remedy": lambda actor: permissions.can_remedy(actor, one),
        "can_waive": lambda actor: permissions.can_waive(actor, one),
        "add_finding": lambda actor: findings.add_finding(one.round, actor=actor, **said),
        "edit_finding": lambda actor: findings.edit_finding(one, actor=actor, revision=one.revision, **said),
        "remove_finding": lambda actor: findings.remove_finding(one, actor=actor),
        "name_remedy": lambda actor: findings.name_remedy(one, actor=actor, task=stage.task),
        "create_remedy": lambda actor: findings.create_remedy(
            one, actor=actor, program=stage.following, draft=make_draft(stage.following)
        ),
        "waive_limitation": lambda actor: findings.waive_limitation(one, actor=actor, reason="Không còn"),
        "reopen_limitation": lambda actor: findings.reopen_limitation(one, actor=actor, reason="Xem lại"),
    }
