from datetime import date

from django.db.models import prefetch_related_objects

from agencies.directory.lineage import has_ended, heirs_of
from agencies.models import Agency
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
