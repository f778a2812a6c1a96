import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.utils.crypto import salted_hmac

import records.constraints
import records.fields


def seal_the_head(apps, schema_editor):
    """An audit chain begins empty and sealed."""
    sealed = salted_hmac("records.audit.head", "0:", secret=settings.SECRET_KEY, algorithm="sha256").hexdigest()
    apps.get_model("records", "AuditHead").objects.create(id=1, sequence=0, digest="", seal=sealed)


class Migration(migrations.Migration):

    replaces = [('records', '0001_initial'), ('records', '0002_append_only'), ('records', '0003_audit'), ('records', '0004_mail'), ('records', '0005_workdays'), ('records', '0006_scans'), ('records', '0007_jobs')]

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='AuditEntry',
            fields=[
                ('sequence', models.BigIntegerField(primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('local_at', models.CharField(blank=True, max_length=32)),
                ('action', models.CharField(choices=[('created', 'Created'), ('changed', 'Changed'), ('moved', 'Moved to another state'), ('reported', 'Reported progress'), ('exported', 'Exported'), ('issued', 'Issued'), ('signed_in', 'Signed in'), ('signed_out', 'Signed out'), ('sign_in_failed', 'Sign-in failed'), ('refused', 'Refused'), ('locked_out', 'Locked out after wrong tries'), ('downloaded', 'Downloaded'), ('invited', 'Invited'), ('ended', 'Ended'), ('handed_over', 'Handed over'), ('undone', 'Undone')], max_length=40)),
                ('actor_id', models.BigIntegerField(null=True)),
                ('actor_label', models.CharField(blank=True, max_length=300)),
                ('user_id', models.BigIntegerField(null=True)),
                ('user_name', models.CharField(blank=True, max_length=150)),
                ('role', models.CharField(blank=True, max_length=20)),
                ('role_label', models.CharField(blank=True, max_length=60)),
                ('agency_id', models.BigIntegerField(db_index=True, null=True)),
                ('agency_label', models.CharField(blank=True, max_length=200)),
                ('unit_id', models.BigIntegerField(null=True)),
                ('object_kind', models.CharField(blank=True, max_length=60)),
                ('object_id', models.BigIntegerField(null=True)),
                ('object_code', models.CharField(blank=True, max_length=60)),
                ('object_label', models.CharField(blank=True, max_length=400)),
                ('before', models.JSONField(default=dict)),
                ('after', models.JSONField(default=dict)),
                ('address', models.CharField(blank=True, max_length=45)),
                ('request_id', models.CharField(blank=True, max_length=36)),
                ('layout', models.PositiveSmallIntegerField(default=1)),
                ('previous_digest', models.CharField(blank=True, max_length=64)),
                ('digest', models.CharField(max_length=64, unique=True)),
            ],
            options={
                'ordering': ['sequence'],
                'indexes': [models.Index(fields=['object_kind', 'object_id'], name='auditentry_object'), models.Index(fields=['at'], name='auditentry_at'), models.Index(fields=['unit_id', 'sequence'], name='auditentry_unit'), models.Index(fields=['user_id', 'sequence'], name='auditentry_user'), models.Index(fields=['user_name', 'sequence'], name='auditentry_user_name'), models.Index(fields=['action', 'sequence'], name='auditentry_action'), models.Index(fields=['object_kind', 'sequence'], name='auditentry_kind'), models.Index(fields=['address', 'sequence'], name='auditentry_address'), models.Index(fields=['request_id'], name='auditentry_request')],
            },
        ),
        migrations.CreateModel(
            name='AuditHead',
            fields=[
                ('id', models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ('sequence', models.BigIntegerField()),
                ('digest', models.CharField(blank=True, max_length=64)),
                ('seal', models.CharField(blank=True, max_length=64)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('id', 1)), name='audithead_is_one')],
            },
        ),
        migrations.CreateModel(
            name='Job',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=40)),
                ('title', records.fields.Line(max_length=400)),
                ('key', models.CharField(max_length=200)),
                ('values', models.JSONField(default=dict)),
                ('asked_by', models.BigIntegerField()),
                ('unit_id', models.BigIntegerField(null=True)),
                ('address', models.CharField(blank=True, max_length=45)),
                ('request_id', models.CharField(blank=True, max_length=36)),
                ('asked_from', models.CharField(blank=True, max_length=500)),
                ('leads_to', models.CharField(blank=True, max_length=500)),
                ('state', models.CharField(choices=[('waiting', 'Waiting for its turn'), ('running', 'Being made'), ('done', 'Ready'), ('failed', 'Not made')], default='waiting', max_length=10)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('done', models.PositiveIntegerField(default=0)),
                ('total', models.PositiveIntegerField(default=0)),
                ('reason', records.fields.Line(blank=True, max_length=500)),
                ('asked_at', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
                ('told_at', models.DateTimeField(null=True)),
                ('started_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('holder', models.CharField(blank=True, max_length=32)),
                ('lease_until', models.DateTimeField(null=True)),
                ('result_name', records.fields.Line(blank=True, max_length=150)),
                ('result_type', models.CharField(blank=True, max_length=100)),
                ('result_sha256', models.CharField(blank=True, max_length=64)),
                ('result_bytes', models.PositiveBigIntegerField(default=0)),
            ],
            options={
                'ordering': ['-asked_at', '-pk'],
                'indexes': [models.Index(fields=['state', 'due_at'], name='job_due')],
                'constraints': [models.UniqueConstraint(fields=('asked_by', 'key'), name='job_once_for_a_person'), models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'running', 'done', 'failed'])), name='job_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('lease_until__isnull', False), ('state', 'running'), models.Q(('holder', ''), _negated=True)), models.Q(models.Q(('state', 'running'), _negated=True), ('holder', ''), ('lease_until', None)), _connector='OR'), name='job_held_while_it_runs'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', False), ('state__in', ('done', 'failed'))), models.Q(('ended_at', None), ('state__in', ('waiting', 'running'))), _connector='OR'), name='job_ended_at_its_end'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'failed'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='job_says_why_it_failed'), models.CheckConstraint(condition=models.Q(('done__lte', models.F('total')), ('total', 0), _connector='OR'), name='job_done_within_total')],
            },
        ),
        migrations.CreateModel(
            name='OutgoingMail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('to', models.EmailField(max_length=254)),
                ('subject', records.fields.Line(max_length=200)),
                ('body', records.fields.Prose(blank=True)),
                ('state', models.CharField(choices=[('waiting', 'Waiting to be sent'), ('sent', 'Sent'), ('given_up', 'Could not be sent')], default='waiting', max_length=10)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('written_at', models.DateTimeField()),
                ('next_try_at', models.DateTimeField()),
                ('useless_at', models.DateTimeField(blank=True, null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('last_fault', records.fields.Line(blank=True, max_length=300)),
            ],
            options={
                'indexes': [models.Index(fields=['state', 'next_try_at'], name='outgoingmail_due')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'sent', 'given_up'])), name='outgoingmail_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('state', 'waiting')), models.Q(('body', ''), ('ended_at__isnull', False)), _connector='OR'), name='outgoingmail_words_go_with_the_end')],
            },
        ),
        migrations.CreateModel(
            name='StoredFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', records.fields.Line(max_length=150)),
                ('kind', models.CharField(choices=[('pdf', 'PDF'), ('docx', 'Word'), ('xlsx', 'Excel'), ('jpg', 'JPG picture'), ('png', 'PNG picture')], max_length=10)),
                ('size_bytes', models.PositiveBigIntegerField()),
                ('sha256', models.CharField(db_index=True, max_length=64)),
                ('stored_at', models.DateTimeField()),
                ('scan', models.CharField(choices=[('unneeded', 'No scanner'), ('waiting', 'Not scanned yet'), ('clean', 'No virus found'), ('infected', 'Virus found')], default='unneeded', max_length=10)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('scan__in', ['unneeded', 'waiting', 'clean', 'infected'])), name='storedfile_scan_known'), models.CheckConstraint(condition=models.Q(('size_bytes__gt', 0)), name='storedfile_not_empty')],
            },
        ),
        migrations.CreateModel(
            name='WorkYear',
            fields=[
                ('year', models.PositiveSmallIntegerField(primary_key=True, serialize=False)),
                ('source', records.fields.Line(blank=True, max_length=400, verbose_name='source')),
                ('changed_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('year__gte', 2000), ('year__lte', 2100)), name='workyear_in_range')],
            },
        ),
        migrations.CreateModel(
            name='SpecialDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(unique=True, verbose_name='day')),
                ('kind', models.CharField(choices=[('holiday', 'Public holiday'), ('in_lieu', 'Day off for a holiday at a weekend'), ('swapped', 'Working day given free, worked on another'), ('worked', 'Day of rest worked instead')], max_length=10, verbose_name='kind')),
                ('name', records.fields.Line(max_length=120, verbose_name='name')),
                ('year', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='days', to='records.workyear')),
            ],
            options={
                'ordering': ['day'],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['holiday', 'in_lieu', 'swapped', 'worked'])), name='specialday_kind_known'), models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='specialday_has_name')],
            },
        ),
        records.constraints.AppendOnly(
            table='records_auditentry',
        ),
        migrations.RunPython(
            code=seal_the_head,
            reverse_code=migrations.RunPython.noop,
        ),
        records.constraints.ForwardOnly(
            table='records_audithead',
            column='sequence',
        ),
        records.constraints.Frozen(
            table='records_storedfile',
            columns=['name', 'kind', 'size_bytes', 'sha256', 'stored_at'],
            once=[],
        ),
    ]
