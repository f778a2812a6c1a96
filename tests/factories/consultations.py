"""Rounds of comments, walked there by the real services."""

from collections.abc import Sequence
from datetime import date, timedelta

from agencies.access.enums import Role
from agencies.models import Agency, Membership
from coordination.consultation import services as consultation
from coordination.consultation.enums import PlaceKind, Silence
from coordination.consultation.models import Comment, ConsultationRound
from coordination.consultation.queries import Place, places_of
from coordination.programs.models import Program, ProgramParty
from records import clock
from tests.factories.people import make_member
from tests.factories.programs import make_program, secretary_of

DAYS_OPEN = 10


def make_round(
    program: Program | None = None,
    *,
    actor: Membership | None = None,
    silence: str = Silence.NO_COMMENTS,
    until: date | None = None,
    **letter,
) -> ConsultationRound:
    """An open round on a draft, ten days long."""
    program = program or make_program("draft")
    actor = actor or secretary_of(program.drafting_agency)
    until = until or clock.today() + timedelta(days=DAYS_OPEN)
    return consultation.open_round(program, actor=actor, until=until, silence=silence, **letter)


def close(round: ConsultationRound, *, reason: str = "") -> ConsultationRound:
    """The round, closed by whoever drafts."""
    return consultation.close_round(round, actor=drafter_of(round), reason=reason)


def drafter_of(round: ConsultationRound) -> Membership:
    """The secretary who keeps the round."""
    return secretary_of(round.program.drafting_agency)


def party_of(round: ConsultationRound, turn: int) -> ProgramParty:
    """The party at a place of the letterhead; the first one drafts."""
    return round.program.parties.select_related("agency").get(letterhead_order=turn)


def writer_of(agency: Agency, role: Role = Role.OFFICIAL) -> Membership:
    """A member of an agency in a role; the same one when there is one already."""
    return agency.memberships.filter(role=role).first() or make_member(agency, role)


def place_in(round: ConsultationRound, kind: PlaceKind, turn: int = 0) -> Place:
    """A place of the draft that was sent."""
    return [place for place in places_of(round.version) if place.kind == kind][turn]


def make_comment(
    round: ConsultationRound,
    party: ProgramParty | None = None,
    *,
    place: Place | None = None,
    actor: Membership | None = None,
    text: str = "Đề nghị bổ sung thời hạn.",
    proposed: str = "",
) -> Comment:
    """A comment of a party on a section."""
    party = party or party_of(round, 2)
    return consultation.comment(
        round,
        actor=actor or writer_of(party.agency),
        party=party,
        place=(place or place_in(round, PlaceKind.SECTION)).code,
        text=text,
        proposed=proposed,
    )


def answer_all(round: ConsultationRound, state: str = "accepted", words: str = "Đã bổ sung.") -> Sequence[Comment]:
    """Every comment of a round answered alike."""
    return [
        consultation.answer(comment, actor=drafter_of(round), revision=comment.revision, state=state, words=words)
        for comment in Comment.objects.filter(round=round).standing()
    ]
