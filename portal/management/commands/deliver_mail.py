"""`manage.py deliver_mail`: send what waits in the outbox, once or for as long as the web server lives."""

import logging
import os
import signal
import threading

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import Error, close_old_connections, connections
from django.utils.translation import gettext as _

from portal import alive
from portal.management.commands.serve import refuse_older_database
from records.mail.queries import outbox
from records.mail.services import deliver_next

log = logging.getLogger(__name__)

# Whoever waits for a page goes first.
POLITELY = 5
SECONDS_BETWEEN_LOOKS = 2


class Command(BaseCommand):
    help = "Send the letters that are due. Without --once it goes on until the process it runs beside has ended."

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="send what is due now, then end")
        parser.add_argument("--beside", type=int, help="number of the process that started this one")

    def handle(self, *, once: bool, beside: int | None, **options):
        refuse_older_database()
        if once:
            self.deliver()
            self.tell_what_waits()
            return
        os.nice(POLITELY)
        # The number is told, not asked for: whoever started this may have died before it got here.
        parent, stop = beside or os.getppid(), threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        # A process whose parent has died belongs to another one: that is how the end of the web server is noticed.
        while not stop.is_set() and os.getppid() == parent:
            alive.give_sign("deliver_mail")
            self.look(stop)
            stop.wait(SECONDS_BETWEEN_LOOKS)

    def look(self, stop: threading.Event) -> None:
        """Deliver what is due; a database that is away is asked again at the next look."""
        try:
            self.deliver(stop)
        except Error:
            log.exception("The database could not be read; the next look is in a moment.")
            connections.close_all()
        finally:
            close_old_connections()

    def tell_what_waits(self) -> None:
        """Raises: CommandError where letters were not taken: they stay in the outbox and are tried again."""
        left = outbox()
        if settings.MAIL_ON and left.held_up:
            told = {"count": left.held_up, "fault": left.last_fault}
            raise CommandError(
                _("%(count)s letters were not taken and are tried again. Look at EMAIL_URL. Said last: %(fault)s")
                % told
            )

    def deliver(self, stop: threading.Event | None = None) -> None:
        """Send letter after letter until none is due."""
        while settings.MAIL_ON and not (stop and stop.is_set()) and deliver_next():
            pass
