"""Reports written block by block."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("reports", "0007_verification")]

    operations = []
