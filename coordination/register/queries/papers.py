"""What is proposed for the paper of a program: its number, its symbol, whom it goes to."""

from dataclasses import dataclass
from datetime import date

from agencies.models import Agency
from coordination.programs.enums import ProgramKind
from coordination.programs.models import Program
from coordination.register.enums import DocumentType
from coordination.register.models import NumberSeries, RegisterEntry
from records import clock

LONGEST_SYMBOL = RegisterEntry._meta.get_field("symbol").max_length


@dataclass(frozen=True)
class Proposal:
    """The number and symbol a program would be given now, and the series they come from where it is open already."""

    number: int
    symbol: str
    series: NumberSeries | None


def numbering_day(program: Program) -> date:
    """The day that decides the series: the one the paper carries, or today in Hà Nội while nobody knows it."""
    return program.signed_on or clock.today()


def series_of(program: Program) -> NumberSeries | None:
    """The series a program takes its number from; None while nobody has opened it."""
    lead = next((party.agency_id for party in program.parties.all() if party.is_lead), None)
    day, kind = numbering_day(program), DocumentType.of(program.kind)
    held = NumberSeries.objects.filter(agency_id=lead, document_type=kind, valid_from__lte=day, valid_to__gte=day)
    return held.select_related("agency").first()


def live_entry_of(program: Program) -> RegisterEntry | None:
    """The entry of the number a program bears."""
    return RegisterEntry.objects.live().filter(program=program).select_related("series").first()


def proposal_for(program: Program) -> Proposal:
    """The number a program has, otherwise the next one of its series; the symbol it has, otherwise the usual one."""
    series = series_of(program)
    number = program.document_number or (series.next_number if series else 1)
    return Proposal(number, program.document_symbol or usual_symbol(program, numbering_day(program)), series)


def usual_symbol(program: Program, day: date) -> str:
    """The abbreviation of the kind and the symbols of the parties as in the letterhead: QCPH-HĐND-UBND-MTTQ.

    Where all of them are too many for one line, that of the lead agency alone, whose series it is.
    """
    kind = ProgramKind(program.kind).abbreviation
    parties = list(program.parties.all())
    whole = "-".join([kind, *(_symbol(party.agency, day) for party in parties)])
    if len(whole) <= LONGEST_SYMBOL:
        return whole
    lead = next((_symbol(party.agency, day) for party in parties if party.is_lead), "")
    return f"{kind}-{lead}"[:LONGEST_SYMBOL].rstrip("-")


def usual_recipients(program: Program) -> list[str]:
    """Whom a program is usually sent to: what its paper names, otherwise its parties and who coordinates its tasks."""
    if named := [line.strip(" ;.-") for line in program.recipients.splitlines() if line.strip(" ;.-")]:
        return named
    parties = [party.agency for party in program.parties.all()]
    at_work = (
        Agency.objects.filter(task_roles__task__program=program, task_roles__task__binned_at=None)
        .distinct()
        .in_protocol_order()
    )
    return list(dict.fromkeys(str(agency) for agency in [*parties, *at_work]))


def _symbol(agency: Agency, day: date) -> str:
    return agency.name_on(day).document_symbol
