"""The accounts an administrator keeps: the list, one account, an invitation."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from agencies.access.decisions import require
from agencies.access.http import member_required
from agencies.accounts.queries import open_sign_ins, second_factor_of
from agencies.accounts.services.links import address_of
from agencies.people import services
from agencies.people.forms import InviteForm, account_filters
from agencies.people.models import Membership, User
from agencies.people.permissions import can_change_roles, can_keep_account, can_keep_accounts
from agencies.people.queries import account_page, accounts_listed, rows_of
from records import clock
from records.errors import RuleBroken
from records.forms import posted

PAGE_SIZE = 25
LINK_KEY = "link_to_hand_over"


@require_safe
@member_required
def user_list(request: HttpRequest) -> HttpResponse:
    """The accounts the actor keeps, narrowed by what the address says."""
    require(can_keep_accounts(request.actor))
    filters, form = account_filters(request.GET)
    found = accounts_listed(request.actor, filters, today=clock.today())
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page", 1))
    shown = {"page": page, "rows": rows_of(page.object_list), "form": form, "filters": filters}
    return render(request, "agencies/people/user_list.html", shown)


@never_cache
@require_safe
@member_required
def user_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One account: its roles over time, how it stands, what may be done about it; a new link, this once."""
    user = account_or_404(request, pk)
    page = account_page(request.actor, user, clock.today())
    shown = {
        "account": user,
        "page": page,
        "may_keep": can_keep_account(request.actor, user),
        # Every role shown lies in a unit the actor keeps, so one answer holds for all of them.
        "may_change": can_change_roles(request.actor, user),
        "devices": len(open_sign_ins(user)),
        "second_factor": second_factor_of(user),
        "link": _link_to_hand_over(request, user),
        "today": clock.today(),
    }
    return render(request, "agencies/people/user_detail.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def user_invite(request: HttpRequest) -> HttpResponse:
    """Open an account for someone with a first role, and get the link to hand over."""
    require(can_keep_accounts(request.actor))
    form = InviteForm(posted(request), actor=request.actor)
    if request.method == "POST" and form.is_valid():
        who = form.chosen or form.cleaned_data["full_name"]
        try:
            user, token = services.invite_person(who, actor=request.actor, **form.account())
        except RuleBroken as refusal:
            form.add_refusal(refusal)
        else:
            hand_over(request, user, token)
            messages.success(request, _("Opened the account %(name)s.") % {"name": user.username})
            return redirect("agencies:user-detail", user.pk)
    page = {"form": form, "title": _("Invite someone"), "button": _("Open account and make link")}
    return render(request, "agencies/people/user_form.html", page, status=422 if form.errors else 200)


def account_or_404(request: HttpRequest, pk: int) -> User:
    """An account the actor keeps or may look up; those who keep none are told so first."""
    require(can_keep_accounts(request.actor))
    return get_object_or_404(User.objects.visible_to(request.actor).select_related("person"), pk=pk)


def role_or_404(request: HttpRequest, user: User, pk: int) -> Membership:
    """A role of the account in a unit the actor keeps."""
    rows = Membership.objects.visible_to(request.actor).filter(user=user)
    return get_object_or_404(rows.select_related("user__person", "agency__unit"), pk=pk)


def hand_over(request: HttpRequest, user: User, token: str) -> None:
    """Keep a link for the next page of the account, which shows it once."""
    request.session[LINK_KEY] = [user.pk, token]


def _link_to_hand_over(request: HttpRequest, user: User) -> str:
    kept = request.session.get(LINK_KEY)
    if not kept or kept[0] != user.pk:
        return ""
    del request.session[LINK_KEY]
    return address_of(kept[1])
