"""`manage.py scan_files`: let the virus scanner see the files it could not see when they came in."""

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from portal.mishaps import sentence_of
from records.files.enums import ScanState
from records.files.errors import StoreFailed
from records.files.queries import waiting_for_the_scanner
from records.files.services import scan_again


class Command(BaseCommand):
    help = "Scan the files that wait; exit code 1 while the scanner does not answer."

    def handle(self, **options):
        said = dict.fromkeys((ScanState.CLEAN, ScanState.INFECTED, ScanState.WAITING), 0)
        for file in waiting_for_the_scanner():
            try:
                scanned = scan_again(file)
            except StoreFailed as failed:
                raise CommandError(sentence_of(failed)) from None
            except FileNotFoundError:
                self.stdout.write(_("File %(pk)s “%(name)s” is missing.") % {"pk": file.pk, "name": file.name})
                continue
            said[ScanState(scanned.scan)] += 1
            if scanned.scan == ScanState.INFECTED:
                told = {"pk": file.pk, "name": file.name}
                self.stdout.write(_("File %(pk)s “%(name)s” holds a virus and stays closed.") % told)
            if scanned.scan == ScanState.WAITING:
                raise CommandError(_("The scanner does not answer; the files that wait stay closed."))
        told = {"clean": said[ScanState.CLEAN], "infected": said[ScanState.INFECTED]}
        self.stdout.write(_("%(clean)s clean, %(infected)s with a virus.") % told)
