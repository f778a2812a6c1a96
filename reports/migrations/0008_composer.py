"""Reports written block by block."""

import django.db.models.deletion
from django.db import migrations, models

import records.fields
from records.constraints import AppendOnly, Lift


class Migration(migrations.Migration):
    dependencies = [("reports", "0007_verification"), ("coordination", "0023_paper_kinds"), ("agencies", "0009_certificates")]

    operations = [
        Lift(AppendOnly("reports_issueddocument")),
        migrations.CreateModel(
            name='ComposedReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('conference', 'Report of a conference'), ('program', "Report of a program's year")], max_length=10)),
                ('year', models.PositiveSmallIntegerField()),
                ('cut_off_on', models.DateField()),
                ('state', models.CharField(choices=[('draft', 'Being written'), ('submitted', 'Submitted for signature'), ('returned', 'Returned'), ('approved', 'Approved for signature')], default='draft', max_length=10)),
                ('returned_reason', records.fields.Prose(blank=True)),
                ('begun_at', models.DateTimeField()),
                ('moved_at', models.DateTimeField(blank=True, null=True)),
                ('revision', models.PositiveIntegerField(default=1)),
            ],
            options={
                'ordering': ['-year', '-begun_at'],
            },
        ),
        migrations.CreateModel(
            name='FrozenFigures',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('as_of', models.DateField()),
                ('taken_at', models.DateTimeField()),
                ('counts', models.JSONField()),
                ('annexes', models.JSONField()),
                ('digest', models.CharField(max_length=64)),
            ],
            options={
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='PartTemplate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('conference', 'Report of a conference'), ('program', "Report of a program's year")], max_length=10)),
                ('key', models.CharField(max_length=60)),
                ('text', records.fields.Prose(blank=True)),
                ('changed_at', models.DateTimeField()),
                ('revision', models.PositiveIntegerField(default=1)),
            ],
            options={
                'ordering': ['agency_id', 'kind', 'key'],
            },
        ),
        migrations.CreateModel(
            name='ReportBlock',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('key', models.CharField(max_length=60)),
                ('part', models.CharField(choices=[('opening', 'Opening'), ('section', 'Section'), ('closing', 'Closing'), ('recipients', 'Recipients'), ('annex', 'Annex')], default='section', max_length=10)),
                ('level', models.PositiveSmallIntegerField(default=1)),
                ('heading', records.fields.Line(blank=True, max_length=300)),
                ('generated', records.fields.Prose(blank=True)),
                ('own', records.fields.Prose(blank=True)),
                ('is_own', models.BooleanField(default=False)),
                ('is_included', models.BooleanField(default=True)),
                ('is_needed', models.BooleanField(default=False)),
                ('edited_at', models.DateTimeField(blank=True, null=True)),
                ('revision', models.PositiveIntegerField(default=1)),
            ],
            options={
                'ordering': ['position', 'pk'],
            },
        ),
        migrations.RemoveConstraint(
            model_name='issueddocument',
            name='issueddocument_is_about_one_thing',
        ),
        migrations.RemoveConstraint(
            model_name='registration',
            name='registration_is_about_one_thing',
        ),
        migrations.AlterField(
            model_name='issueddocument',
            name='kind',
            field=models.CharField(choices=[('program', 'Program'), ('amendment', 'Amendment of a program'), ('task_annex', 'Annex of tasks'), ('comment_table', 'Table of comments'), ('party_report', 'Report of a party'), ('conference_report', 'Evaluation-conference report'), ('year_report', "Report of a program's year"), ('invitation', 'Invitation'), ('own_invitation', 'Invitation of one seat'), ('name_plates', 'Name plates'), ('sign_in_sheet', 'Sign-in sheet'), ('minutes', 'Minutes'), ('conclusion_notice', 'Notice of conclusions'), ('urging_letter', 'Urging letter'), ('evidence_sheet', 'Signing evidence sheet')], max_length=20),
        ),
        migrations.AlterField(
            model_name='registration',
            name='kind',
            field=models.CharField(choices=[('program', 'Program'), ('amendment', 'Amendment of a program'), ('task_annex', 'Annex of tasks'), ('comment_table', 'Table of comments'), ('party_report', 'Report of a party'), ('conference_report', 'Evaluation-conference report'), ('year_report', "Report of a program's year"), ('invitation', 'Invitation'), ('own_invitation', 'Invitation of one seat'), ('name_plates', 'Name plates'), ('sign_in_sheet', 'Sign-in sheet'), ('minutes', 'Minutes'), ('conclusion_notice', 'Notice of conclusions'), ('urging_letter', 'Urging letter'), ('evidence_sheet', 'Signing evidence sheet')], max_length=20),
        ),
        migrations.AddField(
            model_name='composedreport',
            name='begun_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.membership'),
        ),
        migrations.AddField(
            model_name='composedreport',
            name='conference',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='composed', to='coordination.conference'),
        ),
        migrations.AddField(
            model_name='composedreport',
            name='issuer',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='composed_reports', to='agencies.agency'),
        ),
        migrations.AddField(
            model_name='composedreport',
            name='moved_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.membership'),
        ),
        migrations.AddField(
            model_name='composedreport',
            name='program',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='composed', to='coordination.program'),
        ),
        migrations.AddField(
            model_name='composedreport',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='composed_reports', to='agencies.adminunit'),
        ),
        migrations.AddField(
            model_name='issueddocument',
            name='composed',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='reports.composedreport'),
        ),
        migrations.AddField(
            model_name='registration',
            name='composed',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='registrations', to='reports.composedreport'),
        ),
        migrations.AddConstraint(
            model_name='issueddocument',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('composed__isnull', True), ('conference__isnull', True), ('kind', 'program'), ('party_report__isnull', True), ('program__isnull', False), ('urging_letter__isnull', True)), models.Q(('composed__isnull', True), ('conference__isnull', True), ('kind', 'amendment'), ('party_report__isnull', True), ('program__isnull', False), ('urging_letter__isnull', True)), models.Q(('composed__isnull', True), ('conference__isnull', False), ('kind', 'conference_report'), ('party_report__isnull', True), ('program__isnull', True), ('urging_letter__isnull', True)), models.Q(('composed__isnull', True), ('conference__isnull', False), ('kind', 'invitation'), ('party_report__isnull', True), ('program__isnull', True), ('urging_letter__isnull', True)), models.Q(('composed__isnull', True), ('conference__isnull', False), ('kind', 'minutes'), ('party_report__isnull', True), ('program__isnull', True), ('urging_letter__isnull', True)), models.Q(('composed__isnull', True), ('conference__isnull', False), ('kind', 'conclusion_notice'), ('party_report__isnull', True), ('program__isnull', True), ('urging_letter__isnull', True)), models.Q(('composed__isnull', True), ('conference__isnull', True), ('kind', 'party_report'), ('party_report__isnull', False), ('program__isnull', True), ('urging_letter__isnull', True)), models.Q(('composed__isnull', True), ('conference__isnull', True), ('kind', 'urging_letter'), ('party_report__isnull', True), ('program__isnull', True), ('urging_letter__isnull', False)), models.Q(('composed__isnull', False), ('conference__isnull', True), ('kind', 'year_report'), ('party_report__isnull', True), ('program__isnull', True), ('urging_letter__isnull', True)), _connector='OR'), name='issueddocument_is_about_one_thing'),
        ),
        migrations.AddConstraint(
            model_name='issueddocument',
            constraint=models.UniqueConstraint(condition=models.Q(('composed__isnull', False)), fields=('kind', 'composed', 'content_digest'), name='issueddocument_composed_once'),
        ),
        migrations.AddConstraint(
            model_name='registration',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('composed__isnull', True), ('conference__isnull', False), ('kind', 'conference_report'), ('party_report__isnull', True), ('urging_letter__isnull', True)), models.Q(('composed__isnull', True), ('conference__isnull', False), ('kind', 'invitation'), ('party_report__isnull', True), ('urging_letter__isnull', True)), models.Q(('composed__isnull', True), ('conference__isnull', False), ('kind', 'minutes'), ('party_report__isnull', True), ('urging_letter__isnull', True)), models.Q(('composed__isnull', True), ('conference__isnull', False), ('kind', 'conclusion_notice'), ('party_report__isnull', True), ('urging_letter__isnull', True)), models.Q(('composed__isnull', True), ('conference__isnull', True), ('kind', 'party_report'), ('party_report__isnull', False), ('urging_letter__isnull', True)), models.Q(('composed__isnull', True), ('conference__isnull', True), ('kind', 'urging_letter'), ('party_report__isnull', True), ('urging_letter__isnull', False)), models.Q(('composed__isnull', False), ('conference__isnull', True), ('kind', 'year_report'), ('party_report__isnull', True), ('urging_letter__isnull', True)), _connector='OR'), name='registration_is_about_one_thing'),
        ),
        migrations.AddField(
            model_name='frozenfigures',
            name='report',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='frozen', to='reports.composedreport'),
        ),
        migrations.AddField(
            model_name='frozenfigures',
            name='taken_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.membership'),
        ),
        migrations.AddField(
            model_name='parttemplate',
            name='agency',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='part_templates', to='agencies.agency'),
        ),
        migrations.AddField(
            model_name='parttemplate',
            name='changed_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.membership'),
        ),
        migrations.AddField(
            model_name='reportblock',
            name='edited_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.membership'),
        ),
        migrations.AddField(
            model_name='reportblock',
            name='report',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='blocks', to='reports.composedreport'),
        ),
        migrations.AddConstraint(
            model_name='composedreport',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('conference__isnull', False), ('kind', 'conference'), ('program__isnull', True)), models.Q(('conference__isnull', True), ('kind', 'program'), ('program__isnull', False)), _connector='OR'), name='composedreport_is_about_one_thing'),
        ),
        migrations.AddConstraint(
            model_name='composedreport',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'submitted', 'returned', 'approved'])), name='composedreport_state_known'),
        ),
        migrations.AddConstraint(
            model_name='composedreport',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'returned'), models.Q(('returned_reason', ''), _negated=True)), models.Q(models.Q(('state', 'returned'), _negated=True), ('returned_reason', '')), _connector='OR'), name='composedreport_return_has_reason'),
        ),
        migrations.AddConstraint(
            model_name='composedreport',
            constraint=models.UniqueConstraint(condition=models.Q(('program__isnull', False)), fields=('program', 'year', 'issuer'), name='composedreport_program_year_once'),
        ),
        migrations.AddConstraint(
            model_name='parttemplate',
            constraint=models.UniqueConstraint(fields=('agency', 'kind', 'key'), name='parttemplate_once'),
        ),
        migrations.AddConstraint(
            model_name='reportblock',
            constraint=models.UniqueConstraint(fields=('report', 'key'), name='reportblock_key_once'),
        ),
        migrations.AddConstraint(
            model_name='reportblock',
            constraint=models.CheckConstraint(condition=models.Q(('level__gte', 1), ('level__lte', 3)), name='reportblock_level_known'),
        ),
        AppendOnly("reports_issueddocument"),
        AppendOnly("reports_frozenfigures"),
    ]
