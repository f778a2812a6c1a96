"""Settled tasks are counted as they settle; indexes that hold all a year is counted by."""

import django.db.models.deletion
from django.db import migrations, models

from coordination.figures.settled import SETTLED


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0009_certificates'),
        ('coordination', '0031_conference_notices'),
    ]

    operations = [
        migrations.CreateModel(
            name='SettledCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('program', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='coordination.program')),
                ('bucket', models.CharField(choices=[('done_on_time', 'Completed on time'), ('done_late', 'Completed late'), ('in_time', 'Within the deadline'), ('overdue', 'Overdue'), ('no_deadline', 'Ongoing, no deadline')], max_length=15)),
                ('starts', models.SmallIntegerField(null=True)),
                ('ends', models.SmallIntegerField(null=True)),
                ('count', models.IntegerField()),
            ],
        ),
        migrations.RemoveIndex(
            model_name='task',
            name='task_counted',
        ),
        migrations.AddIndex(
            model_name='target',
            index=models.Index(condition=models.Q(('position', 1)), fields=['task'], include=('value',), name='target_first'),
        ),
        migrations.AddIndex(
            model_name='task',
            index=models.Index(fields=['program'], include=('id', 'ordinal', 'area', 'state', 'deadline', 'completed_on', 'start_on', 'due_on', 'binned_at', 'last_value'), name='task_counted'),
        ),
        migrations.AddIndex(
            model_name='taskrole',
            index=models.Index(fields=['task'], include=('id', 'agency', 'kind', 'position', 'body', 'office'), name='taskrole_counted'),
        ),
        migrations.AddConstraint(
            model_name='settledcount',
            constraint=models.CheckConstraint(condition=models.Q(('bucket__in', ['done_on_time', 'done_late', 'in_time', 'overdue', 'no_deadline'])), name='settledcount_bucket_known'),
        ),
        SETTLED,
    ]
