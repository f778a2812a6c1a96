"""What consultations ask of one member: comments still to be sent, comments still to be answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, F, OuterRef, Q

from agencies.access.enums import Role
from agencies.models import Membership
from coordination.consultation.enums import CommentState
from coordination.consultation.models import ConsultationRound, RoundReply
from coordination.consultation.permissions import WRITERS
from coordination.programs.models import Program
from coordination.programs.workflow import EDITABLE_STATES


@dataclass(frozen=True)
class ToComment:
    """A round that awaits a party the member speaks for, and that party's name."""

    round: ConsultationRound
    agency: str

    @property
    def program(self) -> Program:
        return self.round.program


@dataclass(frozen=True)
class ToAnswer:
    """A program whose comments await an answer of the member. Units: comments."""

    program: Program
    comments: int


def to_comment(actor: Membership, today: date, *, most: int = 10) -> Sequence[ToComment]:
    """Rounds still open on a day in which a party the member speaks for has declared nothing, first the most pressing.

    Rule: R-COMMENT-3. It stands in the inbox of leaders from the first day. One query.
    """
    if actor.role not in WRITERS:
        return []
    mine = actor.agency_ids()
    declared = RoundReply.objects.filter(round=OuterRef("pk"), party=OuterRef("asked"))
    rounds = (
        ConsultationRound.objects.visible_to(actor)
        .open()
        .filter(program__parties__agency_id__in=mine, comments_until__gte=today)
        .exclude(program__drafting_agency_id__in=mine)
        .annotate(asked=F("program__parties"), agency=F("program__parties__agency__current_short_name"))
        .exclude(Exists(declared))
        .select_related("program")
        .order_by("comments_until", "program__code", "agency")
    )
    return [ToComment(round, round.agency) for round in rounds[:most]]


def to_answer(actor: Membership, *, most: int = 10) -> Sequence[ToAnswer]:
    """Programs still open to change that the member drafts and in which comments have no answer. One query."""
    if actor.role != Role.SECRETARY:
        return []
    waiting = Q(consultation_rounds__comments__state=CommentState.NEW, consultation_rounds__comments__withdrawn_at=None)
    programs = (
        Program.objects.made_by(actor)
        .filter(drafting_agency_id__in=actor.agency_ids(), state__in=EDITABLE_STATES)
        .annotate(waiting=Count("consultation_rounds__comments", filter=waiting))
        .filter(waiting__gt=0)
        .order_by("code")[:most]
    )
    return [ToAnswer(program, program.waiting) for program in programs]
