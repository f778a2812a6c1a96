from django.core.management.base import BaseCommand, CommandError

from portal.permissions_page.writing import PAGE, page


class Command(BaseCommand):
    """Write docs/permissions.md from the code; with --check only say whether the written page is still true."""

    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true", help="fail when the page is stale, write nothing")

    def handle(self, *args, check: bool, **options):
        current = page()
        if check:
            if not PAGE.exists() or PAGE.read_text(encoding="utf-8") != current:
                raise CommandError(f"{PAGE.name} is stale; run: python manage.py permissions_page")
            return
        PAGE.write_text(current, encoding="utf-8")
        self.stdout.write(f"Written: {PAGE}")
