"""Every sign-in, sign-out and failed try is written down: as a signed-in device, and as an entry of the audit."""

from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest

from agencies.accounts.enums import SignInEnd
from agencies.accounts.queries import sign_in_of
from agencies.accounts.services import sign_ins
from portal.addresses import address_of
from records.text import without_forbidden


@receiver(user_logged_in)
def _note_sign_in(sender, request: HttpRequest, user, **kwargs) -> None:
    request.sign_in = sign_ins.begin(
        user,
        session_key=request.session.session_key,
        address=address_of(request),
        agent=request.META.get("HTTP_USER_AGENT", ""),
        second_factor=getattr(request, "second_factor_taken", False),
    )


@receiver(user_logged_out)
def _note_sign_out(sender, request: HttpRequest, user, **kwargs) -> None:
    sign_in = sign_in_of(request.session.session_key) if user is not None else None
    if sign_in is not None:
        sign_ins.end(sign_in, SignInEnd.SIGNED_OUT)


@receiver(user_login_failed)
def _note_failure(sender, credentials: dict, request: HttpRequest | None = None, **kwargs) -> None:
    """Why not while locked: the lock is told of once; whoever goes on trying must not fill the audit."""
    if not getattr(request, "axes_locked_out", False):
        tried = without_forbidden(str(credentials.get("username", "")))[:60]
        sign_ins.note_failure(tried, step=credentials.get("step", ""))
