"""Drafts of rounds are numbered versions too; what a version froze is kept by the database."""

from django.db import migrations, models

from records.constraints import Frozen

_FROZEN = ["program_id", "major", "minor", "for_signing", "snapshot", "digest", "locked_at", "locked_by_id"]


class Migration(migrations.Migration):
    dependencies = [("coordination", "0005_life")]
    operations = [
        migrations.AddConstraint(
            model_name="programversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("for_signing", True), ("major__gte", 1)),
                    models.Q(("for_signing", False), ("major", 0), ("voided_at", None)),
                    _connector="OR",
                ),
                name="programversion_drafts_are_zero",
            ),
        ),
        Frozen("coordination_programversion", _FROZEN, ["voided_at"]),
    ]
