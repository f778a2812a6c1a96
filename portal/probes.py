"""What machines ask: whether the portal lives, whether it can serve, how it goes. Answered before anything else.

Why at the door: whoever asks calls the server by its own address, which is none of the names the portal answers to.
"""

import ipaddress
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.addresses import UNBELIEVED, address_in, address_of
from portal.condition.looks import database
from portal.condition.queries import what_keeps_it_from_serving

TEXT_FORMAT = "text/plain; version=0.0.4; charset=utf-8"


@never_cache
@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """Whether the portal and its database answer."""
    if database.answers():
        return JsonResponse({"status": "ok"})
    return JsonResponse({"status": "database unreachable"}, status=503)


@never_cache
@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """Whether requests may be sent here: 503 with one word for the reason where not. Rule: R-CONDITION-2."""
    if reason := what_keeps_it_from_serving():
        return JsonResponse({"status": "not ready", "reason": reason}, status=503)
    return JsonResponse({"status": "ready"})


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Figures for Prometheus, for the addresses the service names and nobody else. Rule: R-CONDITION-4."""
    if not _may_read_metrics(request):
        from portal import views

        return views.missing(request)
    from portal.condition.metrics import written

    return HttpResponse(written(), content_type=TEXT_FORMAT)


PROBES = {"/healthz": health, "/readyz": ready, "/metrics": metrics}


def answered_at_the_door(get_response: Callable[[HttpRequest], HttpResponse]):
    """Answer the questions of machines; everything else goes on."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return PROBES.get(request.path_info, get_response)(request)

    return middleware


def _may_read_metrics(request: HttpRequest) -> bool:
    """Whether the true address is one of those; unknown behind a proxy nobody named, so then it is not."""
    address = address_in(address_of(request))
    networks = (ipaddress.ip_network(name, strict=False) for name in settings.METRICS_FROM)
    return UNBELIEVED not in request.META and address is not None and any(address in network for network in networks)
