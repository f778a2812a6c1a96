"""Findings, their remedies and waivers, recommendations per addressee."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("coordination", "0024_grading")]

    operations = []
