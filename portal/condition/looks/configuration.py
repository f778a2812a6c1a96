"""Settings that are not safe for an office's work."""

from collections.abc import Iterator

from django.conf import settings
from django.core import checks
from django.utils.translation import gettext as _

from portal.condition.finding import Finding, broken, in_order, warning


def safe() -> Iterator[Finding]:
    """The settings are those of a service, and Django's own check of a deployment has nothing to say."""
    label = _("Settings")
    if settings.DEMO:
        fix = _("For an office's work set DJANGO_SETTINGS_MODULE=portal.settings.production and a database of its own.")
        yield warning("settings", label, _("These are the settings of the demo, whose passwords are public."), fix)
        return
    unsafe = list(_unsafe())
    yield from unsafe
    if not unsafe:
        yield in_order("settings", label, _("Safe for a service"))


def _unsafe() -> Iterator[Finding]:
    label = _("Settings")
    if settings.PORTAL_CLOCK:
        yield broken("settings-clock", label, "PORTAL_CLOCK", _("Take PORTAL_CLOCK out of the service's environment."))
    said = checks.run_checks(tags=[checks.Tags.security], include_deployment_checks=True, databases=["default"])
    for one in said:
        fix = _("Correct the service's environment as docs/operations.md, “Environment”, says; then start it again.")
        judged = broken if one.is_serious() else warning
        yield judged(f"settings-{one.id}", label, one.msg, fix)
