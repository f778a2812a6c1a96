"""A stored file may go with a letter."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0007_jobs'),
    ]

    operations = [
        migrations.AddField(
            model_name='outgoingmail',
            name='enclosed',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.storedfile'),
        ),
    ]
