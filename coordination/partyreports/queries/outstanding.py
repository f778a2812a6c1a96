from django.db.models import Exists, F, OuterRef, QuerySet

from agencies.models import Membership
from coordination.partyreports.models import PartyReport
from coordination.programs.enums import SIGNED_STATES
from coordination.programs.models import Program, ProgramParty


def reports_outstanding(actor: Membership, year: int) -> QuerySet[ProgramParty]:
    """Parties asked to report on a year that have not sent their report, each with `until`, the day it is due.

    Rule: R-DASH-3. In programs the actor makes, as what parties report stays between them (R-SEE-13).
    """
    sent = PartyReport.objects.sent().filter(program=OuterRef("program"), agency=OuterRef("agency"), year=year)
    programs = Program.objects.made_by(actor).filter(state__in=SIGNED_STATES, report_calls__year=year)
    return ProgramParty.objects.filter(
        ~Exists(sent), program__in=programs.values("pk"), program__report_calls__year=year
    ).annotate(until=F("program__report_calls__due_on"))
