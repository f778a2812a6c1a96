from django.db.models import Exists, F, OuterRef, QuerySet

from agencies.models import Membership
from coordination.consultation.models import ConsultationRound, RoundReply
from coordination.programs.models import ProgramParty


def answers_outstanding(actor: Membership) -> QuerySet[ProgramParty]:
    """Parties asked for comments that have not declared themselves, each with `until`, the last day of the round.

    Rule: R-DASH-3. The agency that drafts the program asks and is not asked.
    """
    rounds = ConsultationRound.objects.visible_to(actor).open()
    replied = RoundReply.objects.filter(round__program=OuterRef("program"), round__closed_at=None, party=OuterRef("pk"))
    return (
        ProgramParty.objects.filter(~Exists(replied), program__consultation_rounds__in=rounds)
        .exclude(agency=F("program__drafting_agency"))
        .annotate(until=F("program__consultation_rounds__comments_until"))
    )
