"""Every change of which programs an agency sees leaves a mark on the agency."""

import django.db.models.deletion
from django.db import migrations, models

from coordination.programs.marks import SIGHT_MARKS


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0011_one_country'),
        ('coordination', '0033_program_marks'),
    ]

    operations = [
        migrations.CreateModel(
            name='SightMark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('mark', models.BigIntegerField()),
                ('agency', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='agencies.agency')),
            ],
        ),
        SIGHT_MARKS,
    ]
