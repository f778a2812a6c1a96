"""`manage.py directory`: keep what is derived from units and agencies up to date."""

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from agencies.directory.services import bring_agency_names_up_to_date, index_agencies
from agencies.models import AdminUnit, Agency
from agencies.units.services import bring_unit_names_up_to_date, index_units, rebuild_reach
from records import clock


class Command(BaseCommand):
    help = "Make names recorded ahead the present ones once their day has come; run it every night."

    def add_arguments(self, parser):
        parser.add_argument(
            "--rebuild", action="store_true", help="derive anew as well who reaches whom and the words of the search"
        )

    def handle(self, *, rebuild: bool, **options):
        today = clock.today()
        units, agencies = bring_unit_names_up_to_date(today), bring_agency_names_up_to_date(today)
        told = {"units": units, "agencies": agencies}
        self.stdout.write(_("%(units)s units and %(agencies)s agencies are called otherwise from today.") % told)
        if rebuild:
            pairs = rebuild_reach()
            index_units(AdminUnit.objects.all())
            index_agencies(Agency.objects.all())
            self.stdout.write(f"Reach ({pairs} pairs) and the words of the search are derived anew.")
