"""What every view that needs a member asks first."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from agencies.access.decisions import no, require


def member_required(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Open a page to signed-in people with a current membership; others are sent to sign in or told why not.

    Raises: NotAllowed when the account has no membership today.
    """

    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if request.actor is None:
            require(no(_("Your account has no current membership. Ask the administrator of your office.")))
        return view(request, *args, **kwargs)

    return guarded
