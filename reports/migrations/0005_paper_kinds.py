"""More kinds of paper are issued, and an agency's own papers have a number of the register."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

import records.fields
from records.constraints import AppendOnly, Lift

_KINDS = [
    ("program", "Program"),
    ("amendment", "Amendment of a program"),
    ("task_annex", "Annex of tasks"),
    ("comment_table", "Table of comments"),
    ("party_report", "Report of a party"),
    ("conference_report", "Evaluation-conference report"),
    ("invitation", "Invitation"),
    ("sign_in_sheet", "Sign-in sheet"),
    ("minutes", "Minutes"),
    ("conclusion_notice", "Notice of conclusions"),
    ("urging_letter", "Urging letter"),
    ("evidence_sheet", "Signing evidence sheet"),
]
_AUTHORITIES = [
    ("TM", "On behalf of the body (TM.)"),
    ("KT", "For the head (KT.)"),
    ("TL", "By order (TL.)"),
    ("TUQ", "By authorisation (TUQ.)"),
    ("Q", "Acting head (Q.)"),
    ("", "Head in person"),
]
_REGISTERED = {
    "conference_report": "conference",
    "invitation": "conference",
    "minutes": "conference",
    "conclusion_notice": "conference",
    "party_report": "party_report",
    "urging_letter": "urging_letter",
}
_ISSUED = {"program": "program", "amendment": "program", **_REGISTERED}
_COLUMNS = ("program", "conference", "party_report", "urging_letter")


def _about(subjects, columns):
    condition = Q()
    for kind, filled in subjects.items():
        condition |= Q(kind=kind, **{f"{column}__isnull": column != filled for column in columns})
    return condition


def _about_what(to, name):
    return models.ForeignKey(
        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name=name, to=to
    )


def _once(column):
    return models.UniqueConstraint(
        condition=Q(**{f"{column}__isnull": False}),
        fields=("kind", column, "content_digest"),
        name=f"issueddocument_{column}_once",
    )


class Migration(migrations.Migration):
    dependencies = [("reports", "0004_document_search"), ("coordination", "0023_paper_kinds")]

    operations = [
        Lift(AppendOnly("reports_issueddocument")),
        migrations.RemoveConstraint("issueddocument", "issueddocument_is_about_one_thing"),
        migrations.RemoveConstraint("issueddocument", "issueddocument_program_once"),
        migrations.RemoveConstraint("issueddocument", "issueddocument_conference_once"),
        migrations.AddField("issueddocument", "party_report", _about_what("coordination.partyreport", "documents")),
        migrations.AddField("issueddocument", "urging_letter", _about_what("coordination.urgingletter", "documents")),
        migrations.AlterField("issueddocument", "kind", models.CharField(choices=_KINDS, max_length=20)),
        migrations.AddConstraint(
            "issueddocument",
            models.CheckConstraint(condition=_about(_ISSUED, _COLUMNS), name="issueddocument_is_about_one_thing"),
        ),
        *(migrations.AddConstraint("issueddocument", _once(column)) for column in _COLUMNS),
        AppendOnly("reports_issueddocument"),
        migrations.CreateModel(
            name="Registration",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=_KINDS, max_length=20)),
                ("conference", _about_what("coordination.conference", "registrations")),
                ("party_report", _about_what("coordination.partyreport", "registrations")),
                ("urging_letter", _about_what("coordination.urgingletter", "registrations")),
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="registration",
                        to="coordination.registerentry",
                    ),
                ),
                ("dated_on", models.DateField()),
                ("authority", models.CharField(blank=True, choices=_AUTHORITIES, max_length=3)),
                ("title", records.fields.Line(blank=True, max_length=200)),
                ("signer", records.fields.Line(blank=True, max_length=120)),
                ("minute_taker", records.fields.Line(blank=True, max_length=120)),
                ("registered_at", models.DateTimeField()),
                (
                    "registered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.membership"
                    ),
                ),
            ],
            options={
                "ordering": ["-registered_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=_about(_REGISTERED, ("conference", "party_report", "urging_letter")),
                        name="registration_is_about_one_thing",
                    ),
                ],
            },
        ),
    ]
