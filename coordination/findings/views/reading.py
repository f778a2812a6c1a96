"""Reading findings: of one round by kind, one whole, limitations across the years."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from agencies.access.http import member_required
from coordination.evaluations.permissions import can_keep_round
from coordination.evaluations.views.doors import round_of
from coordination.findings import queries
from coordination.findings.enums import Remedy
from coordination.findings.permissions import can_remedy, can_waive, can_write_finding
from coordination.findings.views.doors import find, show
from records.audit.http import place_in_log

_PARTS = {
    "": pgettext_lazy("limitation", "All"),
    **{remedy.value: remedy.label for remedy in Remedy},
    "repeated": pgettext_lazy("limitation", "Repeated"),
}


@require_safe
@member_required
def evaluation_findings(request: HttpRequest, key: str) -> HttpResponse:
    """What was found, by kind, and what became of the limitations."""
    round = round_of(request, key)
    return show(
        request,
        "findings.html",
        round=round,
        findings=queries.findings_by_kind(request.actor, round),
        may_keep=bool(can_keep_round(request.actor, round)),
    )


@require_safe
@member_required
def finding_detail(request: HttpRequest, key: str, position: int) -> HttpResponse:
    """One finding; of a limitation also its causes and lessons, the same one in other years, what is done about it."""
    finding = find(request, key, position)
    actor = request.actor
    return show(
        request,
        "finding_detail.html",
        round=finding.round,
        finding=finding,
        page=queries.limitation_page(actor, finding),
        may_write=bool(can_write_finding(actor, finding)),
        may_remedy=bool(finding.is_limitation and can_remedy(actor, finding)),
        may_waive=bool(finding.is_limitation and can_waive(actor, finding)),
        history=queries.history_of_finding(actor, finding, **place_in_log(request)),
    )


@require_safe
@member_required
def limitation_list(request: HttpRequest) -> HttpResponse:
    """The limitations of all evaluations the reader sees, and what became of them."""
    filters = queries.LimitationFilters.of(request.GET)
    listed = queries.limitation_list(request.actor, filters, names=_PARTS, page=request.GET.get("page"))
    return show(request, "limitation_list.html", listed=listed, title=_("Shortcomings and limitations"))
