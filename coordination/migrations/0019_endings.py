"""Suspending, resuming and cancelling a task are traced with their reason and the paper that decides them (R-STOP-2)."""

from django.db import migrations, models
from django.db.models import Q

from records.constraints import AppendOnly, Lift
from records.fields import Line

_TRACES = AppendOnly("coordination_taskstatechange")
_STOPS = Q(to_state__in=("suspended", "cancelled")) | Q(from_state="suspended")


class Migration(migrations.Migration):
    dependencies = [("coordination", "0018_reminder_rules")]
    operations = [
        Lift(_TRACES),
        migrations.AddField("taskstatechange", "decision", Line(blank=True, default="", max_length=200), preserve_default=False),
        migrations.AddConstraint(
            "taskstatechange",
            models.CheckConstraint(condition=~_STOPS | ~Q(reason=""), name="taskstatechange_stop_has_reason"),
        ),
        migrations.AddConstraint(
            "taskstatechange",
            models.CheckConstraint(condition=_STOPS | Q(decision=""), name="taskstatechange_decides_a_stop"),
        ),
        migrations.RemoveIndex("taskstatechange", "taskstatechange_decided"),
        migrations.AddIndex(
            "taskstatechange",
            models.Index(
                fields=["-at", "-id"], condition=Q(from_state="awaiting") | _STOPS, name="taskstatechange_decided"
            ),
        ),
        _TRACES,
    ]
