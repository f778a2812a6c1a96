"""Conclusions and their triage."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("coordination", "0027_session")]

    operations = []
