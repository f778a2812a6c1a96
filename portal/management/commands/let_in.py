"""`manage.py let_in`: help an account in from the server, where no administrator can help any more."""

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from agencies.accounts.services import links, second_factor


class Command(BaseCommand):
    help = "Print a link with which the owner of an account chooses a new password. It works once, for 60 minutes."

    def add_arguments(self, parser):
        parser.add_argument("username")
        parser.add_argument("--reason", required=True, help="why it is done from here; it is kept in the log")
        parser.add_argument("--without-phone", action="store_true", help="take the second factor off as well")

    def handle(self, *, username: str, reason: str, without_phone: bool, **options):
        account = get_user_model()._default_manager.filter(username=username.lower()).first()
        if account is None:
            raise CommandError(f"There is no account {username!r}.")
        if without_phone:
            second_factor.remove_at_the_server(account, reason=reason)
        token = links.issue_at_the_server(account, reason=reason)
        self.stdout.write(links.address_of(token))
