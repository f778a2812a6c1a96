"""Evaluation rounds per period, grading schemes as data, layers of judgement, frozen results and corrections."""

from decimal import Decimal

import django.db.models.deletion
from django.db import migrations, models

import records.fields
from records.constraints import AppendOnly, Frozen, KeptWhen, RefusedWhen

_CLOSED = "EXISTS (SELECT 1 FROM coordination_evaluationround r WHERE r.id = {round} AND r.state = 'closed')"
_OF_JUDGEMENT = "(SELECT e.round_id FROM coordination_evaluation e WHERE e.id = {row}.evaluation_id)"
_LOCKED = (
    "EXISTS (SELECT 1 FROM coordination_gradingscheme s WHERE s.id = {row}.scheme_id AND s.locked_at IS NOT NULL)"
)
_SHOWN_SO_FAR = (("leaders", "at_once"), ("evaluated", "closed"), ("parties", "closed"))


def say_what_was_shown(apps, schema_editor):
    """Schemes written before showed results to leaders at once and to all parties once closed; now they say so."""
    disclosure = apps.get_model("coordination", "Disclosure")
    for scheme in apps.get_model("coordination", "GradingScheme").objects.all():
        for audience, since in _SHOWN_SO_FAR:
            disclosure.objects.create(scheme=scheme, layer="results", audience=audience, since=since)


def _guarded(table: str, state: str, condition: str) -> tuple[RefusedWhen, KeptWhen]:
    """No row of the table is added, changed or removed any more once what it belongs to is closed or locked."""
    return (
        RefusedWhen(table, f"refused_once_{state}", condition.format(row="NEW")),
        KeptWhen(table, f"kept_once_{state}", condition.format(row="OLD")),
    )


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0009_certificates"),
        ("coordination", "0023_paper_kinds"),
    ]

    operations = [
        migrations.CreateModel(
            name="CitedTask",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Correction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("total_before", models.DecimalField(blank=True, decimal_places=1, max_digits=5, null=True)),
                ("total_after", models.DecimalField(blank=True, decimal_places=1, max_digits=5, null=True)),
                ("grade_before", records.fields.Line(blank=True, max_length=80)),
                ("grade_after", records.fields.Line(blank=True, max_length=80)),
                ("reason", records.fields.Prose()),
                ("paper", records.fields.Line(blank=True, max_length=200)),
                ("corrected_on", models.DateField()),
            ],
            options={
                "ordering": ["corrected_on", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Disclosure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "layer",
                    models.CharField(
                        choices=[
                            ("self", "Self-evaluations of the others, with reasons and evidence"),
                            ("cross", "Single scores of the cross-evaluation"),
                            ("verified", "Verification by the secretariat"),
                            ("results", "Results and grades"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "audience",
                    models.CharField(choices=[("leaders", "Leaders of a drafting or leading agency"), ("evaluated", "The agency evaluated, about itself"), ("parties", "All parties")], max_length=10),
                ),
                ("since", models.CharField(choices=[("at_once", "As soon as it is sent"), ("closed", "Once the results are closed")], max_length=10)),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="RoundSnapshot",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveSmallIntegerField()),
                ("taken_at", models.DateTimeField()),
                ("content", models.JSONField()),
                ("digest", models.CharField(max_length=64)),
            ],
            options={
                "ordering": ["version"],
            },
        ),
        migrations.AlterModelOptions(
            name="gradeband",
            options={"ordering": ["position", "-from_points", "pk"]},
        ),
        migrations.RemoveConstraint(
            model_name="evaluationround",
            name="evaluationround_once_a_year",
        ),
        migrations.AddField(
            model_name="criterion",
            name="kind",
            field=models.CharField(choices=[("base", "Criterion"), ("bonus", "Bonus points"), ("penalty", "Penalty points")], default="base", max_length=10),
        ),
        migrations.AddField(
            model_name="criterion",
            name="source",
            field=models.CharField(blank=True, choices=[("", "The grader judges"), ("results", "Filled in from task results")], default="", max_length=10),
        ),
        migrations.AddField(
            model_name="evaluation",
            name="figures",
            field=models.JSONField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="evaluationround",
            name="counts_from",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="evaluationround",
            name="forms_due_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="evaluationround",
            name="number",
            field=models.PositiveSmallIntegerField(default=1),
        ),
        migrations.AddField(
            model_name="evaluationround",
            name="part",
            field=models.PositiveSmallIntegerField(default=1),
        ),
        migrations.AddField(
            model_name="evaluationround",
            name="period",
            field=models.CharField(choices=[("year", "Whole year"), ("half", "Half-year"), ("quarter", "Quarter")], default="year", max_length=10),
        ),
        migrations.AddField(
            model_name="evaluationround",
            name="revision",
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.AddField(
            model_name="gradeband",
            name="cap_percent",
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="gradeband",
            name="position",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="gradingscheme",
            name="asks_cross",
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name="gradingscheme",
            name="asks_self",
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name="gradingscheme",
            name="basis",
            field=records.fields.Line(blank=True, max_length=200, verbose_name="decided by"),
        ),
        migrations.AddField(
            model_name="gradingscheme",
            name="difference_from",
            field=models.DecimalField(decimal_places=1, default=Decimal("2.1"), max_digits=5),
        ),
        migrations.AddField(
            model_name="gradingscheme",
            name="kind",
            field=models.CharField(choices=[("points", "By points"), ("words", "In words only")], default="points", max_length=10),
        ),
        migrations.AddField(
            model_name="gradingscheme",
            name="reason_below",
            field=models.DecimalField(decimal_places=1, default=70, max_digits=5),
        ),
        migrations.AddField(
            model_name="gradingscheme",
            name="revision",
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.AddField(
            model_name="gradingscheme",
            name="spread_from",
            field=models.DecimalField(decimal_places=1, default=7, max_digits=5),
        ),
        migrations.AlterField(
            model_name="evaluation",
            name="kind",
            field=models.CharField(choices=[("self", "Self-evaluation"), ("cross", "Cross-evaluation"), ("verified", "Verification"), ("concluded", "Conclusion")], max_length=10),
        ),
        migrations.AlterField(
            model_name="evaluationround",
            name="state",
            field=models.CharField(choices=[("open", "Evaluation open"), ("closed", "Results closed")], default="open", max_length=10),
        ),
        migrations.AlterField(
            model_name="gradeband",
            name="from_points",
            field=models.DecimalField(blank=True, decimal_places=1, max_digits=5, null=True),
        ),
        migrations.AlterField(
            model_name="gradingpart",
            name="kind",
            field=models.CharField(choices=[("results", "Task results"), ("self", "Self-evaluation"), ("cross", "Cross-evaluation"), ("verified", "Verification")], max_length=10),
        ),
        migrations.AddConstraint(
            model_name="evaluationround",
            constraint=models.UniqueConstraint(fields=("unit", "year", "period", "part", "number"), name="evaluationround_one_number"),
        ),
        migrations.AddConstraint(
            model_name="evaluationround",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("part", 1), ("period", "year")),
                    models.Q(("part__gte", 1), ("part__lte", 2), ("period", "half")),
                    models.Q(("part__gte", 1), ("part__lte", 4), ("period", "quarter")),
                    _connector="OR",
                ),
                name="evaluationround_part_of_period",
            ),
        ),
        migrations.AddConstraint(
            model_name="gradeband",
            constraint=models.UniqueConstraint(fields=("scheme", "label"), name="gradeband_label_once"),
        ),
        migrations.AddConstraint(
            model_name="gradeband",
            constraint=models.CheckConstraint(
                condition=models.Q(("cap_percent", None), models.Q(("cap_percent__gte", 1), ("cap_percent__lte", 100)), _connector="OR"), name="gradeband_cap_is_percent"
            ),
        ),
        migrations.AddConstraint(
            model_name="gradingscheme",
            constraint=models.CheckConstraint(condition=models.Q(("difference_from__gt", 0), ("spread_from__gt", 0)), name="gradingscheme_distances_above_0"),
        ),
        migrations.AddField(
            model_name="citedtask",
            name="criterion",
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="cited_tasks", to="coordination.criterion"),
        ),
        migrations.AddField(
            model_name="citedtask",
            name="evaluation",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="cited", to="coordination.evaluation"),
        ),
        migrations.AddField(
            model_name="citedtask",
            name="task",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="cited_in_evaluations", to="coordination.task"),
        ),
        migrations.AddField(
            model_name="correction",
            name="agency",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="evaluation_corrections", to="agencies.agency"),
        ),
        migrations.AddField(
            model_name="correction",
            name="by",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.membership"),
        ),
        migrations.AddField(
            model_name="correction",
            name="round",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="corrections", to="coordination.evaluationround"),
        ),
        migrations.AddField(
            model_name="disclosure",
            name="scheme",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="disclosures", to="coordination.gradingscheme"),
        ),
        migrations.AddField(
            model_name="roundsnapshot",
            name="by",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.membership"),
        ),
        migrations.AddField(
            model_name="roundsnapshot",
            name="round",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="snapshots", to="coordination.evaluationround"),
        ),
        migrations.AddField(
            model_name="correction",
            name="snapshot",
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="correction", to="coordination.roundsnapshot"),
        ),
        migrations.AddConstraint(
            model_name="citedtask",
            constraint=models.UniqueConstraint(fields=("evaluation", "criterion", "task"), name="citedtask_once_a_criterion"),
        ),
        migrations.AddConstraint(
            model_name="citedtask",
            constraint=models.UniqueConstraint(condition=models.Q(("criterion", None)), fields=("evaluation", "task"), name="citedtask_once_for_all"),
        ),
        migrations.AddConstraint(
            model_name="disclosure",
            constraint=models.UniqueConstraint(fields=("scheme", "layer", "audience"), name="disclosure_once"),
        ),
        migrations.AddConstraint(
            model_name="roundsnapshot",
            constraint=models.UniqueConstraint(fields=("round", "version"), name="roundsnapshot_one_version"),
        ),
        migrations.AddConstraint(
            model_name="roundsnapshot",
            constraint=models.CheckConstraint(condition=models.Q(("version__gte", 1)), name="roundsnapshot_counts_from_1"),
        ),
        migrations.AddConstraint(
            model_name="correction",
            constraint=models.CheckConstraint(condition=models.Q(("reason", ""), _negated=True), name="correction_has_reason"),
        ),
        migrations.AddConstraint(
            model_name="correction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("total_before", None), models.Q(("total_before__gte", 0), ("total_before__lte", 100)), _connector="OR"),
                    models.Q(("total_after", None), models.Q(("total_after__gte", 0), ("total_after__lte", 100)), _connector="OR"),
                ),
                name="correction_totals_to_100",
            ),
        ),
        migrations.RunPython(say_what_was_shown, migrations.RunPython.noop),
        AppendOnly("coordination_roundsnapshot"),
        AppendOnly("coordination_correction"),
        Frozen(
            "coordination_evaluationround",
            ["unit_id", "year", "period", "part", "number", "opened_on"],
            ["closed_on"],
        ),
        KeptWhen("coordination_evaluationround", "kept_once_closed", "OLD.state = 'closed'"),
        KeptWhen("coordination_gradingscheme", "kept_once_locked", "OLD.locked_at IS NOT NULL"),
        *_guarded("coordination_evaluationround_programs", "closed", _CLOSED.format(round="{row}.evaluationround_id")),
        *_guarded("coordination_evaluation", "closed", _CLOSED.format(round="{row}.round_id")),
        *_guarded("coordination_criterionscore", "closed", _CLOSED.format(round=_OF_JUDGEMENT)),
        *_guarded("coordination_citedtask", "closed", _CLOSED.format(round=_OF_JUDGEMENT)),
        *_guarded("coordination_criterion", "locked", _LOCKED),
        *_guarded("coordination_gradingpart", "locked", _LOCKED),
        *_guarded("coordination_gradeband", "locked", _LOCKED),
        *_guarded("coordination_disclosure", "locked", _LOCKED),
    ]
