"""`manage.py figures`: prove that the counts the database keeps are those of the tasks, or count them anew."""

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from coordination.figures.queries import differences
from coordination.figures.services import recount_settled


class Command(BaseCommand):
    help = "Compare the settled counts with the tasks; exit code 1 where they differ. --rebuild counts them anew first."

    def add_arguments(self, parser):
        parser.add_argument("--rebuild", action="store_true", help="count anew, in one row a place; writers wait")
        parser.add_argument("--verify", action="store_true", help="compare only, as without any option")

    def handle(self, *, rebuild: bool, verify: bool, **options):
        if rebuild and verify:
            raise CommandError(_("Either --verify what is there or --rebuild it."))
        if rebuild:
            recount_settled()
        wrong = list(differences())
        for line in wrong:
            self.stdout.write(line)
        if wrong:
            told = {"count": len(wrong)}
            raise CommandError(_("%(count)s counts differ. To count them anew: manage.py figures --rebuild.") % told)
        self.stdout.write(_("The settled counts are those of the tasks."))
