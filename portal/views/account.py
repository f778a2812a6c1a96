"""The account page: who one is, how pages look, the password, in which membership one acts."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from agencies.accounts.queries import open_sign_ins, second_factor_of
from agencies.accounts.services import passwords
from agencies.models import Membership
from agencies.people.services import set_preferences
from portal.forms import ActingForm, PasswordForm, PreferencesForm
from portal.middleware import ACTING_KEY
from portal.navigation import place_like
from portal.sessions import renew
from records import clock


@login_required
def account(request: HttpRequest) -> HttpResponse:
    """Show the account, and keep its preferences when they are sent."""
    if request.method != "POST":
        return _page(request)
    form = PreferencesForm(request.POST, instance=request.user)
    if not form.is_valid():
        request.user.refresh_from_db()
        return _page(request, preferences=form)
    user = set_preferences(request.user, **form.cleaned_data)
    with translation.override(user.language):
        messages.success(request, _("Saved how your pages look."))
    return redirect("account")


@require_POST
@login_required
def change_password(request: HttpRequest) -> HttpResponse:
    """Take the new password; every other session of the account ends."""
    form = PasswordForm(request, request.POST)
    if not form.is_valid():
        return _page(request, password=form)
    chosen = form.cleaned_data["new_password1"]
    user = passwords.change_password(request.user, chosen, actor=request.actor, staying=request.sign_in)
    update_session_auth_hash(request, user)
    renew(request)
    messages.success(request, _("The password has been changed."))
    return redirect("account")


@require_POST
@login_required
def act_as(request: HttpRequest) -> HttpResponse:
    """Go on in another of one's memberships."""
    form = ActingForm(request.POST, usable=_usable(request))
    if not form.is_valid():
        return _page(request, acting=form)
    chosen = form.cleaned_data["membership"]
    request.session[ACTING_KEY] = chosen.pk
    messages.success(request, _("You are now acting as: %(membership)s.") % {"membership": chosen})
    return redirect(place_like(request.POST.get("from", ""), chosen))


def _usable(request: HttpRequest):
    return Membership.objects.usable_by(request.user, clock.today())


def _page(request: HttpRequest, **failed) -> HttpResponse:
    """The page with the one form that failed, if any, and fresh ones beside it."""
    usable = _usable(request)
    forms = {
        "preferences": PreferencesForm(instance=request.user),
        "password": PasswordForm(request),
        "acting": ActingForm(usable=usable, initial={"membership": request.actor}),
    }
    ways_in = {"second_factor": second_factor_of(request.user), "devices": len(open_sign_ins(request.user))}
    page = forms | failed | ways_in | {"memberships": usable, "form_failed": bool(failed)}
    return render(request, "portal/account.html", page, status=422 if failed else 200)
