"""One's own second factor: set up, given new recovery codes, removed."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from agencies.accounts.queries import device_of, second_factor_of
from agencies.accounts.services import second_factor
from portal.forms import OwnPasswordForm, PhoneForm
from portal.qr import in_groups
from portal.sessions import lacks_second_factor, renew
from records.errors import RuleBroken
from records.qr import as_path

_CODES_PAGE = "portal/recovery_codes.html"


@never_cache
@require_safe
@login_required
def second_factor_page(request: HttpRequest) -> HttpResponse:
    """How it stands: not set up, being set up, set up."""
    return _page(request)


@require_POST
@login_required
def start_second_factor(request: HttpRequest) -> HttpResponse:
    """Make a secret for a phone; the page then shows it."""
    second_factor.start(request.user)
    return redirect("second-factor")


@never_cache
@require_POST
@login_required
def confirm_second_factor(request: HttpRequest) -> HttpResponse:
    """Take the first code; the recovery codes are shown in answer, once."""
    form = PhoneForm(request, request.POST)
    if form.is_valid():
        try:
            codes = second_factor.confirm(request.user, form.cleaned_data["code"], staying=request.sign_in)
        except RuleBroken as refusal:
            form.add_refusal(refusal)
        else:
            renew(request, second_factor=True)
            return render(request, _CODES_PAGE, {"codes": codes, "is_new": True})
    return _page(request, phone=form)


@never_cache
@require_POST
@login_required
def renew_recovery_codes(request: HttpRequest) -> HttpResponse:
    """Make new recovery codes and show them once."""
    form = OwnPasswordForm(request, request.POST, prefix="codes")
    if form.is_valid():
        try:
            return render(request, _CODES_PAGE, {"codes": second_factor.renew_recovery_codes(request.user)})
        except RuleBroken as refusal:
            form.add_refusal(refusal)
    return _page(request, codes=form)


@require_POST
@login_required
def remove_second_factor(request: HttpRequest) -> HttpResponse:
    """Do without the second factor."""
    form = OwnPasswordForm(request, request.POST, prefix="remove")
    if form.is_valid():
        try:
            second_factor.remove(request.user, staying=request.sign_in)
        except RuleBroken as refusal:
            form.add_refusal(refusal)
        else:
            renew(request, second_factor=False)
            messages.success(request, _("The second factor has been removed."))
            return redirect("second-factor")
    return _page(request, remove=form)


def _page(request: HttpRequest, **failed) -> HttpResponse:
    """The page with the one form that failed, if any, and fresh ones beside it."""
    pending = device_of(request.user, confirmed=False)
    forms = {
        "phone": PhoneForm(request),
        "codes": OwnPasswordForm(request, prefix="codes"),
        "remove": OwnPasswordForm(request, prefix="remove"),
    }
    page = {
        **forms,
        **failed,
        "is_required": lacks_second_factor(request),
        "stands": second_factor_of(request.user),
        "pending": pending,
        "qr": as_path(pending.config_url) if pending else None,
        "secret": in_groups(pending.bin_key) if pending else "",
        "form_failed": bool(failed),
    }
    return render(request, "portal/second_factor.html", page, status=422 if failed else 200)
