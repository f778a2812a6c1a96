"""What must hold before the portal starts as a service."""

from django.conf import settings
from django.core.checks import Error, Tags, register


@register(Tags.security, deploy=False)
def no_demo_accounts_in_service(app_configs, databases=None, **kwargs) -> list[Error]:
    """A service never runs with the demo's accounts, whose password everybody knows.

    Rule: R-ACCESS-1.
    """
    if settings.DEMO or not databases:
        return []
    from agencies.models import User
    from portal.demo.accounts import ACCOUNTS, SIGNERS

    found = User.objects.filter(username__in=[account.username for account in (*ACCOUNTS, *SIGNERS)], is_active=True)
    if not found.exists():
        return []
    return [
        Error(
            "This database holds accounts of the demo, whose password is public.",
            hint="Start the service on a database of its own.",
            id="portal.E001",
        )
    ]
