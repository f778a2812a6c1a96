import json

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from agencies.models import AdminUnit, Membership
from portal.demo.accounts import ACCOUNTS, DEMO_PASSWORD, SIGNERS


class Command(BaseCommand):
    """Load the Đầm Hà story once and print an account for each office."""

    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true", help="print the accounts as JSON, for scripts")
        parser.add_argument(
            "--eve",
            action="store_true",
            help="stop on the evening before the conference: its afternoon is yours to hold",
        )

    def handle(self, *args, **options):
        if not settings.DEMO:
            raise CommandError("This portal is a service: the demo and its accounts are not loaded into it.")
        if not AdminUnit.objects.filter(code="DH").exists():
            if not options["json"]:
                self.stdout.write("Loading the Đầm Hà story …")
            _tell(until_the_eve=options["eve"])
        accounts = _accounts()
        if options["json"]:
            self.stdout.write(json.dumps(accounts, ensure_ascii=False, indent=1))
            return
        self.stdout.write(f"Accounts of the demo (password of all: {DEMO_PASSWORD})")
        for account in accounts:
            self.stdout.write(f"  {account['user']:24} {account['role']:13} {account['title']}, {account['agency']}")


def _tell(*, until_the_eve: bool) -> None:
    from portal.demo.story import tell, tell_until_the_eve

    if until_the_eve:
        tell_until_the_eve()
    else:
        tell(signer=settings.VAR / "signer")


def _accounts() -> list[dict[str, str]]:
    """User, password, role, agency and unit of each account, as the database holds them."""
    memberships = Membership.objects.filter(user__username__in=[account.username for account in (*ACCOUNTS, *SIGNERS)])
    return [
        {
            "user": membership.user.username,
            "password": DEMO_PASSWORD,
            "role": membership.role,
            "title": membership.title,
            "agency": membership.agency.current_name,
            "unit": membership.agency.unit.code,
        }
        for membership in memberships.select_related("user", "agency__unit").order_by("pk")
    ]
