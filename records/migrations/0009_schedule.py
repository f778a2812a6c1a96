"""What the portal does by itself has rows of its own; a letter that was given up can keep its words for a while."""

import records.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0008_mail_enclosed'),
    ]

    operations = [
        migrations.CreateModel(
            name='ScheduledJob',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=40, unique=True)),
                ('next_at', models.DateTimeField()),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('holder', models.CharField(blank=True, max_length=32)),
                ('lease_until', models.DateTimeField(null=True)),
                ('started_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('succeeded_at', models.DateTimeField(null=True)),
                ('outcome', models.CharField(blank=True, choices=[('done', 'Done'), ('failed', 'Failed')], max_length=10)),
                ('told', records.fields.Line(blank=True, max_length=500)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='outgoingmail',
            name='outgoingmail_words_go_with_the_end',
        ),
        migrations.AddField(
            model_name='job',
            name='is_refused',
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name='outgoingmail',
            name='language',
            field=models.CharField(blank=True, db_default='', default='', max_length=5),
        ),
        migrations.AddConstraint(
            model_name='outgoingmail',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('state', 'waiting')), models.Q(('ended_at__isnull', False), ('state', 'given_up')), models.Q(('body', ''), ('ended_at__isnull', False), ('state', 'sent')), _connector='OR'), name='outgoingmail_words_go_with_the_end'),
        ),
        migrations.AddConstraint(
            model_name='scheduledjob',
            constraint=models.CheckConstraint(condition=models.Q(('outcome__in', ['', 'done', 'failed'])), name='scheduledjob_outcome_known'),
        ),
        migrations.AddConstraint(
            model_name='scheduledjob',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('holder', ''), ('lease_until', None)), models.Q(('lease_until__isnull', False), models.Q(('holder', ''), _negated=True)), _connector='OR'), name='scheduledjob_held_while_it_runs'),
        ),
        migrations.AddConstraint(
            model_name='scheduledjob',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'failed'), _negated=True), models.Q(('told', ''), _negated=True), _connector='OR'), name='scheduledjob_says_why_it_failed'),
        ),
    ]
