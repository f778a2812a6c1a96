import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q

import records.fields
from records.constraints import ForwardOnly, Lift, PeriodsApart

_TYPES = [
    ("CTPH", "Programs (CTPH)"),
    ("QCPH", "Regulations (QCPH)"),
    ("KHPH", "Plans (KHPH)"),
    ("NQLT", "Joint resolutions (NQLT)"),
    ("BC", "Reports (BC)"),
    ("TB", "Notices (TB)"),
    ("GM", "Invitations (GM)"),
    ("BB", "Minutes (BB)"),
    ("CV", "Official letters (CV)"),
]


_OF_SERIES = (
    PeriodsApart("coordination_numberseries", ["agency_id", "document_type"]),
    ForwardOnly("coordination_numberseries", "next_number"),
)


def _protected(to, name):
    return models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name=name, to=to)


class Migration(migrations.Migration):
    dependencies = [("agencies", "0009_certificates"), ("coordination", "0022_signing")]

    operations = [
        migrations.AddField("conference", "ended_at", models.TimeField(blank=True, null=True)),
        *(Lift(guard) for guard in _OF_SERIES),
        migrations.RemoveConstraint("numberseries", "numberseries_type_known"),
        migrations.AlterField("numberseries", "document_type", models.CharField(choices=_TYPES, max_length=8)),
        migrations.AddConstraint(
            "numberseries",
            models.CheckConstraint(
                condition=Q(document_type__in=[value for value, _label in _TYPES]), name="numberseries_type_known"
            ),
        ),
        *_OF_SERIES,
        migrations.CreateModel(
            name="PartyReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("program", _protected("coordination.program", "party_reports")),
                ("agency", _protected("agencies.agency", "party_reports")),
                ("year", models.PositiveSmallIntegerField()),
                ("cut_off_on", models.DateField(verbose_name="figures up to")),
                ("steering", records.fields.Prose(blank=True, verbose_name="leadership and organisation")),
                ("results", records.fields.Prose(blank=True, verbose_name="results beside the figures")),
                ("strengths", records.fields.Prose(blank=True, verbose_name="strengths")),
                ("limitations", records.fields.Prose(blank=True, verbose_name="shortcomings")),
                ("causes", records.fields.Prose(blank=True, verbose_name="causes")),
                ("lessons", records.fields.Prose(blank=True, verbose_name="lessons")),
                ("next_year", records.fields.Prose(blank=True, verbose_name="tasks of the next year")),
                ("proposals", records.fields.Prose(blank=True, verbose_name="proposals")),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Being written"), ("submitted", "Sent")], default="draft", max_length=10
                    ),
                ),
                ("submitted_on", models.DateField(blank=True, null=True)),
                ("begun_on", models.DateField()),
                ("begun_by", _protected("agencies.membership", "+")),
                ("revision", models.PositiveIntegerField(default=1)),
            ],
            options={
                "ordering": ["-year", "program_id", "agency_id"],
                "constraints": [
                    models.UniqueConstraint(fields=("program", "agency", "year"), name="partyreport_once_a_year"),
                    models.CheckConstraint(
                        condition=Q(state="draft", submitted_on=None)
                        | Q(state="submitted", submitted_on__isnull=False),
                        name="partyreport_sent_has_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="UrgingLetter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("unit", _protected("agencies.adminunit", "urging_letters")),
                ("issuer", _protected("agencies.agency", "urging_letters_written")),
                ("addressee", _protected("agencies.agency", "urging_letters_received")),
                ("drawn_up_on", models.DateField()),
                ("drawn_up_by", _protected("agencies.membership", "+")),
                ("answer_by", models.DateField(verbose_name="answer by")),
                ("words", records.fields.Prose(blank=True, verbose_name="what else is asked")),
                ("sent_on", models.DateField(blank=True, null=True)),
                ("dropped_on", models.DateField(blank=True, null=True)),
                ("revision", models.PositiveIntegerField(default=1)),
            ],
            options={
                "ordering": ["-drawn_up_on", "-pk"],
                "constraints": [
                    models.CheckConstraint(condition=~Q(issuer=F("addressee")), name="urgingletter_not_to_itself"),
                    models.CheckConstraint(
                        condition=Q(answer_by__gte=F("drawn_up_on")), name="urgingletter_days_in_order"
                    ),
                    models.CheckConstraint(
                        condition=Q(sent_on=None) | Q(dropped_on=None), name="urgingletter_sent_or_dropped"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="UrgedTask",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "letter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="urged",
                        to="coordination.urgingletter",
                    ),
                ),
                ("task", _protected("coordination.task", "urged_in")),
                ("position", models.PositiveSmallIntegerField()),
            ],
            options={
                "ordering": ["position"],
                "constraints": [
                    models.UniqueConstraint(fields=("letter", "task"), name="urgedtask_once"),
                    models.UniqueConstraint(fields=("letter", "position"), name="urgedtask_one_place"),
                ],
            },
        ),
        migrations.AddField(
            "urgingletter",
            "tasks",
            models.ManyToManyField(
                related_name="urging_letters", through="coordination.UrgedTask", to="coordination.task"
            ),
        ),
    ]
