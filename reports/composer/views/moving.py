from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from agencies.access.decisions import require
from agencies.access.http import member_required
from records.errors import RuleBroken
from records.forms import posted
from reports.composer import services
from reports.composer.forms import ReasonForm
from reports.composer.permissions import can_decide_report
from reports.composer.views.frame import frame, report_or_404

_INVALID = 422


@require_POST
@member_required
def report_submit(request: HttpRequest, composed: int) -> HttpResponse:
    """Submit a report for signature; what is missing is listed."""
    return _moved(request, composed, services.submit_report, _("The report is submitted for signature."))


@require_POST
@member_required
def report_approve(request: HttpRequest, composed: int) -> HttpResponse:
    """Approve a report for signature."""
    return _moved(
        request, composed, services.approve_report, _("The report is approved. It can be numbered and issued.")
    )


@require_POST
@member_required
def report_take_back(request: HttpRequest, composed: int) -> HttpResponse:
    """Take a submitted report back to go on writing."""
    return _moved(request, composed, services.take_back_report, _("The report is taken back and can be changed."))


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def report_return(request: HttpRequest, composed: int) -> HttpResponse:
    """Return a report with a reason."""
    found = report_or_404(request, composed)
    require(can_decide_report(request.actor, found))
    form = ReasonForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            services.return_report(found, actor=request.actor, reason=form.cleaned_data["reason"])
        except RuleBroken as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, _("The report is returned with your reason."))
            return redirect("reports:report-compose", found.pk)
    page = frame(request, found) | {"form": form, "form_failed": bool(form.errors)}
    return render(request, "reports/composer/report_return.html", page, status=_INVALID if form.errors else 200)


def _moved(request: HttpRequest, number: int, act, done: str) -> HttpResponse:
    report = report_or_404(request, number)
    try:
        act(report, actor=request.actor)
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect("reports:report-compose", report.pk)
