"""What is done to an account: roles given, ended and moved, a suspension, a new invitation."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from agencies.access.decisions import require
from agencies.access.http import member_required
from agencies.accounts import services as accounts
from agencies.people import services
from agencies.people.forms import EndRoleForm, MoveForm, ReasonForm, RoleForm
from agencies.people.models import User
from agencies.people.permissions import can_change_roles, can_end_role, can_keep_account
from agencies.people.views.users import account_or_404, hand_over, role_or_404
from records import wording
from records.errors import Conflict, RuleBroken
from records.forms import PortalForm, posted

_form_methods = require_http_methods(["GET", "HEAD", "POST"])


@_form_methods
@member_required
def user_role(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the account one more role."""
    user = account_or_404(request, pk)
    require(can_change_roles(request.actor, user))

    def give(form: RoleForm) -> str:
        begun = services.grant_membership(user, form.chosen_agency, actor=request.actor, **form.role_given())
        return _("Gave the role: %(role)s.") % {"role": begun}

    words = {"title": _("Give a role to %(name)s") % {"name": name_of(user)}, "button": _("Give role")}
    return _form_page(request, user, RoleForm(posted(request), actor=request.actor), give, words)


@_form_methods
@member_required
def user_role_end(request: HttpRequest, pk: int, role: int) -> HttpResponse:
    """Say until when a role holds, or take it back at once."""
    user = account_or_404(request, pk)
    held = role_or_404(request, user, role)
    require(can_end_role(request.actor, held))

    def end(form: EndRoleForm) -> str:
        services.end_membership(held, last_day=form.ends_on, actor=request.actor)
        if form.ends_on is None:
            return _("Took the role back: %(role)s.") % {"role": held}
        return _("The role “%(role)s” holds until %(day)s.") % {"role": held, "day": wording.day(form.ends_on)}

    words = {"title": _("End the role “%(role)s”?") % {"role": held}, "button": _("End role")}
    return _form_page(request, user, EndRoleForm(posted(request)), end, words)


@_form_methods
@member_required
def user_move(request: HttpRequest, pk: int, role: int) -> HttpResponse:
    """End a role here and begin one there, in one act."""
    user = account_or_404(request, pk)
    held = role_or_404(request, user, role)
    require(can_end_role(request.actor, held))

    def move(form: MoveForm) -> str:
        begun = services.move_member(held, form.chosen_agency, actor=request.actor, **form.role_given())
        told = {"name": name_of(user), "role": begun, "day": wording.day(begun.valid_from)}
        return _("%(name)s moves to “%(role)s” on %(day)s.") % told

    words = {
        "title": _("Move %(name)s to another agency") % {"name": name_of(user)},
        "button": _("Move"),
        "hint": _("The role “%(role)s” ends the day before the new one begins.") % {"role": held},
    }
    form = MoveForm(posted(request), actor=request.actor, membership=held)
    return _form_page(request, user, form, move, words)


@_form_methods
@member_required
def user_suspend(request: HttpRequest, pk: int) -> HttpResponse:
    """Shut the account out from its next click on."""
    user = account_or_404(request, pk)
    require(can_keep_account(request.actor, user))

    def suspend(form: ReasonForm) -> str:
        services.suspend(user, reason=form.cleaned_data["reason"], actor=request.actor)
        return _("Suspended the account %(name)s.") % {"name": user.username}

    words = {
        "title": _("Suspend the account %(name)s?") % {"name": user.username},
        "button": _("Suspend account"),
        "hint": _("The person is signed out at the next click. The roles stay for when the account is restored."),
    }
    return _form_page(request, user, ReasonForm(posted(request)), suspend, words)


@_form_methods
@member_required
def user_restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a suspended account in again, and say why."""
    user = account_or_404(request, pk)
    require(can_keep_account(request.actor, user))

    def restore(form: ReasonForm) -> str:
        services.restore(user, reason=form.cleaned_data["reason"], actor=request.actor)
        return _("Restored the account %(name)s.") % {"name": user.username}

    words = {"title": _("Restore the account %(name)s?") % {"name": user.username}, "button": _("Restore account")}
    return _form_page(request, user, ReasonForm(posted(request)), restore, words)


@require_POST
@member_required
def user_invite_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a new invitation for someone who has not chosen a password; the one before no longer works."""
    user = account_or_404(request, pk)
    require(can_keep_account(request.actor, user))
    if user.has_usable_password():
        raise Conflict(_("The person has chosen a password meanwhile."))
    hand_over(request, user, accounts.invite(user, actor=request.actor))
    messages.success(request, _("Made a new invitation. The one before no longer works."))
    return redirect("agencies:user-detail", user.pk)


def name_of(user: User) -> str:
    """The person's name, or the user name of an account that belongs to an office."""
    return str(user.person or user.username)


def _form_page(
    request: HttpRequest, user: User, form: PortalForm, act: Callable[[PortalForm], str], words: dict
) -> HttpResponse:
    """A form about an account; what was done is said on the account's page."""
    if request.method == "POST" and form.is_valid():
        try:
            done = act(form)
        except RuleBroken as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, done)
            return redirect("agencies:user-detail", user.pk)
    page = {"account": user, "form": form, **words}
    return render(request, "agencies/people/user_form.html", page, status=422 if form.errors else 200)
