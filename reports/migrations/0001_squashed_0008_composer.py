import django.db.models.deletion
import records.constraints
import records.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('reports', '0001_initial'), ('reports', '0002_append_only'), ('reports', '0003_never_emptied'), ('reports', '0004_document_search'), ('reports', '0005_paper_kinds'), ('reports', '0006_signing'), ('reports', '0007_verification'), ('reports', '0008_composer')]

    initial = True

    dependencies = [
        ('agencies', '0001_squashed_0009_certificates'),
        ('coordination', '0001_squashed_0031_conference_notices'),
        ('records', '0001_squashed_0007_jobs'),
    ]

    operations = [
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
                ('begun_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.membership')),
                ('conference', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='composed', to='coordination.conference')),
                ('issuer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='composed_reports', to='agencies.agency')),
                ('moved_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.membership')),
                ('program', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='composed', to='coordination.program')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='composed_reports', to='agencies.adminunit')),
            ],
            options={
                'ordering': ['-year', '-begun_at'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('conference__isnull', False), ('kind', 'conference'), ('program__isnull', True)), models.Q(('conference__isnull', True), ('kind', 'program'), ('program__isnull', False)), _connector='OR'), name='composedreport_is_about_one_thing'), models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'submitted', 'returned', 'approved'])), name='composedreport_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'returned'), models.Q(('returned_reason', ''), _negated=True)), models.Q(models.Q(('state', 'returned'), _negated=True), ('returned_reason', '')), _connector='OR'), name='composedreport_return_has_reason'), models.UniqueConstraint(condition=models.Q(('program__isnull', False)), fields=('program', 'year', 'issuer'), name='composedreport_program_year_once')],
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
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='frozen', to='reports.composedreport')),
                ('taken_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.membership')),
            ],
            options={
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='IssuedDocument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('program', 'Program'), ('amendment', 'Amendment of a program'), ('task_annex', 'Annex of tasks'), ('comment_table', 'Table of comments'), ('party_report', 'Report of a party'), ('conference_report', 'Evaluation-conference report'), ('year_report', "Report of a program's year"), ('invitation', 'Invitation'), ('own_invitation', 'Invitation of one seat'), ('name_plates', 'Name plates'), ('sign_in_sheet', 'Sign-in sheet'), ('minutes', 'Minutes'), ('conclusion_notice', 'Notice of conclusions'), ('urging_letter', 'Urging letter'), ('evidence_sheet', 'Signing evidence sheet')], max_length=20)),
                ('title', records.fields.Line(max_length=400)),
                ('document_number', models.PositiveIntegerField(blank=True, null=True)),
                ('document_symbol', records.fields.Line(blank=True, max_length=60)),
                ('text_folded', records.fields.Folded(blank=True, by='fold', editable=False, max_length=2000, of=('printed_number', 'title'))),
                ('dated_on', models.DateField()),
                ('content_digest', models.CharField(max_length=64)),
                ('code', models.CharField(blank=True, db_index=True, max_length=12)),
                ('version_label', models.CharField(blank=True, max_length=12)),
                ('printed_digest', models.CharField(blank=True, max_length=64)),
                ('issuer', records.fields.Line(blank=True, max_length=400)),
                ('issued_at', models.DateTimeField()),
                ('composed', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='reports.composedreport')),
                ('conference', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='coordination.conference')),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='issued_as', to='records.storedfile')),
                ('issued_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.membership')),
                ('party_report', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='coordination.partyreport')),
                ('program', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='coordination.program')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='issued_documents', to='agencies.adminunit')),
                ('urging_letter', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='coordination.urgingletter')),
            ],
            options={
                'ordering': ['-issued_at', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('composed__isnull', True), ('conference__isnull', True), ('kind', 'program'), ('party_report__isnull', True), ('program__isnull', False), ('urging_letter__isnull', True)), models.Q(('composed__isnull', True), ('conference__isnull', True), ('kind', 'amendment'), ('party_report__isnull', True), ('program__isnull', False), ('urging_letter__isnull', True)), models.Q(('composed__isnull', True), ('conference__isnull', False), ('kind', 'conference_report'), ('party_report__isnull', True), ('program__isnull', True), ('urging_letter__isnull', True)), models.Q(('composed__isnull', True), ('conference__isnull', False), ('kind', 'invitation'), ('party_report__isnull', True), ('program__isnull', True), ('urging_letter__isnull', True)), models.Q(('composed__isnull', True), ('conference__isnull', False), ('kind', 'minutes'), ('party_report__isnull', True), ('program__isnull', True), ('urging_letter__isnull', True)), models.Q(('composed__isnull', True), ('conference__isnull', False), ('kind', 'conclusion_notice'), ('party_report__isnull', True), ('program__isnull', True), ('urging_letter__isnull', True)), models.Q(('composed__isnull', True), ('conference__isnull', True), ('kind', 'party_report'), ('party_report__isnull', False), ('program__isnull', True), ('urging_letter__isnull', True)), models.Q(('composed__isnull', True), ('conference__isnull', True), ('kind', 'urging_letter'), ('party_report__isnull', True), ('program__isnull', True), ('urging_letter__isnull', False)), models.Q(('composed__isnull', False), ('conference__isnull', True), ('kind', 'year_report'), ('party_report__isnull', True), ('program__isnull', True), ('urging_letter__isnull', True)), _connector='OR'), name='issueddocument_is_about_one_thing'), models.UniqueConstraint(condition=models.Q(('program__isnull', False)), fields=('kind', 'program', 'content_digest'), name='issueddocument_program_once'), models.UniqueConstraint(condition=models.Q(('conference__isnull', False)), fields=('kind', 'conference', 'content_digest'), name='issueddocument_conference_once'), models.UniqueConstraint(condition=models.Q(('party_report__isnull', False)), fields=('kind', 'party_report', 'content_digest'), name='issueddocument_party_report_once'), models.UniqueConstraint(condition=models.Q(('urging_letter__isnull', False)), fields=('kind', 'urging_letter', 'content_digest'), name='issueddocument_urging_letter_once'), models.UniqueConstraint(condition=models.Q(('composed__isnull', False)), fields=('kind', 'composed', 'content_digest'), name='issueddocument_composed_once')],
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
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='part_templates', to='agencies.agency')),
                ('changed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.membership')),
            ],
            options={
                'ordering': ['agency_id', 'kind', 'key'],
                'constraints': [models.UniqueConstraint(fields=('agency', 'kind', 'key'), name='parttemplate_once')],
            },
        ),
        migrations.CreateModel(
            name='Registration',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('program', 'Program'), ('amendment', 'Amendment of a program'), ('task_annex', 'Annex of tasks'), ('comment_table', 'Table of comments'), ('party_report', 'Report of a party'), ('conference_report', 'Evaluation-conference report'), ('year_report', "Report of a program's year"), ('invitation', 'Invitation'), ('own_invitation', 'Invitation of one seat'), ('name_plates', 'Name plates'), ('sign_in_sheet', 'Sign-in sheet'), ('minutes', 'Minutes'), ('conclusion_notice', 'Notice of conclusions'), ('urging_letter', 'Urging letter'), ('evidence_sheet', 'Signing evidence sheet')], max_length=20)),
                ('dated_on', models.DateField()),
                ('authority', models.CharField(blank=True, choices=[('TM', 'On behalf of the body (TM.)'), ('KT', 'For the head (KT.)'), ('TL', 'By order (TL.)'), ('TUQ', 'By authorisation (TUQ.)'), ('Q', 'Acting head (Q.)'), ('', 'Head in person')], max_length=3)),
                ('title', records.fields.Line(blank=True, max_length=200)),
                ('signer', records.fields.Line(blank=True, max_length=120)),
                ('minute_taker', records.fields.Line(blank=True, max_length=120)),
                ('registered_at', models.DateTimeField()),
                ('composed', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='registrations', to='reports.composedreport')),
                ('conference', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='registrations', to='coordination.conference')),
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='registration', to='coordination.registerentry')),
                ('party_report', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='registrations', to='coordination.partyreport')),
                ('registered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.membership')),
                ('urging_letter', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='registrations', to='coordination.urgingletter')),
            ],
            options={
                'ordering': ['-registered_at', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('composed__isnull', True), ('conference__isnull', False), ('kind', 'conference_report'), ('party_report__isnull', True), ('urging_letter__isnull', True)), models.Q(('composed__isnull', True), ('conference__isnull', False), ('kind', 'invitation'), ('party_report__isnull', True), ('urging_letter__isnull', True)), models.Q(('composed__isnull', True), ('conference__isnull', False), ('kind', 'minutes'), ('party_report__isnull', True), ('urging_letter__isnull', True)), models.Q(('composed__isnull', True), ('conference__isnull', False), ('kind', 'conclusion_notice'), ('party_report__isnull', True), ('urging_letter__isnull', True)), models.Q(('composed__isnull', True), ('conference__isnull', True), ('kind', 'party_report'), ('party_report__isnull', False), ('urging_letter__isnull', True)), models.Q(('composed__isnull', True), ('conference__isnull', True), ('kind', 'urging_letter'), ('party_report__isnull', True), ('urging_letter__isnull', False)), models.Q(('composed__isnull', False), ('conference__isnull', True), ('kind', 'year_report'), ('party_report__isnull', True), ('urging_letter__isnull', True)), _connector='OR'), name='registration_is_about_one_thing')],
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
                ('edited_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.membership')),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='blocks', to='reports.composedreport')),
            ],
            options={
                'ordering': ['position', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('report', 'key'), name='reportblock_key_once'), models.CheckConstraint(condition=models.Q(('level__gte', 1), ('level__lte', 3)), name='reportblock_level_known')],
            },
        ),
        migrations.CreateModel(
            name='SignedState',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ordinal', models.PositiveSmallIntegerField()),
                ('field_in_file', models.CharField(blank=True, max_length=120)),
                ('subject', records.fields.Line(blank=True, max_length=300)),
                ('issuer', records.fields.Line(blank=True, max_length=300)),
                ('serial', models.CharField(blank=True, max_length=64)),
                ('fingerprint', models.CharField(blank=True, max_length=64)),
                ('signed_at', models.DateTimeField(blank=True, null=True)),
                ('has_timestamp', models.BooleanField(default=False)),
                ('revocation_known', models.BooleanField(default=False)),
                ('outcome', models.CharField(blank=True, choices=[('passed', 'Valid (TOTAL-PASSED)'), ('indeterminate', 'Not decided (INDETERMINATE)'), ('failed', 'Not valid (TOTAL-FAILED)')], max_length=13)),
                ('way', models.CharField(blank=True, choices=[('by_hand', 'Uploaded on the page'), ('by_tool', 'Sent by the signing tool')], max_length=7)),
                ('taken_at', models.DateTimeField()),
                ('certificate', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='signatures', to='agencies.signingcertificate')),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signed_as', to='records.storedfile')),
                ('taken_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.membership')),
            ],
            options={
                'ordering': ['ordinal'],
            },
        ),
        migrations.CreateModel(
            name='SigningField',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.CharField(choices=[('person', 'Signature of the person'), ('seal', 'Seal of the agency')], max_length=6)),
                ('name', models.CharField(max_length=20)),
                ('turn', models.PositiveSmallIntegerField()),
                ('page', models.PositiveSmallIntegerField()),
                ('left', models.FloatField()),
                ('bottom', models.FloatField()),
                ('right', models.FloatField()),
                ('top', models.FloatField()),
                ('slot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signing_fields', to='coordination.signatureslot')),
            ],
            options={
                'ordering': ['turn'],
                'constraints': [models.CheckConstraint(condition=models.Q(('purpose__in', ['person', 'seal'])), name='signingfield_purpose_known')],
            },
        ),
        migrations.CreateModel(
            name='SigningAddress',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('download_digest', models.CharField(max_length=64, unique=True)),
                ('upload_digest', models.CharField(max_length=64, unique=True)),
                ('made_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('downloaded_at', models.DateTimeField(blank=True, null=True)),
                ('used_at', models.DateTimeField(blank=True, null=True)),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signing_addresses', to='agencies.membership')),
                ('state', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='addresses', to='reports.signedstate')),
                ('field', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='addresses', to='reports.signingfield')),
            ],
        ),
        migrations.AddField(
            model_name='signedstate',
            name='field',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='signature', to='reports.signingfield'),
        ),
        migrations.CreateModel(
            name='SigningRound',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('document_number', models.PositiveIntegerField()),
                ('document_symbol', records.fields.Line(max_length=60)),
                ('dated_on', models.DateField()),
                ('content_digest', models.CharField(max_length=64)),
                ('title', records.fields.Line(max_length=400)),
                ('prepared_at', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('withdraw_reason', records.fields.Prose(blank=True)),
                ('prepared_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.membership')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signing_rounds', to='coordination.programversion')),
                ('withdrawn_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.membership')),
            ],
            options={
                'ordering': ['-prepared_at', '-pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('version',), name='signinground_one_file_of_a_version'), models.CheckConstraint(condition=models.Q(('withdrawn_at', None), models.Q(('withdraw_reason', ''), _negated=True), _connector='OR'), name='signinground_withdrawn_with_reason')],
            },
        ),
        migrations.AddField(
            model_name='signingfield',
            name='round',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='fields', to='reports.signinground'),
        ),
        migrations.AddField(
            model_name='signedstate',
            name='round',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='states', to='reports.signinground'),
        ),
        migrations.CreateModel(
            name='Withdrawal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('withdrawn_on', models.DateField()),
                ('reason', records.fields.Prose()),
                ('by_paper', records.fields.Line(blank=True, max_length=200)),
                ('recorded_at', models.DateTimeField()),
                ('document', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='withdrawal', to='reports.issueddocument')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.membership')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='withdrawal_has_reason')],
            },
        ),
        migrations.AddConstraint(
            model_name='signingfield',
            constraint=models.UniqueConstraint(fields=('round', 'turn'), name='signingfield_one_turn'),
        ),
        migrations.AddConstraint(
            model_name='signingfield',
            constraint=models.UniqueConstraint(fields=('round', 'name'), name='signingfield_one_name'),
        ),
        migrations.AddConstraint(
            model_name='signingfield',
            constraint=models.UniqueConstraint(fields=('slot', 'purpose', 'round'), name='signingfield_once_for_a_party'),
        ),
        migrations.AddConstraint(
            model_name='signedstate',
            constraint=models.UniqueConstraint(fields=('round', 'ordinal'), name='signedstate_one_of_an_ordinal'),
        ),
        migrations.AddConstraint(
            model_name='signedstate',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('certificate', None), ('field', None), ('ordinal', 0), ('signed_at', None)), models.Q(('certificate__isnull', False), ('field__isnull', False), ('ordinal__gte', 1), ('signed_at__isnull', False)), _connector='OR'), name='signedstate_first_is_unsigned'),
        ),
        records.constraints.Frozen(
            table='reports_signinground',
            columns=['version_id', 'document_number', 'document_symbol', 'dated_on', 'content_digest', 'prepared_at', 'prepared_by_id'],
            once=['withdrawn_at'],
        ),
        records.constraints.AppendOnly(
            table='reports_signingfield',
        ),
        records.constraints.AppendOnly(
            table='reports_signedstate',
        ),
        records.constraints.AppendOnly(
            table='reports_withdrawal',
        ),
        records.constraints.AppendOnly(
            table='reports_issueddocument',
        ),
        records.constraints.AppendOnly(
            table='reports_frozenfigures',
        ),
    ]
