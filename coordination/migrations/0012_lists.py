"""Views of the task list that are kept, acts on many tasks, the bin, and a column that sorts titles."""

import django.db.models.deletion
from django.db import migrations, models

import records.fields
from records import text

_AT_ONCE = 1000


def sort_titles(apps, schema_editor):
    """Fill in the sorting form of the titles there are."""
    manager = apps.get_model("coordination", "Task").objects
    waiting = []
    for task in manager.only("pk", "title").order_by("pk").iterator(_AT_ONCE):
        task.title_sorted = text.sort_key(task.title)[:2000]
        waiting.append(task)
        if len(waiting) == _AT_ONCE:
            manager.bulk_update(waiting, ["title_sorted"])
            waiting = []
    manager.bulk_update(waiting, ["title_sorted"])


class Migration(migrations.Migration):
    dependencies = [("agencies", "0006_reorganisation"), ("coordination", "0011_tasks")]

    operations = [
        migrations.AddField(
            model_name="task",
            name="title_sorted",
            field=records.fields.Folded(blank=True, by="sort_key", default="", editable=False, max_length=2000, of=("title",)),
            preserve_default=False,
        ),
        migrations.AddField(model_name="task", name="binned_at", field=models.DateTimeField(blank=True, null=True)),
        migrations.AddField(
            model_name="task",
            name="binned_by",
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.membership"),
        ),
        migrations.AddConstraint(
            model_name="task",
            constraint=models.CheckConstraint(
                condition=models.Q(("binned_at", None), ("binned_by", None)) | models.Q(("binned_at__isnull", False), ("binned_by__isnull", False)),
                name="task_binned_by_someone",
            ),
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(
                fields=["program"],
                include=("id", "ordinal", "area", "state", "deadline", "completed_on", "start_on", "due_on", "binned_at"),
                name="task_counted",
            ),
        ),
        migrations.AddIndex(
            model_name="taskrole",
            index=models.Index(condition=models.Q(("kind", "lead")), fields=["task", "position", "agency"], name="taskrole_leads"),
        ),
        migrations.CreateModel(
            name="SavedView",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", records.fields.Line(max_length=60, verbose_name="name of the view")),
                ("query", models.CharField(blank=True, max_length=4000)),
                ("is_shared", models.BooleanField(default=False)),
                ("is_pinned", models.BooleanField(default=True)),
                ("saved_at", models.DateTimeField()),
                ("agency", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="saved_views", to="agencies.agency")),
                ("member", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="saved_views", to="agencies.membership")),
            ],
            options={
                "ordering": ["name", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("member", "name"), name="savedview_name_once", violation_error_message="You have a view of this name already"),
                    models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="savedview_has_name"),
                ],
            },
        ),
        migrations.CreateModel(
            name="BulkChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("act", models.CharField(choices=[("remind", "Remind the lead agency"), ("extend", "Extend"), ("area", "Change area"), ("confirm", "Confirm completion"), ("bin", "Delete")], max_length=10)),
                ("at", models.DateTimeField()),
                ("reason", records.fields.Prose(blank=True)),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
                ("by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.membership")),
                ("undone_by", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.membership")),
            ],
            options={
                "ordering": ["-at", "-pk"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("act__in", ["remind", "extend", "area", "confirm", "bin"])), name="bulkchange_act_known"),
                    models.CheckConstraint(
                        condition=models.Q(("undone_at", None), ("undone_by", None)) | models.Q(("undone_at__isnull", False), ("undone_by__isnull", False)),
                        name="bulkchange_undone_by_someone",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("undone_at", None), ("undone_at__gte", models.F("at")), _connector="OR"),
                        name="bulkchange_undone_afterwards",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BulkChangeRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("old_due_on", models.DateField(blank=True, null=True)),
                ("new_due_on", models.DateField(blank=True, null=True)),
                ("told", models.PositiveSmallIntegerField(default=0)),
                ("change", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="rows", to="coordination.bulkchange")),
                ("new_area", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="coordination.area")),
                ("old_area", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="coordination.area")),
                ("task", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="bulk_changes", to="coordination.task")),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [models.UniqueConstraint(fields=("change", "task"), name="bulkchangerow_task_once")],
            },
        ),
        migrations.RunPython(sort_titles, migrations.RunPython.noop, elidable=True),
    ]
