"""The rules of reminding, as the secretaries of a unit set them (R-REMIND-4)."""

from django.db import migrations, models
from django.db.models.deletion import PROTECT

from records.constraints import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("agencies", "0007_groups"), ("coordination", "0017_finding")]

    operations = [
        migrations.CreateModel(
            name="ReminderRules",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField()),
                ("days_before", models.JSONField()),
                ("on_the_day", models.BooleanField()),
                ("every_days", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("leaders_after", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("set_at", models.DateTimeField()),
                ("set_by", models.ForeignKey(on_delete=PROTECT, related_name="+", to="agencies.membership")),
                ("unit", models.ForeignKey(on_delete=PROTECT, related_name="reminder_rules", to="agencies.adminunit")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("unit", "revision"), name="reminderrules_one_of_a_revision"),
                    models.CheckConstraint(
                        condition=models.Q(every_days=None) | models.Q(every_days__gte=1, every_days__lte=10),
                        name="reminderrules_days_between",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(leaders_after=None) | models.Q(leaders_after__gte=1, leaders_after__lte=20),
                        name="reminderrules_leaders_after",
                    ),
                ],
            },
        ),
        AppendOnly("coordination_reminderrules"),
    ]
