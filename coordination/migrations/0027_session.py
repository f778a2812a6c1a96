"""The agenda in session: order, papers, live state, speeches."""

import django.db.models.deletion
from django.db import migrations, models

import records.fields


def number_what_is_there(apps, schema_editor):
    """Items and speeches kept so far are numbered by their places."""
    for name in ("AgendaItem", "Speech"):
        apps.get_model("coordination", name).objects.update(number=models.F("position"))


_ENDS = models.Q(ended_at=None) | models.Q(began_at__isnull=False, ended_at__gte=models.F("began_at"))


class Migration(migrations.Migration):
    dependencies = [("coordination", "0026_gathering")]

    operations = [
        migrations.AddField(
            "agendaitem", "number", models.PositiveSmallIntegerField(default=0), preserve_default=False
        ),
        migrations.AddField("agendaitem", "duration_minutes", models.PositiveSmallIntegerField(blank=True, null=True)),
        migrations.AddField("agendaitem", "began_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField("agendaitem", "ended_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField("agendaitem", "revision", models.PositiveIntegerField(default=0)),
        migrations.AddField("speech", "number", models.PositiveSmallIntegerField(default=0), preserve_default=False),
        migrations.AddField(
            "speech",
            "state",
            models.CharField(
                choices=[("registered", "Registered"), ("speaking", "Has the floor"), ("spoken", "Has spoken")],
                default="spoken",
                max_length=10,
            ),
        ),
        migrations.AddField("speech", "minutes_allowed", models.PositiveSmallIntegerField(blank=True, null=True)),
        migrations.AddField("speech", "began_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField("speech", "ended_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField("speech", "revision", models.PositiveIntegerField(default=0)),
        migrations.RunPython(number_what_is_there, migrations.RunPython.noop),
        migrations.AddConstraint(
            "agendaitem", models.UniqueConstraint(fields=("conference", "number"), name="agendaitem_one_number")
        ),
        migrations.AddConstraint(
            "agendaitem", models.CheckConstraint(condition=_ENDS, name="agendaitem_ends_after_begin")
        ),
        migrations.AddConstraint(
            "agendaitem",
            models.CheckConstraint(
                condition=models.Q(("duration_minutes", None), ("duration_minutes__gte", 1), _connector="OR"),
                name="agendaitem_takes_some_time",
            ),
        ),
        migrations.AddConstraint(
            "speech", models.UniqueConstraint(fields=("conference", "number"), name="speech_one_number")
        ),
        migrations.AddConstraint(
            "speech",
            models.UniqueConstraint(
                condition=models.Q(("state", "speaking")), fields=("conference",), name="speech_one_has_the_floor"
            ),
        ),
        migrations.AddConstraint(
            "speech",
            models.CheckConstraint(
                condition=models.Q(("state__in", ["registered", "speaking", "spoken"])), name="speech_state_known"
            ),
        ),
        migrations.AddConstraint("speech", models.CheckConstraint(condition=_ENDS, name="speech_ends_after_begin")),
        migrations.AddConstraint(
            "speech",
            models.CheckConstraint(
                condition=models.Q(("minutes_allowed", None), ("minutes_allowed__gte", 1), _connector="OR"),
                name="speech_takes_some_time",
            ),
        ),
        migrations.CreateModel(
            name="AgendaPaper",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", records.fields.Line(blank=True, max_length=300)),
                ("issued_code", models.CharField(blank=True, max_length=12)),
                ("attached_at", models.DateTimeField()),
                (
                    "agenda_item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="papers",
                        to="coordination.agendaitem",
                    ),
                ),
                (
                    "attached_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.membership",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.storedfile",
                    ),
                ),
                (
                    "party_report",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="coordination.partyreport",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(file__isnull=False, party_report=None, issued_code="")
                        | models.Q(file=None, party_report__isnull=False, issued_code="")
                        | models.Q(file=None, party_report=None) & ~models.Q(issued_code=""),
                        name="agendapaper_is_one_thing",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("party_report__isnull", False)),
                        fields=("agenda_item", "party_report"),
                        name="agendapaper_report_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("issued_code", ""), _negated=True),
                        fields=("agenda_item", "issued_code"),
                        name="agendapaper_issued_once",
                    ),
                ],
            },
        ),
    ]
