"""Reports written block by block, walked to their states by the real services."""

from collections.abc import Iterable

from agencies.models import Membership
from coordination.conferences import services as conferences
from coordination.conferences.models import Conference
from coordination.models import Program
from records import clock
from reports.composed.models import ComposedReport, ReportBlock
from reports.composer import services as composer
from tests.factories.conferences import make_conference
from tests.factories.papers import leader_of
from tests.factories.programs import secretary_of

STATES = ("draft", "submitted", "returned", "approved")
REASON = "Bổ sung kết quả của các tổ chức."


def make_year_report(program: Program, state: str = "draft", *, actor: Membership | None = None) -> ComposedReport:
    """The drafting agency's report on a signed program's year, up to today, in a state."""
    issuer = program.drafting_agency
    actor = actor or secretary_of(issuer)
    report = composer.begin_year_report(
        program, actor=actor, year=program.year, issuer=issuer, cut_off_on=clock.today()
    )
    return advance_report(report, state, actor=actor)


def make_conference_report(
    reviews: Iterable[Program], state: str = "draft", *, conclusions: Iterable[str] = ("Làm tốt công tác phối hợp.",)
) -> tuple[ComposedReport, Conference]:
    """The organiser's report on a conference that has been held, and the conference."""
    reviews = list(reviews)
    organiser = reviews[0].drafting_agency
    actor = secretary_of(organiser)
    conference = make_conference("running", organiser=organiser, actor=actor, reviews=reviews)
    for text in conclusions:
        conferences.conclude(conference, actor=actor, text=text)
    conference = conferences.close_conference(conference, actor=actor)
    report = composer.begin_conference_report(conference, actor=actor, cut_off_on=clock.today())
    return advance_report(report, state, actor=actor), conference


def advance_report(report: ComposedReport, state: str, *, actor: Membership) -> ComposedReport:
    """On to a state: every part that is missing is written first."""
    assert state in STATES, state
    if state == "draft":
        return report
    finish(report, actor=actor)
    report = composer.submit_report(report, actor=actor)
    leader = leader_of(report.issuer)
    if state == "returned":
        return composer.return_report(report, actor=leader, reason=REASON)
    return composer.approve_report(report, actor=leader) if state == "approved" else report


def finish(report: ComposedReport, *, actor: Membership) -> None:
    """Something in every part that must say something and does not yet."""
    for block in report.blocks.filter(is_needed=True, generated="", own=""):
        write(report, block.key, f"Nội dung phần {block.pk}.", actor=actor)


def write(report: ComposedReport, key: str, text: str, *, actor: Membership) -> ReportBlock:
    """A person's words for the block of a key."""
    block = report.blocks.get(key=key)
    facts = {"revision": block.revision, "heading": block.heading, "text": text}
    return composer.write_block(report, block, actor=actor, **facts)
