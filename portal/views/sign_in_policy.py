"""What every sign-in follows, for system administrators; and help for one account that cannot get in."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies.access.decisions import require
from agencies.access.http import member_required
from agencies.accounts.permissions import can_help_sign_in, can_set_policy
from agencies.accounts.queries import last_sign_ins, open_sign_ins, policy, recent_lockouts, second_factor_of
from agencies.accounts.services import links, second_factor, sign_ins
from agencies.accounts.services.policy import set_policy
from agencies.models import User
from portal.forms import PolicyForm
from records.errors import RuleBroken
from records.forms import posted
from records.mail.queries import outbox


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def sign_in_policy(request: HttpRequest) -> HttpResponse:
    """Show and set what every sign-in follows; beside it what was locked and what mail could not be sent."""
    require(can_set_policy(request.actor))
    form = PolicyForm(posted(request), initial=_as_typed())
    if form.is_bound and form.is_valid():
        try:
            _row, ended = set_policy(actor=request.actor, **form.cleaned_data)
        except RuleBroken as refusal:
            form.add_refusal(refusal)
        else:
            _say_saved(request, ended)
            return redirect("sign-in-policy")
    page = {"form": form, "lockouts": recent_lockouts(request.actor), "outbox": outbox()}
    return render(request, "portal/sign_in_policy.html", page, status=422 if form.errors else 200)


@require_safe
@member_required
def sign_in_help(request: HttpRequest, username: str) -> HttpResponse:
    """How an account gets in, and what an administrator can do when it does not."""
    return _help_page(request, _kept_account(request, username))


@never_cache
@require_POST
@member_required
def issue_link(request: HttpRequest, username: str) -> HttpResponse:
    """Issue a link for a new password and show it, once."""
    account = _kept_account(request, username)
    token = links.issue_reset_link(account, actor=request.actor)
    return _help_page(request, account, link=links.address_of(token))


@require_POST
@member_required
def reset_second_factor(request: HttpRequest, username: str) -> HttpResponse:
    """Take the second factor off for someone whose phone is gone."""
    account = _kept_account(request, username)
    second_factor.reset_for(account, actor=request.actor)
    messages.success(request, _("The second factor of %(account)s has been removed.") % {"account": account})
    return redirect("sign-in-help", username=account.username)


@require_POST
@member_required
def end_sign_ins(request: HttpRequest, username: str) -> HttpResponse:
    """Sign all devices of an account out."""
    account = _kept_account(request, username)
    ended = sign_ins.end_for(account, actor=request.actor)
    words = ngettext("%(ended)s device has been signed out.", "%(ended)s devices have been signed out.", ended)
    messages.success(request, words % {"ended": ended})
    return redirect("sign-in-help", username=account.username)


def _kept_account(request: HttpRequest, username: str) -> User:
    account = get_object_or_404(User.objects.visible_to(request.actor), username=username)
    require(can_help_sign_in(request.actor, account))
    return account


def _help_page(request: HttpRequest, account: User, *, link: str = "") -> HttpResponse:
    page = {
        "account": account,
        "link": link,
        "second_factor": second_factor_of(account),
        "devices": open_sign_ins(account),
        "last": last_sign_ins([account.pk]).get(account.pk),
    }
    return render(request, "portal/sign_in_help.html", page)


def _as_typed() -> dict:
    rules = policy()
    return {
        "second_factor_required": rules.second_factor_required,
        "idle_minutes": int(rules.idle.total_seconds() // 60),
        "longest_hours": int(rules.longest.total_seconds() // 3600),
    }


def _say_saved(request: HttpRequest, ended: int) -> None:
    messages.success(request, _("Saved how people sign in."))
    if ended:
        words = ngettext(
            "%(ended)s device without a second factor has been signed out.",
            "%(ended)s devices without a second factor have been signed out.",
            ended,
        )
        messages.warning(request, words % {"ended": ended})
