import django.core.serializers.json
import django.db.models.deletion
import records.clock
import records.constraints
import records.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('agencies', '0001_initial'), ('agencies', '0002_periods_apart'), ('agencies', '0003_directory'), ('agencies', '0004_people'), ('agencies', '0005_accounts'), ('agencies', '0006_reorganisation'), ('agencies', '0007_groups'), ('agencies', '0008_layout'), ('agencies', '0009_certificates')]

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('username', models.SlugField(max_length=60, unique=True, verbose_name='user name')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                ('is_active', models.BooleanField(default=True, verbose_name='active')),
                ('suspended_at', models.DateTimeField(blank=True, null=True)),
                ('suspension_reason', records.fields.Prose(blank=True)),
                ('created_at', models.DateTimeField(default=records.clock.now, editable=False)),
                ('theme', models.CharField(choices=[('light', 'Light'), ('dark', 'Dark'), ('auto', 'As the device')], default='light', max_length=5, verbose_name='theme')),
                ('language', models.CharField(choices=[('vi', 'Tiếng Việt'), ('en', 'English')], default='vi', max_length=2, verbose_name='language')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('theme__in', ['light', 'dark', 'auto'])), name='user_theme_known'), models.CheckConstraint(condition=models.Q(('language__in', ['vi', 'en'])), name='user_language_known'), models.CheckConstraint(condition=models.Q(('suspended_at', None), models.Q(('is_active', False), models.Q(('suspension_reason', ''), _negated=True)), _connector='OR'), name='user_suspended_with_reason')],
            },
        ),
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('full_name', records.fields.Line(max_length=120)),
                ('given_name', records.fields.Line(max_length=40)),
                ('name_folded', records.fields.Folded(blank=True, by='fold', db_index=True, editable=False, max_length=2000, of=('full_name',))),
                ('name_sorted', records.fields.Folded(blank=True, by='sort_key', editable=False, max_length=2000, of=('given_name', 'full_name'))),
            ],
        ),
        migrations.CreateModel(
            name='AdminUnit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField(verbose_name='valid from')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='valid to')),
                ('level', models.CharField(choices=[('province', 'Province level'), ('district', 'District level (until 30/6/2025)'), ('commune', 'Commune level')], max_length=10, verbose_name='level')),
                ('code', records.fields.Line(max_length=10, unique=True, verbose_name='unit code')),
                ('current_name', records.fields.Line(blank=True, max_length=120)),
                ('current_bare_name', records.fields.Line(blank=True, max_length=100)),
                ('name_sorted', records.fields.Folded(blank=True, by='sort_key', editable=False, max_length=2000, of=('current_bare_name', 'current_name'))),
                ('ended_by', records.fields.Line(blank=True, max_length=200, verbose_name='decision that ends it')),
                ('revision', models.PositiveIntegerField(default=0)),
                ('is_illustrative', models.BooleanField(default=False)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='adminunit_period_in_order', violation_error_message='The last day must not be before the first day')],
            },
        ),
        migrations.CreateModel(
            name='Agency',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField(verbose_name='valid from')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='valid to')),
                ('code', models.SlugField(max_length=30, verbose_name='code')),
                ('kind', models.CharField(choices=[('council_standing', "People's Council Standing Committee"), ('peoples_committee', "People's Committee"), ('party_committee', 'Party committee'), ('propaganda_board', 'Propaganda Board'), ('front_committee', 'Fatherland Front Committee'), ('trade_union', 'Labour Federation'), ('farmers_union', "Farmers' Union"), ('womens_union', "Women's Union"), ('veterans_association', "War Veterans' Association"), ('youth_union', 'Ho Chi Minh Communist Youth Union'), ('office', 'Office serving other agencies'), ('specialised', 'Specialised agency'), ('other', 'Other kind')], max_length=30, verbose_name='kind')),
                ('kind_label', records.fields.Line(blank=True, max_length=100, verbose_name='name of the kind')),
                ('current_name', records.fields.Line(max_length=200)),
                ('current_short_name', records.fields.Line(max_length=80)),
                ('current_family', models.CharField(choices=[('state', 'State'), ('party', 'Party'), ('front', 'Fatherland Front'), ('organisation', 'Socio-political organisation'), ('other', 'Other')], default='other', max_length=15)),
                ('protocol_order', models.PositiveSmallIntegerField(default=500)),
                ('block', models.PositiveSmallIntegerField(choices=[(0, "People's Council"), (1, "People's Committee and its agencies"), (2, 'Party'), (3, 'Fatherland Front and socio-political organisations'), (4, 'Other agencies')], default=4)),
                ('name_folded', records.fields.Folded(blank=True, by='fold', db_index=True, editable=False, max_length=2000, of=('current_name', 'current_short_name', 'code'))),
                ('name_sorted', records.fields.Folded(blank=True, by='sort_key', editable=False, max_length=2000, of=('current_name',))),
                ('phone', records.fields.Line(blank=True, max_length=60, verbose_name='telephone')),
                ('email', models.EmailField(blank=True, max_length=120, verbose_name='e-mail')),
                ('address', records.fields.Line(blank=True, max_length=200, verbose_name='address')),
                ('ended_by', records.fields.Line(blank=True, max_length=200, verbose_name='decision that ends it')),
                ('revision', models.PositiveIntegerField(default=0)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agencies', to='agencies.adminunit')),
            ],
            options={
                'indexes': [models.Index(fields=['unit', 'protocol_order'], name='agency_protocol'), models.Index(fields=['protocol_order', 'name_sorted', 'id'], name='agency_in_order')],
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='agency_period_in_order', violation_error_message='The last day must not be before the first day'), models.UniqueConstraint(fields=('unit', 'code'), name='agency_code_once_in_unit'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'other'), _negated=True), models.Q(('kind_label', ''), _negated=True), _connector='OR'), name='agency_other_kind_is_named', violation_error_message='Name the kind of agency')],
            },
        ),
        migrations.CreateModel(
            name='AgencyGroup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField(verbose_name='valid from')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='valid to')),
                ('name', records.fields.Line(max_length=120, verbose_name='name of the group')),
                ('name_folded', records.fields.Folded(blank=True, by='fold', editable=False, max_length=400, of=('name',))),
                ('name_sorted', records.fields.Folded(blank=True, by='sort_key', editable=False, max_length=2000, of=('name',))),
                ('revision', models.PositiveIntegerField(default=1)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='groups', to='agencies.adminunit')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='agencygroup_period_in_order', violation_error_message='The last day must not be before the first day'), models.UniqueConstraint(fields=('unit', 'name_folded'), name='agencygroup_name_once_in_unit', violation_error_message='The unit has a group of this name already')],
            },
        ),
        migrations.CreateModel(
            name='GroupMembership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField(verbose_name='valid from')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='valid to')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='group_memberships', to='agencies.agency')),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='agencies.agencygroup')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='groupmembership_period_in_order', violation_error_message='The last day must not be before the first day'), models.UniqueConstraint(fields=('group', 'agency', 'valid_from'), name='groupmembership_one_start')],
            },
        ),
        migrations.AddField(
            model_name='agencygroup',
            name='members',
            field=models.ManyToManyField(related_name='groups', through='agencies.GroupMembership', to='agencies.agency'),
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField(verbose_name='valid from')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='valid to')),
                ('role', models.CharField(choices=[('official', 'Official'), ('leader', 'Leader'), ('secretary', 'Secretary'), ('organiser', 'Conference organiser'), ('unit_admin', 'Unit administrator'), ('system_admin', 'System administrator')], max_length=15, verbose_name='role')),
                ('title', records.fields.Line(max_length=120, verbose_name='title')),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='agencies.agency')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='membership_period_in_order', violation_error_message='The last day must not be before the first day'), models.CheckConstraint(condition=models.Q(('revoked_at', None), ('valid_to__isnull', False), _connector='OR'), name='membership_revoked_has_ended'), models.UniqueConstraint(fields=('user', 'agency', 'role', 'valid_from'), name='membership_one_start'), models.CheckConstraint(condition=models.Q(('role__in', ['official', 'leader', 'secretary', 'organiser', 'unit_admin', 'system_admin'])), name='membership_role_known')],
            },
        ),
        migrations.CreateModel(
            name='Office',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', records.fields.Line(max_length=120)),
                ('printed_title', records.fields.Line(max_length=80)),
                ('authority', models.CharField(blank=True, choices=[('TM', 'On behalf of the body (TM.)'), ('KT', 'For the head (KT.)'), ('TL', 'By order (TL.)'), ('TUQ', 'By authorisation (TUQ.)'), ('Q', 'Acting head (Q.)'), ('', 'Head in person')], max_length=3)),
                ('is_head', models.BooleanField(default=False)),
                ('seats', models.PositiveSmallIntegerField(default=1)),
                ('protocol_order', models.PositiveSmallIntegerField(default=100)),
                ('ended_on', models.DateField(blank=True, null=True)),
                ('title_sorted', records.fields.Folded(blank=True, by='sort_key', editable=False, max_length=2000, of=('title',))),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='offices', to='agencies.agency')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('agency', 'title'), name='office_title_once_in_agency'), models.UniqueConstraint(condition=models.Q(('is_head', True)), fields=('agency',), name='office_one_head_in_agency'), models.CheckConstraint(condition=models.Q(('seats__gte', 1), ('seats__lte', 20)), name='office_seats_in_range'), models.CheckConstraint(condition=models.Q(('is_head', False), models.Q(('ended_on', None), ('seats', 1)), _connector='OR'), name='office_head_is_one')],
            },
        ),
        migrations.CreateModel(
            name='OfficeService',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField(verbose_name='valid from')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='valid to')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='services', to='agencies.agency')),
                ('served', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='service_of', to='agencies.agency')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='officeservice_period_in_order', violation_error_message='The last day must not be before the first day'), models.CheckConstraint(condition=models.Q(('office', models.F('served')), _negated=True), name='officeservice_not_itself'), models.UniqueConstraint(fields=('office', 'served', 'valid_from'), name='officeservice_one_start')],
            },
        ),
        migrations.AddField(
            model_name='agency',
            name='serves',
            field=models.ManyToManyField(related_name='served_by', through='agencies.OfficeService', to='agencies.agency'),
        ),
        migrations.CreateModel(
            name='OfficeTitle',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField(verbose_name='valid from')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='valid to')),
                ('title', records.fields.Line(max_length=120)),
                ('printed_title', records.fields.Line(max_length=80)),
                ('authority', models.CharField(blank=True, choices=[('TM', 'On behalf of the body (TM.)'), ('KT', 'For the head (KT.)'), ('TL', 'By order (TL.)'), ('TUQ', 'By authorisation (TUQ.)'), ('Q', 'Acting head (Q.)'), ('', 'Head in person')], max_length=3)),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='titles', to='agencies.office')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='officetitle_period_in_order', violation_error_message='The last day must not be before the first day'), models.UniqueConstraint(fields=('office', 'valid_from'), name='officetitle_one_start')],
            },
        ),
        migrations.CreateModel(
            name='OneTimeLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.CharField(choices=[('invite', 'Invitation'), ('reset', 'New password')], max_length=10)),
                ('token_digest', models.CharField(max_length=64, unique=True)),
                ('made_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('used_at', models.DateTimeField(blank=True, null=True)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='links', to=settings.AUTH_USER_MODEL)),
                ('made_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='links_made', to='agencies.membership')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('purpose__in', ['invite', 'reset'])), name='onetimelink_purpose_known'), models.CheckConstraint(condition=models.Q(('expires_at__gte', models.F('made_at'))), name='onetimelink_period_in_order')],
            },
        ),
        migrations.CreateModel(
            name='OfficeHolding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField(verbose_name='valid from')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='valid to')),
                ('seat', models.PositiveSmallIntegerField(default=1)),
                ('is_acting', models.BooleanField(default=False)),
                ('decision', records.fields.Line(blank=True, max_length=200)),
                ('ended_by', records.fields.Line(blank=True, max_length=200)),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='holdings', to='agencies.office')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='holdings', to='agencies.person')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='officeholding_period_in_order', violation_error_message='The last day must not be before the first day'), models.UniqueConstraint(fields=('office', 'seat', 'valid_from'), name='officeholding_one_start'), models.CheckConstraint(condition=models.Q(('seat__gte', 1)), name='officeholding_seat_counted_from_one')],
            },
        ),
        migrations.AddField(
            model_name='user',
            name='person',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='account', to='agencies.person'),
        ),
        migrations.CreateModel(
            name='Reorganisation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', records.fields.Line(max_length=300, verbose_name='title')),
                ('number', records.fields.Line(blank=True, max_length=60, verbose_name='number of the decision')),
                ('issuing_body', records.fields.Line(blank=True, max_length=200, verbose_name='issuing body')),
                ('decided_on', models.DateField(blank=True, null=True, verbose_name='day of the decision')),
                ('effective_on', models.DateField(blank=True, null=True, verbose_name='day it takes effect')),
                ('state', models.CharField(choices=[('prepared', 'Prepared'), ('applied', 'Applied'), ('undone', 'Undone')], default='prepared', max_length=10)),
                ('revision', models.PositiveIntegerField(default=1)),
                ('prepared_at', models.DateTimeField()),
                ('applied_at', models.DateTimeField(blank=True, null=True)),
                ('digest', models.CharField(blank=True, max_length=64)),
                ('applied_entry', models.BigIntegerField(blank=True, null=True)),
                ('undone_at', models.DateTimeField(blank=True, null=True)),
                ('undone_because', records.fields.Line(blank=True, max_length=300)),
                ('applied_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.membership')),
                ('prepared_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.membership')),
                ('scope', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reorganisations', to='agencies.adminunit', verbose_name='unit concerned')),
                ('undone_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.membership')),
            ],
            options={
                'indexes': [models.Index(fields=['scope', 'state'], name='reorganisation_scope')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['prepared', 'applied', 'undone'])), name='reorganisation_state_known'), models.CheckConstraint(condition=models.Q(('decided_on', None), ('effective_on', None), ('decided_on__lte', models.F('effective_on')), _connector='OR'), name='reorganisation_decided_before_effect', violation_error_message='The decision must not be made after the day it takes effect'), models.CheckConstraint(condition=models.Q(('state', 'prepared'), models.Q(models.Q(('number', ''), _negated=True), ('decided_on__isnull', False), ('effective_on__isnull', False), ('applied_at__isnull', False), ('applied_by__isnull', False)), _connector='OR'), name='reorganisation_applied_by_decision'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'undone'), _negated=True), models.Q(('undone_at__isnull', False), ('undone_by__isnull', False), models.Q(('undone_because', ''), _negated=True)), _connector='OR'), name='reorganisation_undone_with_reason')],
            },
        ),
        migrations.CreateModel(
            name='ReorganisationStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('subject', models.CharField(choices=[('unit', 'Administrative unit'), ('agency', 'Agency')], max_length=6)),
                ('kind', models.CharField(choices=[('rename', 'Rename'), ('merge', 'Merge'), ('split', 'Split'), ('close', 'Close'), ('move', 'Move under another body')], max_length=10)),
                ('plan', models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ('act', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='agencies.reorganisation')),
            ],
            options={
                'ordering': ['position'],
                'constraints': [models.UniqueConstraint(fields=('act', 'position'), name='reorganisationstep_one_place'), models.CheckConstraint(condition=models.Q(('subject__in', ['unit', 'agency'])), name='reorganisationstep_subject_known'), models.CheckConstraint(condition=models.Q(('kind__in', ['rename', 'merge', 'split', 'close', 'move'])), name='reorganisationstep_kind_known')],
            },
        ),
        migrations.CreateModel(
            name='RowChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField()),
                ('table', models.CharField(max_length=60)),
                ('row', models.BigIntegerField()),
                ('before', models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder, null=True)),
                ('after', models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder, null=True)),
                ('act', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='agencies.reorganisation')),
            ],
            options={
                'ordering': ['position'],
                'indexes': [models.Index(fields=['table', 'row'], name='rowchange_row')],
                'constraints': [models.UniqueConstraint(fields=('act', 'position'), name='rowchange_one_place'), models.UniqueConstraint(fields=('act', 'table', 'row'), name='rowchange_row_once')],
            },
        ),
        migrations.CreateModel(
            name='SignIn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('session_digest', models.CharField(max_length=64, unique=True)),
                ('begun_at', models.DateTimeField()),
                ('last_seen_at', models.DateTimeField()),
                ('address', models.CharField(blank=True, max_length=45)),
                ('browser', models.CharField(blank=True, max_length=30)),
                ('system', models.CharField(blank=True, max_length=30)),
                ('has_second_factor', models.BooleanField(default=False)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('ended_because', models.CharField(blank=True, choices=[('signed_out', 'Signed out'), ('idle', 'Not used for too long'), ('too_long', 'Signed in for too long'), ('password', 'The password was changed'), ('second_factor', 'The second factor was changed'), ('suspended', 'The account was suspended'), ('from_elsewhere', 'Ended from another device'), ('administrator', 'Ended by an administrator'), ('policy', 'The second factor became required')], max_length=15)),
                ('account', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='sign_ins', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['account', 'address', 'begun_at'], name='signin_known_address'), models.Index(condition=models.Q(('ended_at', None)), fields=['account'], name='signin_open')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('ended_because', '')), models.Q(('ended_at__isnull', False), models.Q(('ended_because', ''), _negated=True)), _connector='OR'), name='signin_ended_with_reason'), models.CheckConstraint(condition=models.Q(('ended_because__in', ['', 'signed_out', 'idle', 'too_long', 'password', 'second_factor', 'suspended', 'from_elsewhere', 'administrator', 'policy'])), name='signin_end_reason_known')],
            },
        ),
        migrations.CreateModel(
            name='SigningCertificate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.CharField(choices=[('person', 'Signature of an office-holder'), ('seal', 'Seal of the agency')], max_length=6)),
                ('subject', records.fields.Line(max_length=300)),
                ('issuer', records.fields.Line(max_length=300)),
                ('serial', models.CharField(max_length=64)),
                ('fingerprint', models.CharField(max_length=64)),
                ('content', models.BinaryField()),
                ('valid_from', models.DateTimeField()),
                ('valid_to', models.DateTimeField()),
                ('reason', records.fields.Prose()),
                ('registered_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('end_reason', records.fields.Prose(blank=True)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signing_certificates', to='agencies.agency')),
                ('ended_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.membership')),
                ('office', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='signing_certificates', to='agencies.office')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='signing_certificates', to='agencies.person')),
                ('registered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.membership')),
            ],
            options={
                'ordering': ['purpose', '-registered_at', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('office__isnull', False), ('purpose', 'person')), models.Q(('office', None), ('person', None), ('purpose', 'seal')), _connector='OR'), name='signingcertificate_is_of_one_thing'), models.CheckConstraint(condition=models.Q(('valid_to__gt', models.F('valid_from'))), name='signingcertificate_in_order'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='signingcertificate_registered_with_reason'), models.CheckConstraint(condition=models.Q(('ended_at', None), models.Q(('end_reason', ''), _negated=True), _connector='OR'), name='signingcertificate_ended_with_reason'), models.UniqueConstraint(condition=models.Q(('ended_at', None), ('office__isnull', False)), fields=('agency', 'fingerprint', 'office'), name='signingcertificate_once_for_an_office'), models.UniqueConstraint(condition=models.Q(('ended_at', None), ('office', None)), fields=('agency', 'fingerprint'), name='signingcertificate_once_as_seal')],
            },
        ),
        migrations.CreateModel(
            name='SignInPolicy',
            fields=[
                ('id', models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ('second_factor_required', models.BooleanField()),
                ('idle_minutes', models.PositiveSmallIntegerField()),
                ('longest_hours', models.PositiveSmallIntegerField()),
                ('changed_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('id', 1)), name='signinpolicy_is_one'), models.CheckConstraint(condition=models.Q(('idle_minutes__gte', 5), ('idle_minutes__lte', 240)), name='signinpolicy_idle_in_range'), models.CheckConstraint(condition=models.Q(('longest_hours__gte', 1), ('longest_hours__lte', 24)), name='signinpolicy_hours_in_range')],
            },
        ),
        migrations.CreateModel(
            name='UnitName',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField(verbose_name='valid from')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='valid to')),
                ('kind', models.CharField(choices=[('province', 'Province'), ('city', 'Centrally run city'), ('district', 'Rural district'), ('town', 'District-level town'), ('urban_district', 'Urban district'), ('provincial_city', 'City within a province'), ('commune', 'Commune'), ('ward', 'Ward'), ('township', 'Township'), ('special_zone', 'Special zone')], max_length=20, verbose_name='kind of unit')),
                ('name', records.fields.Line(max_length=120)),
                ('bare_name', records.fields.Line(max_length=100, verbose_name='name without the kind')),
                ('name_folded', records.fields.Folded(blank=True, by='fold', db_index=True, editable=False, max_length=2000, of=('name',))),
                ('name_sorted', records.fields.Folded(blank=True, by='sort_key', editable=False, max_length=2000, of=('bare_name',))),
                ('legal_basis', records.fields.Line(blank=True, max_length=300, verbose_name='legal basis')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='names', to='agencies.adminunit')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='unitname_period_in_order', violation_error_message='The last day must not be before the first day'), models.UniqueConstraint(fields=('unit', 'valid_from'), name='unitname_one_start')],
            },
        ),
        migrations.CreateModel(
            name='UnitParent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField(verbose_name='valid from')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='valid to')),
                ('legal_basis', records.fields.Line(blank=True, max_length=300, verbose_name='legal basis')),
                ('parent', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='children', to='agencies.adminunit')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='parents', to='agencies.adminunit')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='unitparent_period_in_order', violation_error_message='The last day must not be before the first day'), models.CheckConstraint(condition=models.Q(('unit', models.F('parent')), _negated=True), name='unitparent_not_itself'), models.UniqueConstraint(fields=('unit', 'valid_from'), name='unitparent_one_start')],
            },
        ),
        migrations.CreateModel(
            name='UnitReach',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('above', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='reaching', to='agencies.adminunit')),
                ('below', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reached_by', to='agencies.adminunit')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('above', 'below'), name='unitreach_once')],
            },
        ),
        migrations.CreateModel(
            name='UnitSuccession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('renamed', 'Renamed'), ('merged', 'Merged'), ('split', 'Split'), ('closed', 'Closed')], max_length=10)),
                ('share_percent', models.PositiveSmallIntegerField(default=100)),
                ('decision', records.fields.Line(blank=True, max_length=200)),
                ('decided_on', models.DateField(blank=True, null=True)),
                ('effective_on', models.DateField()),
                ('is_main', models.BooleanField(default=True)),
                ('predecessor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='successions', to='agencies.adminunit')),
                ('successor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='origins', to='agencies.adminunit')),
            ],
            options={
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('predecessor', models.F('successor')), _negated=True), name='unitsuccession_not_itself'), models.CheckConstraint(condition=models.Q(('share_percent__gte', 1), ('share_percent__lte', 100)), name='unitsuccession_share_is_percent'), models.UniqueConstraint(fields=('predecessor', 'successor', 'effective_on'), name='unitsuccession_once_a_day'), models.UniqueConstraint(condition=models.Q(('is_main', True)), fields=('predecessor',), name='unitsuccession_one_main_successor')],
            },
        ),
        migrations.CreateModel(
            name='UnitWord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('word', records.fields.Word(max_length=40)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='words', to='agencies.adminunit')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('word', 'unit'), name='unitword_once')],
            },
        ),
        migrations.CreateModel(
            name='AgencyName',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField(verbose_name='valid from')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='valid to')),
                ('name', records.fields.Line(max_length=200, verbose_name='official name')),
                ('short_name', records.fields.Line(max_length=80, verbose_name='short name')),
                ('abbreviation', records.fields.Line(max_length=20, verbose_name='abbreviation')),
                ('document_symbol', records.fields.Line(max_length=40, verbose_name='symbol in document numbers')),
                ('family', models.CharField(choices=[('state', 'State'), ('party', 'Party'), ('front', 'Fatherland Front'), ('organisation', 'Socio-political organisation'), ('other', 'Other')], max_length=15, verbose_name='family')),
                ('protocol_order', models.PositiveSmallIntegerField(default=500, verbose_name='protocol order')),
                ('superior_lines', records.fields.Prose(blank=True, verbose_name='letterhead: superior body')),
                ('letterhead_lines', records.fields.Prose(verbose_name='letterhead: this body')),
                ('authority', models.CharField(blank=True, choices=[('TM', 'On behalf of the body (TM.)'), ('KT', 'For the head (KT.)'), ('TL', 'By order (TL.)'), ('TUQ', 'By authorisation (TUQ.)'), ('Q', 'Acting head (Q.)'), ('', 'Head in person')], max_length=3, verbose_name='signing authority')),
                ('authority_lines', records.fields.Prose(blank=True, verbose_name='body signed for')),
                ('head_title', records.fields.Line(max_length=60, verbose_name='title of the head')),
                ('legal_basis', records.fields.Line(blank=True, max_length=300, verbose_name='legal basis')),
                ('paper_rules', models.CharField(blank=True, choices=[('nd30', 'Decree 30 (State bodies)'), ('party', 'Instructions of the Party'), ('youth', 'Instruction of the Youth Union'), ('neutral', 'Plain, without a heading')], max_length=8, verbose_name='rules of its papers')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='names', to='agencies.agency')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='branches', to='agencies.agency')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='agencyname_period_in_order', violation_error_message='The last day must not be before the first day'), models.UniqueConstraint(fields=('agency', 'valid_from'), name='agencyname_one_start'), models.CheckConstraint(condition=models.Q(('paper_rules__in', ['', 'nd30', 'party', 'youth', 'neutral'])), name='agencyname_paper_rules_known')],
            },
        ),
        migrations.CreateModel(
            name='AgencySuccession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('renamed', 'Renamed'), ('merged', 'Merged'), ('split', 'Split'), ('closed', 'Closed')], max_length=10)),
                ('share_percent', models.PositiveSmallIntegerField(default=100)),
                ('decision', records.fields.Line(blank=True, max_length=200)),
                ('decided_on', models.DateField(blank=True, null=True)),
                ('effective_on', models.DateField()),
                ('is_main', models.BooleanField(default=True)),
                ('predecessor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='successions', to='agencies.agency')),
                ('successor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='origins', to='agencies.agency')),
            ],
            options={
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('predecessor', models.F('successor')), _negated=True), name='agencysuccession_not_itself'), models.CheckConstraint(condition=models.Q(('share_percent__gte', 1), ('share_percent__lte', 100)), name='agencysuccession_share_is_percent'), models.UniqueConstraint(fields=('predecessor', 'successor', 'effective_on'), name='agencysuccession_once_a_day'), models.UniqueConstraint(condition=models.Q(('is_main', True)), fields=('predecessor',), name='agencysuccession_one_main_successor')],
            },
        ),
        migrations.CreateModel(
            name='AgencyWord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('word', records.fields.Word(max_length=40)),
                ('agency', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='words', to='agencies.agency')),
            ],
            options={
                'indexes': [models.Index(fields=['word', 'agency'], name='agencyword_by_word')],
                'constraints': [models.UniqueConstraint(fields=('agency', 'word'), name='agencyword_once')],
            },
        ),
        records.constraints.PeriodsApart(
            table='agencies_unitname',
            key=['unit_id'],
        ),
        records.constraints.PeriodsApart(
            table='agencies_officeservice',
            key=['office_id', 'served_id'],
        ),
        records.constraints.PeriodsApart(
            table='agencies_unitparent',
            key=['unit_id'],
        ),
        records.constraints.PeriodsApart(
            table='agencies_officetitle',
            key=['office_id'],
        ),
        records.constraints.PeriodsApart(
            table='agencies_membership',
            key=['user_id', 'agency_id', 'role'],
        ),
        records.constraints.PeriodsApart(
            table='agencies_officeholding',
            key=['office_id', 'seat'],
        ),
        records.constraints.RefusedWhen(
            table='agencies_officeholding',
            rule='has_no_such_seat',
            condition='EXISTS (SELECT 1 FROM agencies_office office JOIN agencies_agency agency ON agency.id = office.agency_id\n        WHERE office.id = NEW.office_id AND (NEW.seat > office.seats OR (NEW.is_acting AND NOT office.is_head)))',
        ),
        records.constraints.RefusedWhen(
            table='agencies_officeholding',
            rule='outside_life',
            condition="EXISTS (SELECT 1 FROM agencies_office office JOIN agencies_agency agency ON agency.id = office.agency_id\n        WHERE office.id = NEW.office_id AND (NEW.valid_from < agency.valid_from\n        OR COALESCE(NEW.valid_to, '9999-12-31') > COALESCE(agency.valid_to, '9999-12-31')\n        OR COALESCE(NEW.valid_to, '9999-12-31') > COALESCE(office.ended_on, '9999-12-31')))",
        ),
        records.constraints.RefusedWhen(
            table='agencies_membership',
            rule='outside_life',
            condition="EXISTS (SELECT 1 FROM agencies_agency agency WHERE agency.id = NEW.agency_id\n        AND (NEW.valid_from < agency.valid_from\n        OR COALESCE(NEW.valid_to, '9999-12-31') > COALESCE(agency.valid_to, '9999-12-31')))",
        ),
        records.constraints.PeriodsApart(
            table='agencies_groupmembership',
            key=['group_id', 'agency_id'],
        ),
        records.constraints.PeriodsApart(
            table='agencies_agencyname',
            key=['agency_id'],
        ),
        records.constraints.Frozen(
            table='agencies_signingcertificate',
            columns=['agency_id', 'purpose', 'office_id', 'person_id', 'fingerprint', 'content', 'valid_from', 'valid_to', 'reason', 'registered_at', 'registered_by_id'],
            once=['ended_at'],
        ),
    ]
