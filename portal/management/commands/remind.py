"""`manage.py remind`: tell everyone what concerns them today, write their letters and remove notices nobody needs any
more; safe to repeat at any time.
"""

from django.core.management.base import BaseCommand

from coordination.reminders.services import clear_old_notices, send_digests, tell_whom_it_concerns
from records import clock
from reports.weekly.services import send_weekly


class Command(BaseCommand):
    help = "Tell everyone what concerns them today and write their letters. Repeated, it tells only what is new."

    def handle(self, **options):
        day = clock.today()
        told, letters = tell_whom_it_concerns(day), send_digests(day)
        sheets = send_weekly(clock.now())
        cleared = clear_old_notices(day)
        removed = f", {cleared} old notices removed" if cleared else ""
        weekly = f", {sheets} sheets of the week" if sheets else ""
        self.stdout.write(f"{day:%d/%m/%Y}: {told} notices, {letters} letters{weekly}{removed}")
