"""The register of numbers, issue, amendment."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("coordination", "0008_consultation")]
    operations = []
