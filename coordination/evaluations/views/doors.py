"""What the forms of an evaluation share: the round and the agency they are about."""

from django.http import Http404, HttpRequest

from agencies.models import Agency
from coordination.evaluations.models import EvaluationRound
from coordination.evaluations.queries import Parties


def round_of(request: HttpRequest, year: int) -> EvaluationRound:
    """The round of a year, when the actor may see it: that of their unit, otherwise of a unit it took over from."""
    rounds = EvaluationRound.objects.visible_to(request.actor).filter(year=year).select_related("scheme", "unit")
    found = sorted(rounds.prefetch_related("programs"), key=lambda one: (one.unit_id != request.actor.unit_id, one.pk))
    if not found:
        raise Http404
    return found[0]


def own_agencies(request: HttpRequest, parties: Parties) -> list[Agency]:
    """The parties the actor acts for; an office may serve several."""
    return [agency for agency in parties.agencies if request.actor.acts_for(agency.pk)]


def chosen_agency(request: HttpRequest, parties: Parties) -> Agency:
    """The party named in the address, or the first one the actor acts for; whether they may is asked afterwards."""
    code = request.GET.get("agency")
    offered = parties.agencies if code else own_agencies(request, parties) or parties.agencies
    for agency in offered:
        if not code or agency.code == code:
            return agency
    raise Http404
