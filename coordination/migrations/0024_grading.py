"""Evaluation rounds per period, grading schemes as data, layers of judgement, corrections."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("coordination", "0023_paper_kinds")]

    operations = []
