"""In and out."""

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from agencies.access.enums import CONTENT_ROLES, Role
from portal.forms import SignInForm

SIGN_IN_PAGE = "portal/sign_in.html"


class SignIn(LoginView):
    """The sign-in page; where the visitor was going is kept, but never an address on another host."""

    template_name = SIGN_IN_PAGE
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def form_invalid(self, form: SignInForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_context_data(self, **kwargs) -> dict:
        return super().get_context_data(**kwargs) | trial_accounts()


def trial_accounts() -> dict:
    """The accounts the sign-in page offers where everything is invented, and nowhere else."""
    if not settings.DEMO:
        return {}
    from portal.demo.accounts import ACCOUNTS, DEMO_PASSWORD

    return {"trial_accounts": ACCOUNTS, "trial_password": DEMO_PASSWORD}


def locked_out(request: HttpRequest, credentials: dict | None, *args, **kwargs) -> HttpResponse:
    """The sign-in page while an account rests after too many wrong tries; the right password is refused as well."""
    form = SignInForm(request)
    page = {"form": form, "locked": _("The account is locked for 15 minutes after too many wrong tries.")}
    return render(request, SIGN_IN_PAGE, page | trial_accounts(), status=429)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    return redirect("sign-in")


@require_safe
@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Each role begins its day elsewhere: leaders with the dashboard, others with their work."""
    if request.actor is None or request.actor.role not in CONTENT_ROLES:
        return redirect("account")
    return redirect("reports:dashboard" if request.actor.role == Role.LEADER else "coordination:my-work")
