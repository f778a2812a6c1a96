"""Who acts next: one sentence for everybody who sees a program, and why it came back where it did."""

from collections.abc import Callable
from datetime import date

from django.utils.translation import gettext as _

from coordination.programs.enums import AgreementStanding, ProgramState, Verdict
from coordination.programs.models import Program, ProgramStateChange
from coordination.programs.queries.agreement import PartyStanding, agreement_of
from coordination.programs.queries.signing import SigningStand
from records import wording

# States a program also comes back to, or ends in, with a reason.
_WITH_REASON = (ProgramState.REVISING, ProgramState.AGREED, ProgramState.CANCELLED)


def next_act(
    program: Program,
    stand: SigningStand | None,
    today: date,
    *,
    back: ProgramStateChange | None,
    agreement: list[PartyStanding] | None = None,
) -> str:
    """What is awaited of whom, said the same to all.

    `back` is the return it came back by, and `agreement` where each party stands, where it is read already.
    Rule: R-NEXT-1. One query more before a Party committee, one to seven while agreements come in, none otherwise.
    """
    words: dict[str, Callable[[], str]] = {
        ProgramState.DRAFT: lambda: _("%(agency)s writes the draft, then sends it to the parties for comments."),
        ProgramState.CONSULTING: lambda: _consulting(program, today),
        ProgramState.REVISING: lambda: _revising(agreement or agreement_of(program), back),
        ProgramState.AGREED: lambda: _settled(program),
        ProgramState.SUBMITTED: lambda: _submitted(program),
        ProgramState.SIGNING: lambda: _signing(stand),
        ProgramState.IN_FORCE: lambda: _("The agencies in charge carry out their tasks until %(last)s."),
        ProgramState.EVALUATING: lambda: _("The parties evaluate the results; %(agency)s then closes the program."),
        ProgramState.CLOSED: lambda: _("The program has ended; nothing is awaited of anyone."),
        ProgramState.SUPERSEDED: lambda: _("A later program has taken its place; nothing is awaited of anyone."),
        ProgramState.CANCELLED: lambda: _("The program was cancelled on %(cancelled)s; nothing is awaited of anyone."),
    }
    told = {
        "agency": program.drafting_agency.current_short_name,
        "last": wording.day(program.period_end),
        "cancelled": wording.day(program.cancelled_on) if program.cancelled_on else "",
    }
    return words[program.state]() % told


def came_back(program: Program) -> ProgramStateChange | None:
    """The last step of a program where it was a return or a cancelling; it carries the reason. One query at most."""
    if program.state not in _WITH_REASON:
        return None
    change = program.state_changes.select_related("by__agency").order_by("at", "pk").last()
    return change if change is not None and change.reason else None


def _consulting(program: Program, today: date) -> str:
    if program.comments_until is None or program.comments_until < today:
        return _("The last day for comments is over; %(agency)s closes the round and answers the comments.")
    day = wording.day(program.comments_until)
    return _literal(_("The parties comment on the draft until %(day)s.") % {"day": day})


def _revising(standings: list[PartyStanding], back: ProgramStateChange | None) -> str:
    if not any(one.said for one in standings):
        return _("%(agency)s revises the draft; every party then says whether it agrees.")
    refused = _names(standings, (AgreementStanding.REFUSED,))
    awaited = _names(standings, (AgreementStanding.AWAITED, AgreementStanding.LAPSED))
    if refused:
        return (
            _literal(_("%(parties)s does not agree yet.") % {"parties": refused})
            + " "
            + _("%(agency)s revises the draft.")
        )
    if awaited:
        return _literal(_("Awaited: the agreement of %(parties)s.") % {"parties": awaited})
    if back is not None and any(one.said.at <= back.at for one in standings):
        # What was said before the return holds still: nothing has been changed since.
        return _("The text is open again; %(agency)s revises it, and the parties agree anew.")
    return _("All parties agree; %(agency)s settles the content.")


def _settled(program: Program) -> str:
    if program.cleared_on:
        return _("The Party committee has agreed; %(agency)s locks the version for signing.")
    return _("%(agency)s locks the version for signing, after a submission to the Party committee where one is needed.")


def _submitted(program: Program) -> str:
    pending = program.submissions.filter(verdict=Verdict.PENDING).first()
    return _literal(
        _("Awaited: the opinion of %(committee)s.") % {"committee": pending.committee_name if pending else ""}
    )


def _signing(stand: SigningStand | None) -> str:
    awaited = ", ".join(slot.agency_name for slot in stand.awaited) if stand else ""
    return _literal(_("Awaited: the signature of %(parties)s.") % {"parties": awaited})


def _names(standings: list[PartyStanding], statuses: tuple[AgreementStanding, ...]) -> str:
    return ", ".join(one.name for one in standings if one.status in statuses)


def _literal(words: str) -> str:
    """Words filled in already; a percent sign in a name is none to be filled in."""
    return words.replace("%", "%%")
