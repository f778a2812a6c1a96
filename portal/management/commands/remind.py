"""`manage.py remind`: tell everyone what concerns them today, write their letters and remove notices nobody needs any
more; safe to repeat at any time.
"""

from django.core.management.base import BaseCommand

from coordination.reminders.services import clear_old_notices, send_digests, tell_whom_it_concerns
from records import clock


class Command(BaseCommand):
    help = "Tell everyone what concerns them today and write their letters. Repeated, it tells only what is new."

    def handle(self, **options):
        day = clock.today()
        told, letters = tell_whom_it_concerns(day), send_digests(day)
        cleared = clear_old_notices(day)
        removed = f", {cleared} old notices removed" if cleared else ""
        self.stdout.write(f"{day:%d/%m/%Y}: {told} notices, {letters} letters{removed}")
