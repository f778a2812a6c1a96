"""Numbered versions of every round, what drifted since signing."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("coordination", "0005_life")]
    operations = []
