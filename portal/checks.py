"""What must hold before the portal starts as a service."""

import stat
from pathlib import Path

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.core.checks import Error, Tags, register, run_checks
from django.core.management.base import SystemCheckError
from django.db import connection
from django.utils.translation import gettext as _

_OF_OTHERS = stat.S_IRWXO


@register(Tags.security, deploy=False)
def no_demo_accounts_in_service(app_configs, databases=None, **kwargs) -> list[Error]:
    """A service never runs with the demo's accounts, whose password everybody knows.

    Rule: R-ACCESS-1. Their names alone are no fault: they are those of offices.
    """
    if settings.DEMO or not databases:
        return []
    from agencies.models import User
    from portal.demo.accounts import ACCOUNTS, DEMO_PASSWORD, SIGNERS

    if User._meta.db_table not in connection.introspection.table_names():
        return []  # asked by the first `migrate`, which makes the table
    named = User.objects.filter(username__in=[account.username for account in (*ACCOUNTS, *SIGNERS)], is_active=True)
    if not any(check_password(DEMO_PASSWORD, kept) for kept in named.values_list("password", flat=True).distinct()):
        return []
    return [
        Error(
            _("This database holds accounts of the demo, whose password is public."),
            hint=_("Start the service on a database of its own."),
            id="portal.E001",
        )
    ]


@register(Tags.security, deploy=False)
def no_debug_in_service(app_configs, **kwargs) -> list[Error]:
    """A page of a failure never shows everybody what is in memory.

    Rule: R-DEPLOY-1.
    """
    if settings.DEMO or not settings.DEBUG:
        return []
    return [Error(_("DEBUG is on."), hint=_("A service runs without it: DEBUG = False."), id="portal.E002")]


@register(Tags.security, deploy=False)
def stored_files_are_private(app_configs, **kwargs) -> list[Error]:
    """Stored files are read through the portal's views alone: not by other accounts, not as static files.

    Rule: R-DEPLOY-2.
    """
    if settings.DEMO:
        return []
    stored, told = Path(settings.MEDIA_ROOT).resolve(), {"folder": settings.MEDIA_ROOT}
    faults = []
    if stored.is_dir() and stored.stat().st_mode & _OF_OTHERS:
        words = _("Every account of this machine can open the folder of stored files: %(folder)s") % told
        faults.append(Error(words, hint=f"chmod -R o-rwx {stored}", id="portal.E003"))
    if any(_overlap(stored, Path(served).resolve()) for served in _served()):
        words = _("The folder of stored files would be served to everybody as static files: %(folder)s") % told
        faults.append(Error(words, hint=_("Set PORTAL_FILES to a folder of its own."), id="portal.E004"))
    return faults


def refuse_unsafe() -> None:
    """Ask everything that concerns safety, the database too.

    Raises: SystemCheckError with a sentence for each fault and how to mend it.
    """
    if faults := [fault for fault in run_checks(tags=[Tags.security], databases=["default"]) if fault.is_serious()]:
        raise SystemCheckError("\n".join(f"{fault.msg} {fault.hint or ''} ({fault.id})" for fault in faults))


def _served() -> list[Path | str]:
    return [settings.STATIC_ROOT, *settings.STATICFILES_DIRS]


def _overlap(one: Path, other: Path) -> bool:
    return one.is_relative_to(other) or other.is_relative_to(one)
