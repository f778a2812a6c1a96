"""`manage.py scan_files`: let the virus scanner see the files it could not see when they came in."""

from django.core.management.base import BaseCommand, CommandError

from records.files.enums import ScanState
from records.files.queries import waiting_for_the_scanner
from records.files.services import scan_again


class Command(BaseCommand):
    help = "Scan the files that wait; exit code 1 while the scanner does not answer."

    def handle(self, **options):
        said = dict.fromkeys((ScanState.CLEAN, ScanState.INFECTED, ScanState.WAITING), 0)
        for file in waiting_for_the_scanner():
            try:
                scanned = scan_again(file)
            except FileNotFoundError:
                self.stdout.write(f"File {file.pk} “{file.name}” is missing.")
                continue
            said[ScanState(scanned.scan)] += 1
            if scanned.scan == ScanState.INFECTED:
                self.stdout.write(f"File {file.pk} “{file.name}” holds a virus and stays closed.")
            if scanned.scan == ScanState.WAITING:
                raise CommandError("The scanner does not answer; the files that wait stay closed.")
        self.stdout.write(f"{said[ScanState.CLEAN]} clean, {said[ScanState.INFECTED]} with a virus.")
