"""Drafts kept while someone writes, who else is here."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("coordination", "0006_versions")]
    operations = []
