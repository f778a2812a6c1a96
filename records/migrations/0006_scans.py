"""Whether a stored file was seen by the virus scanner; what was stored is never exchanged."""

from django.db import migrations, models

from records.constraints import Frozen


class Migration(migrations.Migration):
    dependencies = [("records", "0005_workdays")]
    operations = [
        migrations.AddField(
            "storedfile",
            "scan",
            models.CharField(
                choices=[
                    ("unneeded", "No scanner"),
                    ("waiting", "Not scanned yet"),
                    ("clean", "No virus found"),
                    ("infected", "Virus found"),
                ],
                default="unneeded",
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            "storedfile",
            models.CheckConstraint(
                condition=models.Q(scan__in=["unneeded", "waiting", "clean", "infected"]), name="storedfile_scan_known"
            ),
        ),
        Frozen("records_storedfile", ["name", "kind", "size_bytes", "sha256", "stored_at"], []),
    ]
