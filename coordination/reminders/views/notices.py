"""The page of notices."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from agencies.access.decisions import require
from agencies.access.http import member_required
from coordination.reminders import services
from coordination.reminders.forms import ReadForm
from coordination.reminders.permissions import can_be_reminded
from coordination.reminders.queries import notice_page
from records import clock


@require_safe
@member_required
def notice_list(request: HttpRequest) -> HttpResponse:
    """What the member was told, by day, newest first."""
    require(can_be_reminded(request.actor))
    shown = notice_page(request.actor, clock.today(), before=request.GET.get("before", ""))
    return render(request, "coordination/reminders/notice_list.html", {"shown": shown})


@require_POST
@member_required
def notices_read(request: HttpRequest) -> HttpResponse:
    """Mark all notices up to the newest that was shown as read."""
    require(can_be_reminded(request.actor))
    form = ReadForm(request.POST)
    if not form.is_valid():
        return redirect("coordination:notice-list")
    told = services.mark_as_read(actor=request.actor, up_to=form.cleaned_data["up_to"])
    if told:
        words = ngettext("%(told)s notice is marked as read.", "%(told)s notices are marked as read.", told)
        messages.success(request, words % {"told": told})
    else:
        messages.info(request, _("All notices were read already."))
    return redirect("coordination:notice-list")
