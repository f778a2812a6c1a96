"""`manage.py deliver_mail`: send what waits in the outbox, once or for as long as the web server lives.

Beside the web server it also reminds: what `manage.py remind` does, at its first look and then every quarter of an
hour, from seven in the morning on.
"""

import logging
import os
import signal
import threading
from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import Error, close_old_connections, connections

from coordination.reminders.services import clear_old_notices, send_digests, tell_whom_it_concerns
from portal import alive
from records import clock
from records.mail.services import deliver_next
from reports.weekly.services import send_weekly

log = logging.getLogger(__name__)

# Whoever waits for a page goes first.
POLITELY = 5
SECONDS_BETWEEN_LOOKS = 2
BETWEEN_REMINDERS = timedelta(minutes=15)
FIRST_HOUR = 7


class Command(BaseCommand):
    help = "Send the letters that are due. Without --once it goes on until the process it runs beside has ended."

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="send what is due now, then end")
        parser.add_argument("--beside", type=int, help="number of the process that started this one")

    def handle(self, *, once: bool, beside: int | None, **options):
        if once:
            self.deliver()
            return
        os.nice(POLITELY)
        # The number is told, not asked for: whoever started this may have died before it got here.
        parent, stop = beside or os.getppid(), threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        # A process whose parent has died belongs to another one: that is how the end of the web server is noticed.
        remind_at = clock.machine_now()
        while not stop.is_set() and os.getppid() == parent:
            alive.give_sign("deliver_mail")
            if clock.machine_now() >= remind_at:
                remind_at = clock.machine_now() + BETWEEN_REMINDERS
                self.look(stop, self.remind)
            self.look(stop, self.deliver)
            stop.wait(SECONDS_BETWEEN_LOOKS)

    def look(self, stop: threading.Event, act: Callable[[threading.Event], None]) -> None:
        """Do what is due; a database that is away is asked again at the next look."""
        try:
            act(stop)
        except Error:
            log.exception("The database could not be read; the next look is in a moment.")
            connections.close_all()
        finally:
            close_old_connections()

    def remind(self, stop: threading.Event) -> None:
        """Tell people what concerns them today, in working hours; nobody wants to be reminded at night."""
        if clock.local_hour(clock.now()) >= FIRST_HOUR:
            tell_whom_it_concerns(clock.today())
            send_digests(clock.today())
            send_weekly(clock.now())
            clear_old_notices(clock.today())

    def deliver(self, stop: threading.Event | None = None) -> None:
        """Send letter after letter until none is due."""
        while settings.MAIL_ON and not (stop and stop.is_set()) and deliver_next():
            pass
