"""Papers: printed, numbered, issued and read, of programs, of conferences and of agencies."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Model

from agencies.access.enums import Role
from agencies.models import Membership
from coordination.programs.models import Program
from coordination.programs.services import lock_for_signing
from coordination.versions.queries import TODAY, Edition
from records import clock
from records.models import Job
from reports.bundles.permissions import can_have_bundle, can_take_papers
from reports.bundles.services import ask_for_papers
from reports.dashboard.permissions import can_view_dashboard
from reports.documents.enums import PaperKind
from reports.documents.kinds import kind_of, kind_of_program
from reports.exports.services import export_comparison, export_word
from reports.issuing import permissions, services
from reports.issuing.models import IssuedDocument
from reports.verification.permissions import can_withdraw
from reports.verification.services import withdraw
from tests.factories.conferences import make_conference
from tests.factories.papers import make_letter, make_party_report, number_and_issue
from tests.factories.programs import make_program, sign
from tests.factories.tasks import make_task
from tests.integration.rights.cast import Cast

SIGNING, SIGNED = "program being signed", "program signed"
REPORT, INVITATION, MINUTES = "report of a conference", "invitation to a conference", "minutes without a number"
OF_PARTY, LETTER = "report of a party", "urging letter"
STATES = (SIGNING, SIGNED, REPORT, INVITATION, MINUTES, OF_PARTY, LETTER)
KIND = {
    REPORT: PaperKind.CONFERENCE_REPORT,
    INVITATION: PaperKind.INVITATION,
    MINUTES: PaperKind.MINUTES,
    OF_PARTY: PaperKind.PARTY_REPORT,
    LETTER: PaperKind.URGING_LETTER,
}
EVERY_STATE = {PaperKind.PROGRAM, *KIND.values()} - {PaperKind.MINUTES}


@dataclass(frozen=True)
class Stage:
    """What papers are about, and the paper issued about each but the minutes."""

    cast: Cast
    programs: dict[str, Program]
    subjects: dict[str, Model]
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
    party, writer = cast.agencies["party"], cast.members["party", Role.SECRETARY]
    subjects = {
        **dict.fromkeys((REPORT, INVITATION, MINUTES), conference),
        OF_PARTY: make_party_report(programs[SIGNED], party, sent=True, actor=writer),
        LETTER: make_letter(programs[SIGNED], party, actor=cast.secretary),
    }
    for name, actor in ((REPORT, None), (INVITATION, None), (OF_PARTY, writer), (LETTER, None)):
        issued[name] = number_and_issue(KIND[name], subjects[name], actor=actor or cast.secretary)
    subjects = {name: type(subject).objects.get(pk=subject.pk) for name, subject in subjects.items()}
    return Stage(cast, programs, subjects, issued)


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


def acts(stage: Stage, state: str) -> dict[str, Callable[[Membership], object] | None]:
    """Reading, printing, numbering and issuing, asked of the paper about this."""
    shared = {
        "can_view_reports": permissions.can_view_reports,
        "can_view_dashboard": can_view_dashboard,
        "can_take_papers": can_take_papers,
        "ask_for_papers": lambda actor: ask_for_papers(clock.today().year, actor=actor),
    }
    if document := stage.issued.get(state):
        shared |= {
            "hand_over_document": lambda actor: services.hand_over_document(document, actor=actor),
            "can_view_document": lambda actor: permissions.can_view_document(actor, document),
            "can_have_bundle": lambda actor: can_have_bundle(actor, Job(values={"held": [document.pk]})),
            "can_withdraw": lambda actor: can_withdraw(actor, document),
            "withdraw": lambda actor: withdraw(
                document, actor=actor, withdrawn_on=clock.today(), reason="Ban hành nhầm"
            ),
        }
    if state in KIND:
        return shared | _of_own_paper(KIND[state], stage.subjects[state], is_issued=document is not None)
    today, program = Edition(TODAY, ""), stage.programs[state]
    return shared | {
        "can_issue_program": lambda actor: permissions.can_issue_program(actor, program),
        "export_program": lambda actor: services.export_program(program, actor=actor),
        "export_comparison": lambda actor: export_comparison(program, today, today, actor=actor),
        "export_word": lambda actor: export_word(kind_of_program(program), program, actor=actor),
        "issue_program": lambda actor: services.issue_program(program, actor=actor),
    }


def _of_own_paper(code: PaperKind, subject: Model, *, is_issued: bool):
    kind = kind_of(code)
    given = {"symbol": "XX-THU", "dated_on": clock.today()}
    asked = {
        "can_issue_paper": lambda actor: permissions.can_issue_paper(actor, kind, subject),
        "export_paper": lambda actor: services.export_paper(kind, subject, actor=actor),
        "export_word": lambda actor: export_word(kind, subject, actor=actor),
        "number_paper": lambda actor: services.number_paper(kind, subject, actor=actor, **given),
    }
    if is_issued:
        asked["issue_paper"] = lambda actor: services.issue_paper(kind, subject, actor=actor)
    return asked
