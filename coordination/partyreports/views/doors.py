"""What the pages of party reports share: finding the program, the party, the report of an address."""

from django.http import Http404, HttpRequest

from agencies.access.decisions import require, unseen
from agencies.models import Agency
from coordination.partyreports.models import PartyReport
from coordination.programs.models import Program
from records import clock

_LARGEST = 1 << 62


def program_at(request: HttpRequest, slug: str) -> Program:
    """The program of an address, if the actor sees it."""
    programs = Program.objects.visible_to(request.actor).select_related("drafting_agency", "unit")
    found = programs.prefetch_related("parties__agency").filter(code=slug.upper()).first()
    return found or missing(request)


def party_at(request: HttpRequest, program: Program, code: str) -> Agency:
    """The party of a program with this code."""
    parties = [party.agency for party in program.parties.all() if party.agency.code == code]
    return parties[0] if parties else missing(request)


def report_at(request: HttpRequest, number: int) -> PartyReport:
    """A report the actor sees. Raises: NotAllowed, so that the log tells who asked for what is not there."""
    reports = PartyReport.objects.visible_to(request.actor).select_related("program__drafting_agency", "agency")
    found = reports.filter(pk=number).first() if number < _LARGEST else None
    if found is None:
        require(unseen())
    return found


def missing(request: HttpRequest):
    """Raises: Http404; NotAllowed for what was sent, so that the log tells of it."""
    if request.method == "POST":
        require(unseen())
    raise Http404


def usual_year(years: list[int]) -> int:
    """This year, or the nearest one the program covers."""
    return min(max(clock.today().year, years[0]), years[-1])


def year_asked(request: HttpRequest, years: list[int]) -> int:
    """The year of the address, where the program covers it."""
    return int(request.GET["year"]) if request.GET.get("year") in map(str, years) else usual_year(years)
