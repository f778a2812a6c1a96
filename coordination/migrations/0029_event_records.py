"""Commendations, documents heard, photographs, press."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("coordination", "0028_outcomes")]

    operations = []
