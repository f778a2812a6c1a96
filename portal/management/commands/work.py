"""`manage.py work`: do the jobs that wait, look after the queue and have what is scheduled done at its time.

Once, or for as long as the web server lives.

The queue is the portal's own table or in Redis. While Redis is away the jobs are found by their rows. Where the queue
is a third one, the worker that belongs to it does the jobs; this one only looks after them, so that none is forgotten.
"""

import logging
import os
import signal
import threading
from datetime import timedelta

from django.core.management.base import BaseCommand
from django.db import Error, close_old_connections, connections

from portal import alive
from portal.management.commands.serve import refuse_older_database
from portal.scheduled import Children
from records import clock, verified
from records.jobs import queue
from records.jobs.errors import QueueAway
from records.jobs.services import look_after, run_waiting

log = logging.getLogger(__name__)

# Whoever waits for a page goes first.
POLITELY = 5
SECONDS_BETWEEN_LOOKS = 0.5
BETWEEN_CARES = timedelta(seconds=5)
BETWEEN_FETCHES = timedelta(minutes=5)


class Command(BaseCommand):
    help = "Do the jobs that wait. Without --once it goes on until the process it runs beside has ended."

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="do what waits now, then end")
        parser.add_argument("--beside", type=int, help="number of the process that started this one")

    def handle(self, *, once: bool, beside: int | None, **options):
        refuse_older_database()
        self.stop, self.worker, self.children = threading.Event(), None, Children()
        if once:
            look_after()
            self.work()
            return
        os.nice(POLITELY)
        # The number is told, not asked for: whoever started this may have died before it got here.
        parent = beside or os.getppid()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self.end)
        care_at = fetch_at = clock.machine_now()
        while not self.stop.is_set() and os.getppid() == parent:
            alive.give_sign("work")
            if clock.machine_now() >= fetch_at:
                verified.fetch()
                fetch_at = clock.machine_now() + BETWEEN_FETCHES
            try:
                if clock.machine_now() >= care_at:
                    care_at = clock.machine_now() + BETWEEN_CARES
                    look_after()
                    self.children.see_to_what_is_due()
                self.work()
            except Error:
                log.exception("The database could not be read; the next look is in a moment.")
                connections.close_all()
            finally:
                close_old_connections()
            self.stop.wait(SECONDS_BETWEEN_LOOKS)
        self.children.end()

    def work(self) -> None:
        """Do job after job until none waits. Asking first takes no lock, which the queue's own worker would."""
        try:
            if queue.has_something() and not self.stop.is_set():
                self.worker = queue.worker()
                self.worker.run()
        except QueueAway:
            self.work_by_rows()

    def work_by_rows(self) -> None:
        """Rule: R-JOB-12. What waits is done without the queue, whose numbers come to jobs that are done already."""
        while not self.stop.is_set() and run_waiting(1):
            pass

    def end(self, *_signal) -> None:
        """Finish the job at hand and begin no other; what was scheduled is ended and done again later."""
        self.stop.set()
        if self.worker is not None:
            self.worker.running = False
