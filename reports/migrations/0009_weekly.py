"""Who wants the figures of the week by mail, and which sheets were sent."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0009_certificates'),
        ('records', '0008_mail_enclosed'),
        ('reports', '0008_composer'),
    ]

    operations = [
        migrations.CreateModel(
            name='WeeklyChoice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_wanted', models.BooleanField()),
                ('changed_at', models.DateTimeField()),
                ('member', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='weekly_choice', to='agencies.membership')),
            ],
        ),
        migrations.CreateModel(
            name='WeeklySheet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('monday', models.DateField()),
                ('judged_on', models.DateField()),
                ('counts', models.JSONField()),
                ('made_at', models.DateTimeField()),
                ('letter', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.outgoingmail')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='weekly_sheets', to='agencies.membership')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('member', 'monday'), name='weeklysheet_one_a_week'), models.CheckConstraint(condition=models.Q(('judged_on__gte', models.F('monday'))), name='weeklysheet_judged_in_its_week')],
            },
        ),
    ]
