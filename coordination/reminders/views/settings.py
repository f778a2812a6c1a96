"""How one is reminded, and the addresses of calendars."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies.access.decisions import require
from agencies.access.http import member_required
from coordination.reminders import services
from coordination.reminders.enums import FeedKind
from coordination.reminders.forms import FeedForm, RhythmForm
from coordination.reminders.models import CalendarFeed
from coordination.reminders.permissions import can_be_reminded, can_open_feed
from coordination.reminders.queries import feed_at, feeds_of, rhythm_of, rules_page
from records import clock
from records.forms import posted


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def reminder_settings(request: HttpRequest) -> HttpResponse:
    """Show and choose how often letters come; beside it the rules of reminding and the calendars."""
    require(can_be_reminded(request.actor))
    form = RhythmForm(posted(request), initial={"rhythm": rhythm_of(request.user)})
    if form.is_bound and form.is_valid():
        services.choose_rhythm(form.cleaned_data["rhythm"], actor=request.actor)
        messages.success(request, _("Saved how you are reminded."))
        return redirect("coordination:reminder-settings")
    return _page(request, form)


@never_cache
@require_POST
@member_required
def feed_open(request: HttpRequest) -> HttpResponse:
    """Make a new address for a calendar and show it, once."""
    require(can_be_reminded(request.actor))
    form = FeedForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose one of the calendars."))
        return redirect("coordination:reminder-settings")
    token = services.open_feed(form.cleaned_data["kind"], actor=request.actor)
    rhythm = RhythmForm(initial={"rhythm": rhythm_of(request.user)})
    return _page(request, rhythm, opened=form.cleaned_data["kind"], address=services.address_of_feed(token))


@require_POST
@member_required
def feed_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an address back."""
    feed = get_object_or_404(CalendarFeed.objects.visible_to(request.actor), pk=pk)
    services.revoke_feed(feed, actor=request.actor)
    messages.success(request, _("The address has been taken back. Calendars that used it get nothing any more."))
    return redirect("coordination:reminder-settings")


@require_safe
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar at a secret address, for calendar programs: whoever has the address needs no sign-in."""
    from coordination.reminders.queries.calendars import calendar_of

    feed = feed_at(token)
    if feed is None:
        raise Http404
    response = HttpResponse(calendar_of(feed, clock.today()), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="lich.ics"'
    response["Cache-Control"] = "private, max-age=900"
    response["X-Robots-Tag"] = "noindex"
    return response


def _page(request: HttpRequest, form: RhythmForm, *, opened: FeedKind | None = None, address: str = "") -> HttpResponse:
    feeds = feeds_of(request.actor)
    held = {feed.kind for feed in feeds if feed.member_id == request.actor.pk}
    page = {
        "form": form,
        "rules": rules_page(request.actor).words,
        "feeds": feeds,
        "may_open": [(kind, kind in held) for kind in FeedKind if can_open_feed(request.actor, kind)],
        "opened": opened,
        "address": address,
    }
    return render(request, "coordination/reminders/settings.html", page, status=422 if form.errors else 200)
