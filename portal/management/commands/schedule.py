"""`manage.py schedule`: what the portal does by itself, when it was done last and is done next; do one of it now."""

import os

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from records import wording
from records.jobs.schedule.declared import named
from records.jobs.schedule.queries import Stand, stands
from records.jobs.schedule.services import run, run_due

# Whoever waits for a page goes first.
POLITELY = 15


class Command(BaseCommand):
    help = (
        "List what is scheduled. --run NAME does one of it now; exit code 1 where it failed or is being done already."
    )

    def add_arguments(self, parser):
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--run", metavar="NAME", help="do this one now, in this process")
        what.add_argument("--due", action="store_true", help="do what is due now, then end; for a timer of one's own")
        parser.add_argument("--long", action="store_true", help="with --due: what takes long, instead of what does not")

    def handle(self, *, run: str | None, due: bool, long: bool, **options):
        if due:
            os.nice(POLITELY)
            run_due(long=long)
        elif run is not None:
            self.do(run)
        else:
            for stand in stands():
                self.stdout.write(_told(stand))

    def do(self, name: str) -> None:
        """Do one now, and say how it went.

        Raises: CommandError for an unknown name, one that is switched off or being done, and one that failed.
        """
        planned = named(name)
        if planned is None:
            known = ", ".join(stand.name for stand in stands())
            raise CommandError(
                _("Nothing is scheduled as %(name)s. There are: %(known)s") % {"name": name, "known": known}
            )
        if why := planned.why_off():
            raise CommandError(_("It is not done here: %(why)s.") % {"why": why})
        row = run(planned, now_or_never=True)
        if row is None:
            raise CommandError(_("It is being done right now."))
        if row.is_failed:
            raise CommandError(row.told)
        self.stdout.write(f"{planned.label}: {row.told or row.status.label}")


def _told(stand: Stand) -> str:
    return f"{stand.name:<16} {_stand(stand)}  {stand.planned.label}{_last(stand)}"


def _stand(stand: Stand) -> str:
    if stand.why_off:
        return _("off: %(why)s") % {"why": stand.why_off}
    return _("being done") if stand.is_running else _("next %(moment)s") % {"moment": wording.moment(stand.next_at)}


def _last(stand: Stand) -> str:
    if stand.row is None or stand.row.status is None:
        return ""
    said = {"moment": wording.moment(stand.row.ended_at), "outcome": stand.row.status.label, "told": stand.row.told}
    return "\n" + " " * 17 + (_("last %(moment)s, %(outcome)s: %(told)s") % said).removesuffix(": ")
