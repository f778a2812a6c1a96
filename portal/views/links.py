"""A forgotten password: asking for a link, and choosing a new password with one."""

from axes.utils import reset
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from agencies.accounts.queries import usable_link
from agencies.accounts.services import links
from portal.forms import ForgottenForm, NewPasswordForm
from records.errors import RuleBroken
from records.forms import posted


@require_http_methods(["GET", "HEAD", "POST"])
def forgotten(request: HttpRequest) -> HttpResponse:
    """Ask for a link. The answer is the same for every name, and so is the time it takes."""
    form = ForgottenForm(posted(request))
    if settings.MAIL_ON and form.is_bound and form.is_valid():
        links.ask_for_reset(form.cleaned_data["asked"])
        return redirect("password-asked")
    page = {"form": form, "mail_is_on": settings.MAIL_ON}
    return render(request, "portal/password_forgotten.html", page, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD"])
def reset_asked(request: HttpRequest) -> HttpResponse:
    """What happens next, whoever asked."""
    return render(request, "portal/password_asked.html")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def one_time_link(request: HttpRequest, token: str) -> HttpResponse:
    """Choose a password with a link. Looking at it uses nothing up; one that is used, old or no link has one answer."""
    link = usable_link(token)
    if link is None:
        return _gone(request)
    form = NewPasswordForm(link.account, posted(request))
    if form.is_bound and form.is_valid():
        try:
            account = links.use_link(token, form.cleaned_data["new_password1"])
        except RuleBroken:
            return _gone(request)
        # Whoever holds the link is the owner: guesses made before no longer lock the account.
        reset(username=account.username)
        messages.success(request, _("The password has been set. Sign in with it."))
        return redirect("sign-in")
    page = {"form": form, "username": link.account.username}
    return render(request, "portal/one_time_link.html", page, status=422 if form.errors else 200)


def _gone(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/link_gone.html", status=404)
