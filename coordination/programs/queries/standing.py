from datetime import date

from django.db.models import QuerySet, prefetch_related_objects

from agencies.directory.lineage import has_ended, heirs_of
from agencies.models import Agency, Membership
from coordination.programs.enums import ProgramState
from coordination.programs.models import Program


def standing_parties(program: Program, day: date, *, lead_first: bool = False) -> list[Agency]:
    """The agencies that stand for the parties on a day, in letterhead order: each party, or who took it over.

    Rule: R-SUCC-3. A program that is agreed keeps the parties that agreed it; what is planned in it from now on is
    given to those that exist. Two more queries only where a party has ended.
    """
    parties = sorted(program.parties.all(), key=lambda one: (lead_first and not one.is_lead, one.letterhead_order))
    prefetch_related_objects(parties, "agency")
    agencies = [party.agency for party in parties]
    heirs = heirs_of([agency.pk for agency in agencies if has_ended(agency, day)], day)
    return list({one.pk: one for one in (heirs.get(agency.pk, agency) for agency in agencies)}.values())


def successors_of(program: Program, *, actor: Membership) -> QuerySet[Program]:
    """Programs that can take the place of one: of its unit, in force, under the same lead, signed no earlier.

    Rule: R-PROGRAM-5.
    """
    if program.signed_on is None:
        return Program.objects.none()
    lead = [party.agency_id for party in program.parties.all() if party.is_lead]
    return (
        Program.objects.visible_to(actor)
        .filter(
            unit_id=program.unit_id,
            state__in=(ProgramState.IN_FORCE, ProgramState.EVALUATING),
            parties__is_lead=True,
            parties__agency_id__in=lead,
            signed_on__gte=program.signed_on,
            amends=None,
        )
        .exclude(pk=program.pk)
        .order_by("-signed_on", "code")
    )
