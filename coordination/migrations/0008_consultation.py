"""Rounds of consultation, comments and answers."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("coordination", "0007_drafting")]
    operations = []
