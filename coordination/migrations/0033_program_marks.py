"""Every change of what a program's tasks are counted by leaves a mark on the program."""

import django.db.models.deletion
from django.db import migrations, models

from coordination.figures.marks import MARKS


class Migration(migrations.Migration):

    dependencies = [
        ('coordination', '0032_rollups'),
    ]

    operations = [
        migrations.CreateModel(
            name='ProgramMark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('mark', models.BigIntegerField()),
                ('program', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='marks', to='coordination.program')),
            ],
        ),
        MARKS,
    ]
