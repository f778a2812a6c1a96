"""By which rules an agency's own papers are laid out, where these are not the usual ones of its family."""

from django.db import migrations, models
from django.db.models import Q

from records.constraints import Lift, PeriodsApart

_PERIODS = PeriodsApart("agencies_agencyname", ["agency_id"])
_RULES = [
    ("nd30", "Decree 30 (State bodies)"),
    ("party", "Instructions of the Party"),
    ("youth", "Instruction of the Youth Union"),
    ("neutral", "Plain, without a heading"),
]


class Migration(migrations.Migration):
    dependencies = [("agencies", "0007_groups")]

    operations = [
        Lift(_PERIODS),
        migrations.AddField(
            "agencyname",
            "paper_rules",
            models.CharField(blank=True, choices=_RULES, default="", max_length=8, verbose_name="rules of its papers"),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            "agencyname",
            models.CheckConstraint(
                condition=Q(("paper_rules__in", ["", "nd30", "party", "youth", "neutral"])),
                name="agencyname_paper_rules_known",
            ),
        ),
        _PERIODS,
    ]
