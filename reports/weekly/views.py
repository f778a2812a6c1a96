"""Asking for the sheet of the week, and having it sent once to see it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from agencies.access.decisions import require
from agencies.access.http import member_required
from records.errors import RuleBroken
from records.forms import posted
from reports.dashboard.permissions import can_view_dashboard
from reports.pdf.errors import RenderFailed
from reports.preparing.http import drawn_in_background
from reports.weekly import services
from reports.weekly.enums import UNWANTED, WANTED
from reports.weekly.forms import WeeklyForm
from reports.weekly.queries import wants_weekly


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def weekly_settings(request: HttpRequest) -> HttpResponse:
    """Whether one gets the figures of the week by mail; the mail's own link to switch it off leads here."""
    require(can_view_dashboard(request.actor))
    wanted = wants_weekly(request.actor)
    form = WeeklyForm(posted(request), initial={"wanted": WANTED if wanted else UNWANTED})
    if form.is_bound and form.is_valid():
        services.choose_weekly(actor=request.actor, wanted=form.cleaned_data["wanted"])
        messages.success(request, _("Saved whether you get the figures of the week."))
        return redirect("reports:weekly-settings")
    status = 422 if form.errors else 200
    return render(request, "reports/weekly/weekly_settings.html", {"form": form, "wanted": wanted}, status=status)


@require_POST
@member_required
@drawn_in_background
def weekly_trial(request: HttpRequest) -> HttpResponse:
    """Send the sheet to oneself as it stands now."""
    require(can_view_dashboard(request.actor))
    try:
        mail = services.send_trial(actor=request.actor)
    except (RuleBroken, RenderFailed) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The figures of the week are on their way to %(email)s.") % {"email": mail.to})
    return redirect("reports:weekly-settings")
