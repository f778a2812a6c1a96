"""Life of a program: more states, agreement of each party, submission, cancelling, superseding."""

import django.db.models.deletion
from django.db import migrations, models

from records.constraints import AppendOnly
from records.fields import Line, Prose


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0006_reorganisation"),
        ("coordination", "0004_never_emptied"),
    ]

    operations = [
        migrations.CreateModel(
            name="CommitteeSubmission",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("committee_name", Line(max_length=200)),
                ("letter_number", Line(blank=True, max_length=60, verbose_name="number and symbol of the letter")),
                ("letter_on", models.DateField(blank=True, null=True, verbose_name="day of the letter")),
                ("submitted_on", models.DateField()),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("pending", "Awaiting its opinion"),
                            ("cleared", "Cleared"),
                            ("sent_back", "Sent back"),
                            ("dropped", "No longer needed"),
                        ],
                        default="pending",
                        max_length=10,
                    ),
                ),
                ("opinion", Prose(blank=True)),
                ("opinion_number", Line(blank=True, max_length=60, verbose_name="number and symbol of the opinion")),
                ("opinion_on", models.DateField(blank=True, null=True, verbose_name="day of the opinion")),
                ("recorded_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="PartyAgreement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "stance",
                    models.CharField(
                        choices=[
                            ("agrees", "Agrees"),
                            ("reserves", "Agrees with a reservation"),
                            ("disagrees", "Does not agree"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "ground",
                    models.CharField(
                        choices=[
                            ("stated", "Stated here"),
                            ("letter", "By letter"),
                            ("silence", "No answer by the last day"),
                        ],
                        max_length=10,
                    ),
                ),
                ("words", Prose(blank=True)),
                ("letter_number", Line(blank=True, max_length=60, verbose_name="number and symbol of the letter")),
                ("letter_on", models.DateField(blank=True, null=True, verbose_name="day of the letter")),
                ("digest", models.CharField(max_length=64)),
                ("on", models.DateField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="program",
            name="program_state_known",
        ),
        migrations.RemoveConstraint(
            model_name="program",
            name="program_in_force_is_signed",
        ),
        migrations.RemoveConstraint(
            model_name="program",
            name="program_settled_is_agreed",
        ),
        migrations.AddField(
            model_name="program",
            name="cancelled_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="program",
            name="cleared_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="program",
            name="submitted_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="program",
            name="superseded_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="supersedes",
                to="coordination.program",
            ),
        ),
        migrations.AddField(
            model_name="program",
            name="superseded_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name="program",
            name="state",
            field=models.CharField(
                choices=[
                    ("draft", "Draft"),
                    ("consulting", "In consultation"),
                    ("revising", "Being revised"),
                    ("agreed", "Agreed"),
                    ("submitted", "Before the Party committee"),
                    ("signing", "Being signed"),
                    ("in_force", "In force"),
                    ("evaluating", "Under evaluation"),
                    ("closed", "Closed"),
                    ("superseded", "Superseded"),
                    ("cancelled", "Cancelled"),
                ],
                default="draft",
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="programstatechange",
            name="to_state",
            field=models.CharField(
                choices=[
                    ("draft", "Draft"),
                    ("consulting", "In consultation"),
                    ("revising", "Being revised"),
                    ("agreed", "Agreed"),
                    ("submitted", "Before the Party committee"),
                    ("signing", "Being signed"),
                    ("in_force", "In force"),
                    ("evaluating", "Under evaluation"),
                    ("closed", "Closed"),
                    ("superseded", "Superseded"),
                    ("cancelled", "Cancelled"),
                ],
                max_length=12,
            ),
        ),
        migrations.AddConstraint(
            model_name="program",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            "draft",
                            "consulting",
                            "revising",
                            "agreed",
                            "submitted",
                            "signing",
                            "in_force",
                            "evaluating",
                            "closed",
                            "superseded",
                            "cancelled",
                        ],
                    )
                ),
                name="program_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="program",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ("in_force", "evaluating", "closed", "superseded")), _negated=True),
                    ("signed_on__isnull", False),
                    _connector="OR",
                ),
                name="program_in_force_is_signed",
            ),
        ),
        migrations.AddConstraint(
            model_name="program",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        (
                            "state__in",
                            ("agreed", "submitted", "signing", "in_force", "evaluating", "closed", "superseded"),
                        ),
                        _negated=True,
                    ),
                    ("agreed_on__isnull", False),
                    _connector="OR",
                ),
                name="program_settled_is_agreed",
            ),
        ),
        migrations.AddConstraint(
            model_name="program",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "submitted"), _negated=True), ("submitted_on__isnull", False), _connector="OR"
                ),
                name="program_submitted_has_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="program",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("cancelled_on__isnull", False), ("state", "cancelled")),
                    models.Q(models.Q(("state", "cancelled"), _negated=True), ("cancelled_on", None)),
                    _connector="OR",
                ),
                name="program_cancelled_has_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="program",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("state", "superseded"), ("superseded_by__isnull", False), ("superseded_on__isnull", False)
                    ),
                    models.Q(
                        models.Q(("state", "superseded"), _negated=True),
                        ("superseded_by", None),
                        ("superseded_on", None),
                    ),
                    _connector="OR",
                ),
                name="program_superseded_by_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="program",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("superseded_by", None), models.Q(("superseded_by", models.F("pk")), _negated=True), _connector="OR"
                ),
                name="program_not_superseding_itself",
            ),
        ),
        migrations.AddField(
            model_name="committeesubmission",
            name="committee",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="submissions", to="agencies.agency"
            ),
        ),
        migrations.AddField(
            model_name="committeesubmission",
            name="program",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="submissions", to="coordination.program"
            ),
        ),
        migrations.AddField(
            model_name="committeesubmission",
            name="recorded_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="agencies.membership",
            ),
        ),
        migrations.AddField(
            model_name="committeesubmission",
            name="submitted_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.membership"
            ),
        ),
        migrations.AddField(
            model_name="partyagreement",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.membership"
            ),
        ),
        migrations.AddField(
            model_name="partyagreement",
            name="party",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="agreements", to="coordination.programparty"
            ),
        ),
        migrations.AddField(
            model_name="partyagreement",
            name="program",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="agreements", to="coordination.program"
            ),
        ),
        migrations.AddConstraint(
            model_name="committeesubmission",
            constraint=models.UniqueConstraint(
                condition=models.Q(("verdict", "pending")), fields=("program",), name="committeesubmission_one_pending"
            ),
        ),
        migrations.AddConstraint(
            model_name="committeesubmission",
            constraint=models.CheckConstraint(
                condition=models.Q(("verdict__in", ["pending", "cleared", "sent_back", "dropped"])),
                name="committeesubmission_verdict_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="committeesubmission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("verdict", "sent_back"), _negated=True),
                    models.Q(("opinion", ""), _negated=True),
                    _connector="OR",
                ),
                name="committeesubmission_back_with_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="committeesubmission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("verdict__in", ("cleared", "sent_back")), _negated=True),
                    ("opinion_on__isnull", False),
                    _connector="OR",
                ),
                name="committeesubmission_opinion_has_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="committeesubmission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("recorded_at", None), ("verdict", "pending")),
                    models.Q(models.Q(("verdict", "pending"), _negated=True), ("recorded_at__isnull", False)),
                    _connector="OR",
                ),
                name="committeesubmission_verdict_recorded",
            ),
        ),
        migrations.AddConstraint(
            model_name="partyagreement",
            constraint=models.CheckConstraint(
                condition=models.Q(("stance__in", ["agrees", "reserves", "disagrees"])),
                name="partyagreement_stance_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="partyagreement",
            constraint=models.CheckConstraint(
                condition=models.Q(("ground__in", ["stated", "letter", "silence"])), name="partyagreement_ground_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="partyagreement",
            constraint=models.CheckConstraint(
                condition=models.Q(("stance", "agrees"), models.Q(("words", ""), _negated=True), _connector="OR"),
                name="partyagreement_reserved_in_words",
            ),
        ),
        migrations.AddConstraint(
            model_name="partyagreement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("ground", "letter"),
                        ("letter_on__isnull", False),
                        models.Q(("letter_number", ""), _negated=True),
                    ),
                    models.Q(models.Q(("ground", "letter"), _negated=True), ("letter_number", ""), ("letter_on", None)),
                    _connector="OR",
                ),
                name="partyagreement_letter_is_named",
            ),
        ),
        migrations.AddConstraint(
            model_name="partyagreement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ground", "silence"), _negated=True), ("stance", "agrees"), _connector="OR"
                ),
                name="partyagreement_silence_agrees",
            ),
        ),
        AppendOnly("coordination_partyagreement"),
    ]
