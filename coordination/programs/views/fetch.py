"""Fetching a program for a page: only one the actor sees."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from coordination.programs.models import Program, SignatureSlot
from coordination.programs.queries.signing import places_to_sign


def program_or_404(request: HttpRequest, slug: str) -> Program:
    """The program of an address; a foreign, hidden or unknown one is equally not found."""
    programs = Program.objects.visible_to(request.actor, singly=True).select_related(
        "drafting_agency", "based_on", "continues", "unit", "foundation"
    )
    found = get_object_or_404(programs.with_parties(), code=slug.upper())
    found.seen_by = request.actor
    return found


def slot_or_404(request: HttpRequest, program: Program, pk: int) -> SignatureSlot:
    """A place to sign the program, of the live version or, for the parties, of one returned."""
    slot = get_object_or_404(places_to_sign(request.actor, program), pk=pk)
    slot.version.program = program
    return slot
