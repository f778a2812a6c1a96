"""Commendations, reports heard, photographs, press; reports of parties called in, counted and returned."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

import records.fields

PROTECT, CASCADE = django.db.models.deletion.PROTECT, django.db.models.deletion.CASCADE
_ID = ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"))
_COMMENDED = [("collective", "A collective"), ("office", "Whoever holds an office")]
_FORMS = [
    ("certificate", "Certificate of commendation"),
    ("merit", "Certificate of merit"),
    ("medal", "Commemorative medal"),
    ("letter", "Letter of praise"),
    ("praise", "Praise at the conference"),
]
_COMMENDATION_STATES = [
    ("proposed", "Proposed"),
    ("granted", "Granted"),
    ("refused", "Not granted"),
    ("withdrawn", "Withdrawn"),
]
_REPORT_STATES = [("draft", "Being written"), ("submitted", "Sent"), ("returned", "Returned")]
_OCCASIONS = [
    ("due", "Deadline ahead"),
    ("overdue", "Deadline passed"),
    ("escalated", "Overdue, told to the leader"),
    ("step_due", "Deadline of a part ahead"),
    ("step_late", "Deadline of a part passed"),
    ("assigned", "New task"),
    ("returned", "Result returned"),
    ("asked", "Reminded by those who await the result"),
    ("to_confirm", "Result to confirm"),
    ("to_decide", "Extension to decide"),
    ("to_sign", "Signature awaited"),
    ("to_comment", "Comment awaited"),
    ("sign_asked", "Reminded by those who await the signature"),
    ("to_report", "Report of the year awaited"),
    ("unreported", "Report of the year late"),
    ("rep_asked", "Reminded by those who await the report"),
]
_PROGRAMS = ("to_sign", "to_comment", "sign_asked", "to_report", "unreported", "rep_asked")


def _to(model, name="+", *, needed=False, on_delete=PROTECT):
    free = {} if needed else {"blank": True, "null": True}
    return models.ForeignKey(on_delete=on_delete, related_name=name, to=model, **free)


class Migration(migrations.Migration):
    dependencies = [
        ("coordination", "0028_outcomes"),
        ("agencies", "0009_certificates"),
        ("records", "0006_scans"),
    ]

    operations = [
        migrations.CreateModel(
            name="Commendation",
            fields=[
                _ID,
                ("position", models.PositiveSmallIntegerField()),
                ("commended", models.CharField(choices=_COMMENDED, max_length=10)),
                ("recipient", records.fields.Line(max_length=300)),
                ("form", models.CharField(choices=_FORMS, max_length=12)),
                ("granted_by", records.fields.Line(blank=True, max_length=200)),
                ("reason", records.fields.Prose()),
                ("proposed_on", models.DateField()),
                ("state", models.CharField(choices=_COMMENDATION_STATES, default="proposed", max_length=10)),
                ("decision_number", records.fields.Line(blank=True, max_length=60)),
                ("decided_on", models.DateField(blank=True, null=True)),
                ("answer", records.fields.Prose(blank=True)),
                ("revision", models.PositiveIntegerField(default=1)),
                ("agency", _to("agencies.agency", "commendations")),
                ("conference", _to("coordination.conference", "commendations", needed=True, on_delete=CASCADE)),
                ("office", _to("agencies.office", "commendations")),
                ("proposed_by", _to("agencies.agency", "commendations_proposed", needed=True)),
            ],
            options={
                "ordering": ["position"],
                "constraints": [
                    models.UniqueConstraint(fields=("conference", "position"), name="commendation_one_place"),
                    models.CheckConstraint(
                        condition=Q(commended__in=["collective", "office"]), name="commendation_of_known_kind"
                    ),
                    models.CheckConstraint(
                        condition=Q(form__in=[value for value, _label in _FORMS]), name="commendation_form_known"
                    ),
                    models.CheckConstraint(
                        condition=Q(state__in=[value for value, _label in _COMMENDATION_STATES]),
                        name="commendation_state_known",
                    ),
                    models.CheckConstraint(
                        condition=~Q(recipient="") & ~Q(reason=""), name="commendation_names_whom_and_why"
                    ),
                    models.CheckConstraint(
                        condition=~Q(state="granted") | (~Q(decision_number="") & Q(decided_on__isnull=False)),
                        name="commendation_granted_by_decision",
                    ),
                    models.CheckConstraint(
                        condition=~Q(state__in=["refused", "withdrawn"]) | ~Q(answer=""),
                        name="commendation_refused_with_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HeardReport",
            fields=[
                _ID,
                ("position", models.PositiveSmallIntegerField()),
                ("title", records.fields.Line(max_length=400)),
                ("presenter", records.fields.Line(blank=True, max_length=250)),
                ("issued_code", models.CharField(blank=True, max_length=12)),
                ("number", records.fields.Line(blank=True, max_length=80)),
                ("dated_on", models.DateField(blank=True, null=True)),
                ("revision", models.PositiveIntegerField(default=1)),
                (
                    "agenda_item",
                    _to("coordination.agendaitem", "heard_reports", on_delete=django.db.models.deletion.SET_NULL),
                ),
                ("conference", _to("coordination.conference", "heard_reports", needed=True, on_delete=CASCADE)),
                ("party_report", _to("coordination.partyreport", "heard_at")),
                ("presented_by", _to("agencies.agency", "reports_presented")),
                ("program", _to("coordination.program", "heard_reports")),
            ],
            options={
                "ordering": ["position"],
                "constraints": [
                    models.UniqueConstraint(fields=("conference", "position"), name="heardreport_one_place"),
                    models.CheckConstraint(condition=~Q(title=""), name="heardreport_has_title"),
                    models.CheckConstraint(
                        condition=Q(party_report=None) | Q(issued_code=""), name="heardreport_is_one_paper"
                    ),
                ],
            },
        ),
        migrations.AddField("pressaccount", "address", records.fields.Line(blank=True, max_length=500)),
        migrations.AddField("pressaccount", "published_on", models.DateField(blank=True, null=True)),
        migrations.AddField("pressaccount", "revision", models.PositiveIntegerField(default=1)),
        migrations.AddField("photo", "revision", models.PositiveIntegerField(default=1)),
        migrations.AddField("photo", "credit", records.fields.Line(blank=True, max_length=120)),
        migrations.AddField("photo", "small", _to("records.storedfile")),
        migrations.AddField("photo", "small_width_px", models.PositiveSmallIntegerField(default=0)),
        migrations.AddField("photo", "small_height_px", models.PositiveSmallIntegerField(default=0)),
        migrations.AddConstraint(
            "photo",
            models.CheckConstraint(
                condition=Q(file=None, small=None) | Q(file__isnull=False, small__isnull=False),
                name="photo_is_shown_small",
            ),
        ),
        migrations.CreateModel(
            name="ReportCall",
            fields=[
                _ID,
                ("year", models.PositiveSmallIntegerField()),
                ("due_on", models.DateField()),
                ("cut_off_on", models.DateField()),
                ("note", records.fields.Prose(blank=True)),
                ("called_on", models.DateField()),
                ("asked_again_on", models.DateField(blank=True, null=True)),
                ("revision", models.PositiveIntegerField(default=1)),
                ("called_by", _to("agencies.membership", needed=True)),
                ("program", _to("coordination.program", "report_calls", needed=True)),
            ],
            options={
                "ordering": ["-year", "program_id"],
                "constraints": [models.UniqueConstraint(fields=("program", "year"), name="reportcall_once_a_year")],
            },
        ),
        migrations.RemoveConstraint("partyreport", "partyreport_sent_has_day"),
        migrations.AlterField(
            "partyreport", "state", models.CharField(choices=_REPORT_STATES, default="draft", max_length=10)
        ),
        migrations.AddField("partyreport", "figures", models.JSONField(blank=True, default=dict)),
        migrations.AddField("partyreport", "returned_on", models.DateField(blank=True, null=True)),
        migrations.AddField("partyreport", "returned_by", _to("agencies.membership")),
        migrations.AddField("partyreport", "return_reason", records.fields.Prose(blank=True)),
        migrations.AddConstraint(
            "partyreport",
            models.CheckConstraint(
                condition=(~Q(state="submitted") & Q(submitted_on=None))
                | Q(state="submitted", submitted_on__isnull=False),
                name="partyreport_sent_has_day",
            ),
        ),
        migrations.AddConstraint(
            "partyreport",
            models.CheckConstraint(
                condition=Q(state__in=["draft", "submitted", "returned"]), name="partyreport_state_known"
            ),
        ),
        migrations.AddConstraint(
            "partyreport",
            models.CheckConstraint(
                condition=~Q(state="returned") | (Q(returned_on__isnull=False) & ~Q(return_reason="")),
                name="partyreport_returned_with_reason",
            ),
        ),
        migrations.AlterField("notice", "occasion", models.CharField(choices=_OCCASIONS, max_length=10)),
        migrations.RemoveConstraint("notice", "notice_occasion_known"),
        migrations.RemoveConstraint("notice", "notice_about_one_thing"),
        migrations.AddConstraint(
            "notice",
            models.CheckConstraint(
                condition=Q(occasion__in=[value for value, _label in _OCCASIONS]), name="notice_occasion_known"
            ),
        ),
        migrations.AddConstraint(
            "notice",
            models.CheckConstraint(
                condition=Q(occasion__in=_PROGRAMS, task=None, program__isnull=False)
                | (~Q(occasion__in=_PROGRAMS) & Q(task__isnull=False, program=None)),
                name="notice_about_one_thing",
            ),
        ),
    ]
