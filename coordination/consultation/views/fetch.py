"""Fetching rounds and comments for a page: only those the actor sees."""

from collections.abc import Sequence

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from agencies.access.decisions import require
from coordination.consultation.models import Comment, ConsultationRound
from coordination.consultation.permissions import can_view_consultation
from coordination.consultation.queries import rounds_of
from coordination.programs.models import Program
from coordination.programs.views.fetch import program_or_404


def consulted_program(request: HttpRequest, slug: str) -> tuple[Program, list[ConsultationRound]]:
    """The program of an address with its rounds, for those who make it; others who see it are told whom to ask."""
    program = program_or_404(request, slug)
    require(can_view_consultation(request.actor, program))
    return program, rounds_of(program, request.actor)


def round_or_404(rounds: Sequence[ConsultationRound], number: int) -> ConsultationRound:
    """The round an address names."""
    round = next((one for one in rounds if one.number == number), None)
    if round is None:
        raise Http404
    return round


def comment_or_404(request: HttpRequest, program: Program, pk: int) -> Comment:
    """A comment on the program that the actor sees."""
    comments = Comment.objects.visible_to(request.actor).filter(round__program=program)
    comment = get_object_or_404(
        comments.select_related("round__version", "party__agency", "by", "answered_by__agency"), pk=pk
    )
    comment.round.program = program
    return comment
