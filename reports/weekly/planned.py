"""The sheet of the week is sent by itself."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from records.jobs.schedule.declared import Planned

SHEETS = Planned(
    "weekly-sheets",
    _("Sheets of the week"),
    act="reports.weekly.services.send_weekly_now",
    every=timedelta(minutes=15),
)
