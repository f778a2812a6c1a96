"""The report of an evaluation conference: the results of the year reviewed and the tasks of the year planned."""

from dataclasses import replace
from datetime import date

from django.db.models import prefetch_related_objects

from agencies.access.decisions import require
from agencies.models import Membership
from agencies.people.queries import head_on
from coordination.conferences.models import Conference
from coordination.conferences.permissions import can_view_report
from reports.composed.permissions import can_read_composed_paper
from reports.composed.queries import composed_of_conference
from reports.documents.composed_report import composed_paper
from reports.documents.layout_profiles import profile_for
from reports.documents.letterheads import place_of, single_letterhead
from reports.documents.papers import Letterhead, PaperDay, PaperState, ReportPaper, SignatureBlock
from reports.documents.registered import Registered, office_of
from reports.documents.report_about import ReportAbout, facts_of, of_conference
from reports.documents.report_annexes import rows_of, tables_of
from reports.documents.report_draft import first_draft
from reports.documents.report_paper import Frame, report_paper
from reports.documents.signing import block_of


def conference_report(
    conference: Conference, *, actor: Membership, cut_off: date, number: int | None = None, dated_on: date | None = None
) -> ReportPaper:
    """The organiser's report as the portal writes it by itself, with figures judged on the cut-off day.

    Rule: the figures cover every program the conference reviews, whoever asks; number and day stay blank until known.
    Raises: NotAllowed when the actor does not make all these programs; RuleBroken when no layout rules are known.
    """
    prefetch_related_objects([conference], "unit__names", "organiser__names", "conclusions")
    require(can_view_report(actor, conference))
    about = of_conference(conference)
    tables = tables_of(about, cut_off=cut_off)
    facts = replace(facts_of(about, actor, cut_off), rows=rows_of(tables))
    state = PaperState.ISSUED if number is not None and dated_on else PaperState.FOR_SIGNING
    return report_paper(
        about,
        first_draft(about, facts),
        facts,
        tables,
        Frame(
            state=state,
            profile_code=profile_for(about.issuer_name, [about.issuer_name], dated_on or about.on).code,
            letterhead=_letterhead(about, number, dated_on),
            signature=_signature(conference, about),
        ),
    )


def paper_of_conference(
    conference: Conference, *, actor: Membership, day: date, registered: Registered | None = None
) -> ReportPaper:
    """The report of a conference as it stands: as its office wrote it, otherwise as the portal writes it by itself.

    Rule: R-COMPOSE-4. Raises: as `conference_report`.
    """
    if (composed := composed_of_conference(conference)) is not None:
        require(can_read_composed_paper(actor, composed))
        return composed_paper(composed, day=day, registered=registered)
    cut_off = cut_off_of(conference, today=day)
    if registered is None:
        return conference_report(conference, actor=actor, cut_off=cut_off)
    given = {"number": registered.number, "dated_on": registered.dated_on}
    paper = conference_report(conference, actor=actor, cut_off=cut_off, **given)
    office = office_of(conference.organiser, conference.unit, day, registered)
    return paper.under(office.letterhead(registered.symbol), office.signature())


def cut_off_of(conference: Conference, *, today: date) -> date:
    """The day a conference's figures are judged on: its own day, or today while it lies ahead."""
    return min(conference.held_on, today)


def _letterhead(about: ReportAbout, number: int | None, dated_on: date | None) -> Letterhead:
    issuer = about.issuer_name
    return single_letterhead(
        issuer,
        about.unit,
        number=number,
        symbol=f"BC-{issuer.document_symbol}",
        place=place_of(about.unit, about.on),
        day=PaperDay.of(dated_on) if dated_on else PaperDay(about.on.year, about.on.month),
        on=about.on,
    )


def _signature(conference: Conference, about: ReportAbout) -> SignatureBlock:
    """The organiser's head or acting head signs; the holder of the post on the day of the conference, where known."""
    head = head_on(conference.organiser, conference.held_on)
    if head is None:
        return block_of(about.issuer_name)
    return block_of(about.issuer_name, signer=head.person.full_name, is_acting=head.holding.is_acting)
