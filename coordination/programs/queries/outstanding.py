"""What programs wait for, and of whom: signatures, and what parties say of a revised text."""

from django.db.models import Exists, OuterRef, QuerySet

from agencies.models import Membership
from coordination.programs.enums import ProgramState, SignatureState
from coordination.programs.models import PartyAgreement, Program, ProgramParty, SignatureSlot


def signatures_outstanding(actor: Membership) -> QuerySet[SignatureSlot]:
    """Places to sign that are still empty, in programs being signed that the actor sees. Rule: R-FIG-11."""
    return SignatureSlot.objects.filter(
        version__program__in=Program.objects.visible_to(actor).filter(state=ProgramState.SIGNING).values("pk"),
        version__for_signing=True,
        version__voided_at=None,
        state=SignatureState.AWAITING,
    )


def statements_outstanding(actor: Membership) -> QuerySet[ProgramParty]:
    """Parties that have said nothing yet of a text on which others have spoken, in programs the actor makes.

    Rule: R-DASH-3. Why not before anybody spoke: until then the drafting agency still revises.
    """
    said = PartyAgreement.objects.filter(program_id=OuterRef("program_id"))
    revised = Program.objects.made_by(actor).filter(state=ProgramState.REVISING)
    return ProgramParty.objects.filter(
        Exists(said), ~Exists(said.filter(party_id=OuterRef("pk"))), program__in=revised.values("pk")
    )
