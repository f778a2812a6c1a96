"""What reminders do by themselves, a few times an hour."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from records.jobs.schedule.declared import Planned

REMINDERS = Planned(
    "reminders",
    _("Reminders and letters with what is new"),
    act="coordination.reminders.services.remind_in_working_hours",
    every=timedelta(minutes=15),
)
