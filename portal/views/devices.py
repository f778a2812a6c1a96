"""My signed-in devices: where this account is signed in, and ending it there."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from agencies.accounts.enums import SignInEnd
from agencies.accounts.queries import ended_lately, open_sign_ins
from agencies.accounts.services import sign_ins
from portal.views.errors import missing


@require_safe
@login_required
def devices(request: HttpRequest) -> HttpResponse:
    """The devices one is signed in on, this one first."""
    found = open_sign_ins(request.user)
    found.sort(key=lambda sign_in: sign_in.pk != request.sign_in.pk)
    page = {"devices": found, "this": request.sign_in, "ended": ended_lately(request.user)}
    return render(request, "portal/devices.html", page)


@require_POST
@login_required
def end_device(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign one device out. Someone else's answers as one that never was."""
    chosen = next((sign_in for sign_in in open_sign_ins(request.user) if sign_in.pk == pk), None)
    if chosen is None:
        return missing(request)
    if chosen.pk == request.sign_in.pk:
        return redirect("devices")
    sign_ins.end(chosen, SignInEnd.FROM_ELSEWHERE)
    messages.success(request, _("The device has been signed out."))
    return redirect("devices")


@require_POST
@login_required
def end_other_devices(request: HttpRequest) -> HttpResponse:
    """Sign every other device out."""
    ended = sign_ins.end_others(request.user, but=request.sign_in)
    words = ngettext("%(ended)s device has been signed out.", "%(ended)s devices have been signed out.", ended)
    messages.success(request, words % {"ended": ended})
    return redirect("devices")
