"""There is one country; a second one would be a second top of every ranking."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("agencies", "0010_country")]

    operations = [
        migrations.AddConstraint(
            "adminunit",
            models.UniqueConstraint(
                condition=models.Q(("level", "country")),
                fields=("level",),
                name="adminunit_one_country",
                violation_error_message="The country is recorded already; there is one only.",
            ),
        ),
    ]
