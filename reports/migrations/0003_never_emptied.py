"""Issued papers cannot be emptied either, on databases made before that was so."""

from django.db import migrations

from records.constraints import AppendOnly, Lift


class Migration(migrations.Migration):
    dependencies = [("reports", "0002_append_only")]
    operations = [Lift(AppendOnly("reports_issueddocument")), AppendOnly("reports_issueddocument")]
