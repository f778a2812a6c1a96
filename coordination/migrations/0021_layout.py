"""By which rules a program's paper is laid out, and a signer's second title."""

from django.db import migrations, models
from django.db.models import Q

from records.fields import Line

_RULES = [
    ("nd30", "Decree 30 (State bodies)"),
    ("party", "Instructions of the Party"),
    ("youth", "Instruction of the Youth Union"),
    ("neutral", "Plain, without a heading"),
]


class Migration(migrations.Migration):
    dependencies = [("coordination", "0020_workbook_progress")]

    operations = [
        migrations.AddField(
            "program",
            "paper_rules",
            models.CharField(blank=True, choices=_RULES, default="", max_length=8, verbose_name="rules of the paper"),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            "program",
            models.CheckConstraint(
                condition=Q(("paper_rules__in", ["", "nd30", "party", "youth", "neutral"])),
                name="program_paper_rules_known",
            ),
        ),
        migrations.AddField(
            "signatureslot",
            "second_title",
            Line(blank=True, default="", max_length=120),
            preserve_default=False,
        ),
    ]
