"""`manage.py first_administrator`: begin a portal in which there is nobody yet."""

from django.core.management.base import BaseCommand, CommandError

from agencies.accounts.services import links
from agencies.registry.services import begin_portal
from agencies.units.enums import LAST_DAY_OF_KIND, UnitKind
from records.errors import RuleBroken


class Command(BaseCommand):
    help = "Found the first unit, its office and its system administrator; print the link to choose the password with."

    def add_arguments(self, parser):
        kinds = [kind.value for kind in UnitKind if kind not in LAST_DAY_OF_KIND]
        parser.add_argument("username", help="user name of the account, such as quan-tri")
        parser.add_argument("--unit-code", required=True, help="short code of the unit in program codes, such as DH")
        parser.add_argument("--unit-kind", required=True, choices=kinds)
        parser.add_argument("--unit-name", required=True, help="name of the unit without the word for its kind")
        parser.add_argument("--office", required=True, help="official name of the office that keeps the portal")
        parser.add_argument("--abbreviation", default="VP", help="its abbreviation (default: VP)")

    def handle(self, *, username: str, **options):
        try:
            account = begin_portal(
                unit_code=options["unit_code"],
                unit_kind=UnitKind(options["unit_kind"]),
                bare_name=options["unit_name"],
                office_name=options["office"],
                abbreviation=options["abbreviation"],
                username=username,
            )
            token = links.issue_at_the_server(account, reason="first administrator")
        except RuleBroken as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(links.address_of(token))
