"""`manage.py verify`: prove that nothing in the audit or in a frozen version was changed, moved, deleted or cut off,
that counts and counters are right, and that no row points nowhere. What was found is kept for `manage.py doctor`."""

from collections.abc import Iterable
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from coordination.figures.queries import differences
from coordination.register.queries import wrong_counters
from coordination.versions.queries import damaged_versions
from portal.condition.damage import marks_of
from portal.mishaps import sentence_of
from records import verified
from records.audit.services import seal_again
from records.audit.verification import Head, faults, present_head
from records.damage import Mark
from records.files.errors import StoreFailed
from records.files.queries import damaged_files
from records.orphans import orphan_rows
from reports.signing.queries import broken_states

MOST_LINES = 200
UNREAD = 3


class Command(BaseCommand):
    help = "Prove the audit log and the frozen versions, and print the head; exit code 1 when something is wrong."

    def add_arguments(self, parser):
        parser.add_argument("--head", action="append", default=[], help="a head printed earlier, such as 1234:0f3a…")
        parser.add_argument("--heads", help="a file of heads, kept outside the database; today's head is added to it")
        parser.add_argument("--files", action="store_true", help="read every stored file and compare it as well")
        parser.add_argument("--seal-again", metavar="REASON", help="seal the head with the present key, saying why")

    def handle(self, *, head: list[str], heads: str | None, files: bool, seal_again: str | None, **options):
        if seal_again is not None:
            self.seal(seal_again)
        kept = Path(heads) if heads else None
        marks: set[Mark] = set()
        found = (faults(_heads_of(head, kept)), damaged_versions(), broken_states(), differences(), wrong_counters())
        wrong = sum(self.tell(one, marks) for one in (*found, orphan_rows()))
        damaged, unread = self.read_files(marks) if files else (None, "")
        wrong += self.left_from_before() if damaged is None else damaged
        last = present_head()
        verified.keep(faults=wrong, head=str(last), damaged_files=damaged, marks=marks)
        self.stdout.write(_("Head of the log, to be written down: %(head)s") % {"head": last})
        if unread:
            raise CommandError(unread, returncode=UNREAD)
        if wrong:
            raise CommandError(
                _("%(count)s faults. Keep the database as it is until it is clear why.") % {"count": wrong}
            )
        if kept and last.sequence:
            _note(kept, last)
        whole = _("%(count)s entries and every file, each as it was written.")
        told = whole if files else _("%(count)s entries, each as it was written.")
        self.stdout.write(told % {"count": last.sequence})

    def read_files(self, marks: set[Mark]) -> tuple[int | None, str]:
        """How many stored files are damaged; or nothing known, and why, where their store fails amid it."""
        try:
            return self.tell(damaged_files(), marks), ""
        except StoreFailed as failed:
            return None, sentence_of(failed)

    def tell(self, found: Iterable, marks: set[Mark]) -> int:
        """Print what is wrong, a line each up to a limit, note the records concerned, and give their number."""
        number = 0
        for number, one in enumerate(found, 1):
            marks |= marks_of(one)
            if number <= MOST_LINES:
                self.stdout.write(str(one))
        if number > MOST_LINES:
            self.stdout.write(_("… and %(count)s more.") % {"count": number - MOST_LINES})
        return number

    def left_from_before(self) -> int:
        """The files that were damaged when all were read last: not reading them makes none of them whole."""
        before = verified.last()
        if before and before.damaged_files:
            told = {"count": before.damaged_files}
            self.stdout.write(_("%(count)s files were damaged when all were read last: add --files.") % told)
        return before.damaged_files if before else 0

    def seal(self, reason: str) -> None:
        if not reason.strip():
            raise CommandError(_("Say why the head is sealed again."))
        entry = seal_again(reason=reason)
        self.stdout.write(_("Sealed again; entry %(number)s says why.") % {"number": entry.sequence})


def _heads_of(given: list[str], kept: Path | None) -> list[Head]:
    """The heads given and those of the file, which may not be there yet.

    Raises: CommandError for a line that is no head.
    """
    lines = [*given, *(kept.read_text().split() if kept and kept.exists() else [])]
    try:
        return [Head.read(line) for line in lines]
    except ValueError as error:
        raise CommandError(str(error)) from None


def _note(kept: Path, head: Head) -> None:
    """Add the head to the file unless it is the last one there."""
    if not kept.exists() or kept.read_text().split()[-1:] != [str(head)]:
        with kept.open("a") as file:
            file.write(f"{head}\n")
