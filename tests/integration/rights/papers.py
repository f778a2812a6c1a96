"""Papers: printed, issued and read, of programs and of conferences."""

from collections.abc import Callable
from dataclasses import dataclass

from agencies.models import Membership
from coordination.conferences.models import Conference
from coordination.programs.models import Program
from coordination.programs.services import lock_for_signing
from coordination.versions.queries import TODAY, Edition
from records import clock
from reports.dashboard.permissions import can_view_dashboard
from reports.exports.services import export_comparison
from reports.issuing import permissions, services
from reports.issuing.enums import PaperKind
from reports.issuing.models import IssuedDocument
from tests.factories.conferences import make_conference
from tests.factories.programs import make_program, sign
from tests.factories.tasks import make_task
from tests.integration.rights.cast import Cast

SIGNING, SIGNED, REPORT = "program being signed", "program signed", "report of a conference"
STATES = (SIGNING, SIGNED, REPORT)


@dataclass(frozen=True)
class Stage:
    """What papers are about, and the paper issued about each."""

    cast: Cast
    programs: dict[str, Program]
    conference: Conference
    issued: dict[str, IssuedDocument]


def set_stage(cast: Cast) -> Stage:
    helpers = (cast.agencies["helper"], cast.agencies["helpbelow"])
    programs, issued = {}, {}
    for name, state in ((SIGNING, "signing"), (SIGNED, "signed")):
        program = make_program("agreed", agencies=cast.parties, secretary=cast.secretary)
        make_task(program, lead=cast.agencies["party"], coordinators=helpers)
        programs[name] = _walked(program, state, cast)
        issued[name] = services.issue_program(programs[name], actor=cast.secretary)
    conference = make_conference(
        "held", organiser=cast.agencies["lead"], actor=cast.secretary, signs=[programs[SIGNED]]
    )
    issued[REPORT] = services.issue_conference_report(conference, actor=cast.secretary, cut_off=clock.today())
    return Stage(cast, programs, conference, issued)


def _walked(program: Program, state: str, cast: Cast) -> Program:
    """On from agreed to signing, or through it."""
    lock_for_signing(program, actor=cast.secretary)
    sign(program, 0 if state == "signing" else None, secretary=cast.secretary)
    return Program.objects.get(pk=program.pk)


def viewed(stage: Stage):
    """The model with its `visible_to`, the predicate that must agree with it."""
    return [(IssuedDocument, permissions.can_view_document)]


def reached(stage: Stage) -> set[str]:
    """The kinds of paper that were issued."""
    return {document.kind for document in stage.issued.values()}


EVERY_STATE = set(PaperKind.values)


def acts(stage: Stage, state: str) -> dict[str, Callable[[Membership], object] | None]:
    """Reading, printing and issuing, asked of the paper about this."""
    document, conference, program = stage.issued[state], stage.conference, stage.programs.get(state)
    shared = {
        "can_view_reports": permissions.can_view_reports,
        "can_view_dashboard": can_view_dashboard,
        "hand_over_document": lambda actor: services.hand_over_document(document, actor=actor),
        "can_view_document": lambda actor: permissions.can_view_document(actor, document),
    }
    if state == REPORT:
        return shared | {
            "can_issue_conference_report": lambda actor: permissions.can_issue_conference_report(actor, conference),
            "export_conference_report": lambda actor: services.export_conference_report(
                conference, actor=actor, cut_off=clock.today()
            ),
            "issue_conference_report": lambda actor: services.issue_conference_report(
                conference, actor=actor, cut_off=clock.today()
            ),
        }
    today = Edition(TODAY, "")
    return shared | {
        "can_issue_program": lambda actor: permissions.can_issue_program(actor, program),
        "export_program": lambda actor: services.export_program(program, actor=actor),
        "export_comparison": lambda actor: export_comparison(program, today, today, actor=actor),
        "issue_program": lambda actor: services.issue_program(program, actor=actor),
    }
