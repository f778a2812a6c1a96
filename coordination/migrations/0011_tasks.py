"""Tasks as they are in life: groups, steps, further kinds of schedule and of targets, the papers they were given by."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models.functions import Floor

import records.fields


def tell_what_targets_measure(apps, schema_editor):
    """A percentage is a share, a broken number an amount; all others are counts already."""
    targets = apps.get_model("coordination", "Target").objects.exclude(value=None)
    targets.exclude(value=Floor("value")).update(measure="sum")
    targets.filter(unit__startswith="%", value__lte=100).update(measure="share")


def give_recurring_work_its_turns(apps, schema_editor):
    """A turn for each month, quarter or half-year of recurring work that is still open."""
    from coordination.tasks.schedule import Span, turns

    step = apps.get_model("coordination", "TaskStep")
    recurring = apps.get_model("coordination", "Task").objects.filter(
        schedule_kind__in=("each_month", "each_quarter", "each_half_year"), state__in=("not_started", "in_progress")
    )
    for task in recurring.iterator():
        days = Span(task.start_on, task.due_on)
        step.objects.bulk_create(
            step(task=task, kind="period", position=place, title=turn.name, start_on=turn.start_on, due_on=turn.due_on)
            for place, turn in enumerate(turns(task.schedule_kind, days), start=1)
        )


class Migration(migrations.Migration):
    dependencies = [("agencies", "0007_groups"), ("coordination", "0010_beginnings")]

    operations = [
        migrations.CreateModel(
            name="DirectionPaper",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", records.fields.Line(max_length=60, verbose_name="number and symbol")),
                ("number_folded", records.fields.Folded(blank=True, by="fold", editable=False, max_length=200, of=("number",))),
                ("issued_on", models.DateField(verbose_name="day")),
                ("issuer", records.fields.Line(max_length=200, verbose_name="issued by")),
                ("subject", records.fields.Line(blank=True, max_length=300, verbose_name="about")),
            ],
        ),
        migrations.CreateModel(
            name="TaskStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=[("item", "Part of the work"), ("wave", "Wave"), ("period", "Turn")], max_length=6)),
                ("position", models.PositiveSmallIntegerField()),
                ("title", records.fields.Line(blank=True, max_length=200, verbose_name="part of the work")),
                ("start_on", models.DateField(blank=True, null=True)),
                ("due_on", models.DateField()),
                ("done_on", models.DateField(blank=True, null=True)),
                ("result", records.fields.Prose(blank=True)),
                ("reported_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["kind", "position"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="handover",
            name="handover_part_known",
        ),
        migrations.RemoveConstraint(
            model_name="task",
            name="task_schedule_known",
        ),
        migrations.RemoveConstraint(
            model_name="task",
            name="task_due_fits_schedule",
        ),
        migrations.RemoveConstraint(
            model_name="task",
            name="task_number_fits_schedule",
        ),
        migrations.RemoveConstraint(
            model_name="taskrole",
            name="taskrole_kind_known",
        ),
        migrations.AddField(
            model_name="target",
            name="measure",
            field=models.CharField(choices=[("count", "a count"), ("share", "a share"), ("sum", "an amount")], default="count", max_length=5),
        ),
        migrations.AddField(
            model_name="target",
            name="part_of",
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name="parts", to="coordination.target"),
        ),
        migrations.AddField(
            model_name="task",
            name="due_time",
            field=models.TimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="task",
            name="follows",
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="followed_by", to="coordination.task"),
        ),
        migrations.AddField(
            model_name="task",
            name="proof",
            field=models.CharField(blank=True, choices=[("minutes", "Minutes"), ("report", "Report"), ("photo", "Photo"), ("document", "Document")], max_length=10, verbose_name="kind of proof"),
        ),
        migrations.AddField(
            model_name="task",
            name="schedule_until",
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="task",
            name="within_days",
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="taskrole",
            name="group",
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="task_roles", to="agencies.agencygroup"),
        ),
        migrations.AlterField(
            model_name="handover",
            name="part",
            field=models.CharField(choices=[("lead", "Lead agency"), ("coordinator", "Coordinating agency"), ("member", "Member of a group"), ("confirming", "Confirming agency"), ("drafting", "Drafting agency"), ("party", "Party"), ("signs_through", "Signs for the party")], max_length=15),
        ),
        migrations.AlterField(
            model_name="target",
            name="operator",
            field=models.CharField(choices=[("eq", "exactly"), ("ge", "at least"), ("about", "about"), ("near", "nearly"), ("more", "more than"), ("words", "in words")], default="eq", max_length=5),
        ),
        migrations.AlterField(
            model_name="task",
            name="schedule_kind",
            field=models.CharField(choices=[("on_day", "On a day"), ("before_day", "Before a day"), ("range", "Between two days"), ("month", "In a month"), ("quarter", "In a quarter"), ("half_year", "In a half-year"), ("whole_year", "Within the year"), ("ongoing", "Ongoing"), ("on_occurrence", "When it occurs"), ("each_month", "Every month"), ("each_quarter", "Every quarter"), ("each_half_year", "Every half-year"), ("quarters", "Over several quarters"), ("waves", "In several waves"), ("after_task", "After another task"), ("open_ended", "From a day on, without an end")], default="range", max_length=15, verbose_name="schedule"),
        ),
        migrations.AlterField(
            model_name="taskrole",
            name="kind",
            field=models.CharField(choices=[("lead", "Lead agency"), ("coordinator", "Coordinating agency"), ("member", "Member of a group")], max_length=12),
        ),
        migrations.AddConstraint(
            model_name="handover",
            constraint=models.CheckConstraint(condition=models.Q(("part__in", ["lead", "coordinator", "member", "confirming", "drafting", "party", "signs_through"])), name="handover_part_known"),
        ),
        migrations.AddConstraint(
            model_name="target",
            constraint=models.CheckConstraint(condition=models.Q(("operator__in", ["eq", "ge", "about", "near", "more", "words"])), name="target_operator_known"),
        ),
        migrations.AddConstraint(
            model_name="target",
            constraint=models.CheckConstraint(condition=models.Q(models.Q(("measure", "share"), ("value__lte", 100)), models.Q(("measure", "share"), ("value", None)), ("measure__in", ("count", "sum")), _connector="OR"), name="target_share_at_most_100"),
        ),
        migrations.AddConstraint(
            model_name="target",
            constraint=models.CheckConstraint(condition=models.Q(("part_of", None), models.Q(models.Q(("part_of", models.F("pk")), _negated=True), ("value__isnull", False)), _connector="OR"), name="target_part_is_counted"),
        ),
        migrations.AddConstraint(
            model_name="taskrole",
            constraint=models.CheckConstraint(condition=models.Q(("kind__in", ["lead", "coordinator", "member"])), name="taskrole_kind_known"),
        ),
        migrations.AddConstraint(
            model_name="taskrole",
            constraint=models.CheckConstraint(condition=models.Q(models.Q(("group__isnull", False), ("kind", "member")), models.Q(models.Q(("kind", "member"), _negated=True), ("group", None)), _connector="OR"), name="taskrole_member_of_a_group"),
        ),
        migrations.AddField(
            model_name="directionpaper",
            name="unit",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="direction_papers", to="agencies.adminunit"),
        ),
        migrations.AddField(
            model_name="task",
            name="direction",
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="tasks", to="coordination.directionpaper"),
        ),
        migrations.AddConstraint(
            model_name="task",
            constraint=models.CheckConstraint(condition=models.Q(("schedule_kind__in", ["on_day", "before_day", "range", "month", "quarter", "half_year", "whole_year", "ongoing", "on_occurrence", "each_month", "each_quarter", "each_half_year", "quarters", "waves", "after_task", "open_ended"])), name="task_schedule_known"),
        ),
        migrations.AddConstraint(
            model_name="task",
            constraint=models.CheckConstraint(condition=models.Q(models.Q(("due_on", None), ("schedule_kind__in", ("ongoing", "on_occurrence", "open_ended"))), ("schedule_kind__in", ("after_task",)), models.Q(models.Q(("schedule_kind__in", ("ongoing", "on_occurrence", "open_ended", "after_task")), _negated=True), ("due_on__isnull", False)), _connector="OR"), name="task_due_fits_schedule", violation_error_message="This schedule and this due date do not go together"),
        ),
        migrations.AddConstraint(
            model_name="task",
            constraint=models.CheckConstraint(condition=models.Q(models.Q(("schedule_kind__in", ("month", "quarter", "half_year", "quarters")), ("schedule_number__gte", 1), ("schedule_number__isnull", False), ("schedule_number__lte", 12)), models.Q(models.Q(("schedule_kind__in", ("month", "quarter", "half_year", "quarters")), _negated=True), ("schedule_number", None)), _connector="OR"), name="task_number_fits_schedule"),
        ),
        migrations.AddConstraint(
            model_name="task",
            constraint=models.CheckConstraint(condition=models.Q(models.Q(("schedule_kind", "quarters"), ("schedule_until__gt", models.F("schedule_number")), ("schedule_until__lte", 4)), models.Q(models.Q(("schedule_kind", "quarters"), _negated=True), ("schedule_until", None)), _connector="OR"), name="task_until_fits_schedule"),
        ),
        migrations.AddConstraint(
            model_name="task",
            constraint=models.CheckConstraint(condition=models.Q(("due_time", None), ("schedule_kind__in", ("on_day", "before_day", "range")), _connector="OR"), name="task_time_fits_schedule"),
        ),
        migrations.AddConstraint(
            model_name="task",
            constraint=models.CheckConstraint(condition=models.Q(models.Q(("follows__isnull", False), ("schedule_kind__in", ("after_task",))), models.Q(models.Q(("schedule_kind__in", ("after_task",)), _negated=True), ("follows", None), ("within_days", None)), _connector="OR"), name="task_follows_fits_schedule"),
        ),
        migrations.AddConstraint(
            model_name="task",
            constraint=models.CheckConstraint(condition=models.Q(("follows", None), models.Q(("follows", models.F("pk")), _negated=True), _connector="OR"), name="task_not_following_itself"),
        ),
        migrations.AddConstraint(
            model_name="task",
            constraint=models.CheckConstraint(condition=models.Q(("proof", ""), ("proof__in", ["minutes", "report", "photo", "document"]), _connector="OR"), name="task_proof_known"),
        ),
        migrations.AddField(
            model_name="taskstep",
            name="agency",
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="task_steps", to="agencies.agency"),
        ),
        migrations.AddField(
            model_name="taskstep",
            name="by",
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.membership"),
        ),
        migrations.AddField(
            model_name="taskstep",
            name="task",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="steps", to="coordination.task"),
        ),
        migrations.AddConstraint(
            model_name="directionpaper",
            constraint=models.UniqueConstraint(fields=("unit", "number_folded", "issued_on"), name="directionpaper_once_in_unit"),
        ),
        migrations.AddIndex(
            model_name="taskstep",
            index=models.Index(condition=models.Q(("done_on", None)), fields=["due_on"], name="taskstep_open_due"),
        ),
        migrations.AddConstraint(
            model_name="taskstep",
            constraint=models.UniqueConstraint(fields=("task", "kind", "position"), name="taskstep_one_place"),
        ),
        migrations.AddConstraint(
            model_name="taskstep",
            constraint=models.CheckConstraint(condition=models.Q(("kind__in", ["item", "wave", "period"])), name="taskstep_kind_known"),
        ),
        migrations.AddConstraint(
            model_name="taskstep",
            constraint=models.CheckConstraint(condition=models.Q(models.Q(("kind", "item"), _negated=True), models.Q(("title", ""), _negated=True), _connector="OR"), name="taskstep_part_is_named", violation_error_message="Name the part of the work"),
        ),
        migrations.AddConstraint(
            model_name="taskstep",
            constraint=models.CheckConstraint(condition=models.Q(("start_on", None), ("due_on__gte", models.F("start_on")), _connector="OR"), name="taskstep_due_after_start"),
        ),
        migrations.AddConstraint(
            model_name="taskstep",
            constraint=models.CheckConstraint(condition=models.Q(models.Q(("by", None), ("done_on", None), ("reported_at", None)), models.Q(("by__isnull", False), ("done_on__isnull", False), ("reported_at__isnull", False)), _connector="OR"), name="taskstep_done_is_told"),
        ),
        migrations.RunPython(tell_what_targets_measure, migrations.RunPython.noop),
        migrations.RunPython(give_recurring_work_its_turns, migrations.RunPython.noop),
    ]
