"""In and out: the password, the second step where there is one, and the day's first page."""

from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import LoginView
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from agencies.access.enums import CONTENT_ROLES, Role
from agencies.accounts.queries import device_of
from portal import kept, second_step
from portal.forms import SignInForm
from portal.throttling import one_try_at_a_time

SIGN_IN_PAGE = "portal/sign_in.html"


class SignIn(LoginView):
    """The sign-in page; where the visitor was going is kept, but never an address on another host."""

    template_name = SIGN_IN_PAGE
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        with one_try_at_a_time(second_step.name_typed(request)):
            return super().post(request, *args, **kwargs)

    def get_redirect_url(self) -> str:
        """Where the visitor was going, never back to signing in."""
        going_to = super().get_redirect_url()
        return "" if going_to.startswith(reverse("sign-in")) else going_to

    def form_valid(self, form: SignInForm) -> HttpResponse:
        """The right password signs in, or leads to the second step: until that is taken nobody is signed in."""
        account = form.get_user()
        if device_of(account) is not None:
            second_step.remember(self.request, account, going_to=self.get_redirect_url())
            return second_step.page(self.request)
        login(self.request, account)
        return went_in(self.request, going_to=self.get_success_url())

    def form_invalid(self, form: SignInForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_context_data(self, **kwargs) -> dict:
        return super().get_context_data(**kwargs) | trial_accounts() | {"kept": kept.carried(self.request)}


def went_in(request: HttpRequest, *, going_to: str) -> HttpResponse:
    """On after the sign-in: to the form that was interrupted, otherwise to where the visitor was going."""
    interrupted = kept.opened(kept.carried(request), request.user.pk)
    return kept.send_again(request, interrupted) if interrupted else redirect(going_to)


def sign_in_page(request: HttpRequest, *, status: int, **more: str) -> HttpResponse:
    """The sign-in page in answer to something else: a lock, a session that had ended."""
    page = {"form": SignInForm(request), "next": "", **more}
    return render(request, SIGN_IN_PAGE, page | trial_accounts(), status=status)


def trial_accounts() -> dict:
    """The accounts the sign-in page offers where everything is invented, and nowhere else."""
    if not settings.DEMO:
        return {}
    from portal.demo.accounts import ACCOUNTS, DEMO_PASSWORD

    return {"trial_accounts": ACCOUNTS, "trial_password": DEMO_PASSWORD}


def locked_out(request: HttpRequest, credentials: dict | None, *args, **kwargs) -> HttpResponse:
    """What is answered while an account or address rests after too many wrong tries; nothing that is typed is read.

    Why one sentence: whether there is such an account, and which limit was reached, is nobody's business.
    """
    second_step.forget(request)
    words = _("The account is locked for 15 minutes after too many wrong tries.")
    if request.user.is_authenticated:
        return render(request, "errors/error.html", {"code": 429, "title": words, "words": ""}, status=429)
    return sign_in_page(request, status=429, locked=words, kept=kept.carried(request))


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    with transaction.atomic():
        logout(request)
    return redirect("sign-in")


@require_safe
@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Each role begins its day elsewhere: leaders with the dashboard, administrators with what they keep."""
    if request.actor is None:
        return redirect("account")
    if request.actor.role not in CONTENT_ROLES:
        return redirect("administration")
    return redirect("reports:dashboard" if request.actor.role == Role.LEADER else "coordination:my-work")
