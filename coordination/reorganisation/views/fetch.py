"""Fetching an act for a page: only one the actor keeps."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from agencies.access.decisions import require
from agencies.models import Reorganisation
from agencies.reorganisation.permissions import can_open_reorganisations


def act_or_404(request: HttpRequest, pk: int) -> Reorganisation:
    """The act of an address; one of another unit and an unknown one are equally not found.

    Raises: NotAllowed for whoever is no administrator.
    """
    require(can_open_reorganisations(request.actor))
    acts = Reorganisation.objects.visible_to(request.actor)
    people = ("prepared_by__agency", "applied_by__agency", "undone_by__agency")
    return get_object_or_404(acts.select_related("scope", *people).prefetch_related("steps"), pk=pk)
