"""What the pages of an evaluation share: the round, the agency they are about, the page itself."""

from collections.abc import Callable, Iterable

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from agencies.access.decisions import require, unseen
from agencies.models import Agency
from coordination.evaluations.models import EvaluationRound
from coordination.evaluations.queries import Parties, with_what_pages_need
from records.errors import Conflict

INVALID, OVERTAKEN = 422, 409


def round_of(request: HttpRequest, key: str) -> EvaluationRound:
    """The round of an address, when the actor may see it: that of their unit, otherwise of one it took over from.

    Raises: Http404; NotAllowed for what was sent, so that the log tells of it.
    """
    found = seen_at(request, key)
    return found if found is not None else missing(request)


def seen_at(request: HttpRequest, key: str) -> EvaluationRound | None:
    """The round of an address that the actor sees, that of their own unit before others; None where there is none."""
    seen = with_what_pages_need(EvaluationRound.objects.visible_to(request.actor).at(str(key)))
    found = sorted(seen, key=lambda one: (one.unit_id != request.actor.unit_id, one.pk))
    return found[0] if found else None


def missing(request: HttpRequest):
    """Raises: Http404; NotAllowed for what was sent, so that the log tells of it."""
    if request.method == "POST":
        require(unseen())
    raise Http404


def own_agencies(request: HttpRequest, parties: Parties) -> list[Agency]:
    """The parties the actor acts for; an office may serve several."""
    return [agency for agency in parties.agencies if request.actor.acts_for(agency.pk)]


def chosen_agency(request: HttpRequest, parties: Parties) -> Agency:
    """The party named in the address, or the first one the actor acts for; whether they may is asked afterwards."""
    return _chosen(request, parties.agencies, own_agencies(request, parties))


def party_named(request: HttpRequest, parties: Parties) -> Agency:
    """The party named in the address, or the first one."""
    return _chosen(request, parties.agencies, ())


def _chosen(request: HttpRequest, everyone: list[Agency], first: Iterable[Agency]) -> Agency:
    code = request.GET.get("agency")
    offered = everyone if code else list(first) or everyone
    for agency in offered:
        if not code or agency.code == code:
            return agency
    return missing(request)


def page_of(request: HttpRequest, template: str, form, **more) -> HttpResponse:
    """A page with one form: 200, 422 once what was sent does not hold, 409 once somebody else was faster."""
    page = {"form": form, "form_failed": bool(form.errors), **more}
    status = (OVERTAKEN if more.get("overtaken") else INVALID) if form.errors else 200
    return render(request, f"coordination/evaluations/{template}", page, status=status)


def typed_over(
    request: HttpRequest, conflict: Conflict, build: Callable[[QueryDict], forms.Form], **newest: str | int
) -> forms.Form:
    """The form as typed over what stands by now: sending it again is then a choice."""
    typed = request.POST.copy()
    for name, value in newest.items():
        typed[name] = str(value)
    form = build(typed)
    form.is_valid()
    form.add_error(None, str(conflict))
    return form
