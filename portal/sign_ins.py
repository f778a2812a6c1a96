"""Every sign-in, sign-out and failed try leaves an entry in the audit."""

from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest

from records.audit.enums import AuditAction
from records.audit.services import record
from records.text import without_forbidden


@receiver(user_logged_in)
def _note_sign_in(sender, request: HttpRequest, user, **kwargs) -> None:
    record(AuditAction.SIGNED_IN, about=user, actor_label=user.username)


@receiver(user_logged_out)
def _note_sign_out(sender, request: HttpRequest, user, **kwargs) -> None:
    if user is not None:
        record(AuditAction.SIGNED_OUT, about=user, actor_label=user.username)


@receiver(user_login_failed)
def _note_failure(sender, credentials: dict, **kwargs) -> None:
    tried = without_forbidden(str(credentials.get("username", "")))[:60]
    record(AuditAction.SIGN_IN_FAILED, actor_label=tried)
