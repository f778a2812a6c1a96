"""A unit may be the whole country, above the provinces. Only the choices change, so no table is rebuilt."""

from django.db import migrations, models

_LEVELS = [
    ("country", "Country level"),
    ("province", "Province level"),
    ("district", "District level (until 30/6/2025)"),
    ("commune", "Commune level"),
]
_KINDS = [
    ("country", "Country"),
    ("province", "Province"),
    ("city", "Centrally run city"),
    ("district", "Rural district"),
    ("town", "District-level town"),
    ("urban_district", "Urban district"),
    ("provincial_city", "City within a province"),
    ("commune", "Commune"),
    ("ward", "Ward"),
    ("township", "Township"),
    ("special_zone", "Special zone"),
]


class Migration(migrations.Migration):
    dependencies = [("agencies", "0009_certificates")]

    operations = [
        migrations.AlterField(
            "adminunit", "level", models.CharField(choices=_LEVELS, max_length=10, verbose_name="level")
        ),
        migrations.AlterField(
            "unitname", "kind", models.CharField(choices=_KINDS, max_length=20, verbose_name="kind of unit")
        ),
    ]
